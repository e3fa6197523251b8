"""`raaderum invoices check`: anybody can check a file, with no municipality, database or environment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from raaderum.cli.main import raaderum as command
from raaderum.invoices.rules import LARGEST_FILE
from raaderum.testing.sample_invoices import oioubl_invoice, peppol_credit_note, peppol_invoice

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

FORM = {
    "file": str,
    "format": str,
    "kind": str,
    "outcome": str,
    "supplier": dict,
    "number": str | None,
    "issued_on": str | None,
    "due_on": str | None,
    "currency": str | None,
    "payable_oere": int | None,
    "order_reference": str | None,
    "references": list,
    "rules_broken": list,
    "our_rules_broken": list,
    "warnings": list,
    "findings": list,
}
FINDING_FORM = {"rule": str, "fatal": bool, "where": str, "message": str, "message_english": str}
GOOD = peppol_invoice(number="4711", order_reference="RD-7K3QW9XC", amount_with_vat=1_250_50)


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., Any]:
    """Check contents as files; return the JSON answers after checking their form."""

    def do(*contents: bytes) -> Any:  # noqa: ANN401 - what stands in JSON
        paths = [tmp_path / f"faktura-{number}.xml" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        ended = CliRunner().invoke(command, ["invoices", "check", "--json", *map(str, paths)])
        assert ended.exit_code == 0, ended.output
        answers = json.loads(ended.stdout)
        assert [answer["file"] for answer in answers] == list(map(str, paths))
        for answer in answers:
            _check_form(answer)
        return answers

    return do


def _check_form(answer: dict[str, Any]) -> None:
    assert list(answer) == list(FORM)
    assert all(isinstance(answer[name], form) for name, form in FORM.items())
    assert set(answer["supplier"]) == {"name", "cvr"}
    for finding in answer["findings"]:
        assert {name: type(value) for name, value in finding.items()} == FINDING_FORM


def test_a_good_invoice_is_told_in_full(check: Callable[..., Any]) -> None:
    [answer] = check(GOOD)
    assert answer["outcome"] == "accepted"
    assert answer["kind"] == "invoice"
    assert (answer["number"], answer["currency"], answer["payable_oere"]) == ("4711", "DKK", 1_250_50)
    assert answer["supplier"] == {"name": "Køreskolen Ny Vej ApS", "cvr": "10000009"}
    assert (answer["issued_on"], answer["due_on"]) == ("2026-03-02", "2026-04-01")
    assert answer["order_reference"] == "RD-7K3QW9XC"
    assert answer["references"][0] == "RD-7K3QW9XC"
    assert answer["rules_broken"] == answer["our_rules_broken"] == []
    assert not [finding for finding in answer["findings"] if finding["fatal"]]


def test_several_files_of_several_kinds_are_told_in_their_order(check: Callable[..., Any]) -> None:
    answers = check(GOOD, oioubl_invoice(), peppol_credit_note())
    assert [answer["kind"] for answer in answers] == ["invoice", "invoice", "credit_note"]
    assert {answer["outcome"] for answer in answers} == {"accepted"}
    assert len({answer["format"] for answer in answers}) == 2


def test_a_broken_invoice_names_the_official_rules_apart_from_ours(check: Callable[..., Any]) -> None:
    wrong_sum = GOOD.replace(
        b'PayableAmount currencyID="DKK">1250.50', b'PayableAmount currencyID="DKK">1250.49'
    )
    in_euro = GOOD.replace(b"DKK", b"EUR")
    assert wrong_sum != GOOD
    first, second = check(wrong_sum, in_euro)
    assert first["outcome"] == second["outcome"] == "rejected"
    assert first["rules_broken"] == ["BR-CO-16"]
    assert first["our_rules_broken"] == []
    assert "RD-CURRENCY" in second["our_rules_broken"]
    assert (first["payable_oere"], second["currency"]) == (1_250_49, "EUR")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", GOOD[:500], b"\x00\xff"])
def test_what_is_no_xml_is_rejected_with_a_reason(check: Callable[..., Any], content: bytes) -> None:
    [answer] = check(content)
    assert (answer["kind"], answer["outcome"], answer["format"]) == ("unreadable", "rejected", "unknown")
    assert answer["rules_broken"] == []
    [rule] = answer["our_rules_broken"]
    assert rule.startswith("RD-")
    assert answer["findings"][0]["message"] != answer["findings"][0]["message_english"]


def test_a_file_that_is_too_large_is_told_like_any_other(check: Callable[..., Any]) -> None:
    large, good = check(GOOD + b" " * LARGEST_FILE, GOOD)
    assert (large["outcome"], large["our_rules_broken"]) == ("rejected", ["RD-SIZE"])
    assert "der er plads til 10000000" in large["findings"][0]["message"]
    assert good["outcome"] == "accepted"


def test_people_get_a_line_for_each_file_and_each_finding(tmp_path: Path) -> None:
    path = tmp_path / "faktura.xml"
    path.write_bytes(b"%PDF")
    ended = CliRunner().invoke(command, ["invoices", "check", str(path)])
    assert ended.exit_code == 0
    first, *findings = ended.stdout.splitlines()
    assert first.startswith(f"{path}: rejected · unknown · nr. – · –")
    assert len(findings) == 1
    assert findings[0].startswith("    RD-")


def test_a_check_needs_no_environment_and_leaves_nothing_behind(
    tmp_path: Path, raaderum: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    path = tmp_path / "faktura.xml"
    path.write_bytes(GOOD)
    ended = raaderum("invoices", "check", "--json", path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)[0]["outcome"] == "accepted"
    assert list((tmp_path / "empty").iterdir()) == []
