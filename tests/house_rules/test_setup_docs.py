"""What `docs/programme-files.md` says of the municipalities' files is what their readers ask for."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from raaderum.plans.rules import SpendingCategory
from raaderum.programmes.card import CardRules
from raaderum.programmes.programme_file import read_programme
from raaderum.programmes.receipt_rules import ReceiptRules
from raaderum.programmes.rules import ApprovalRules, SmallPurchases
from raaderum.tenancy.directory import TenantDirectory
from raaderum.tenancy.guideline_file import read_guidelines
from raaderum.tenancy.setup_errors import KeyMissing, KeyUnknown, ValueWrong
from raaderum.tenancy.setup_file import SetupTable
from raaderum.tenancy.tenant_file import read_tenant

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE_NAME = "2026-01-01-a-programme.toml"
STRANGER = "not_a_key"


@pytest.fixture(scope="module")
def documented(repository: Path) -> str:
    return (repository / "docs/programme-files.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def examples(documented: str) -> list[str]:
    return re.findall(r"```toml\n(.*?)```", documented, flags=re.DOTALL)


@pytest.fixture
def keys_asked_for(repository: Path, tmp_path: Path) -> Callable[[str], list[str]]:
    """Return which keys the reader knows in the table that holds a key it does not."""

    def read(content: str) -> list[str]:
        path = tmp_path / FILE_NAME
        path.write_text(content, encoding="utf-8")
        with pytest.raises(KeyUnknown) as refused:
            read_programme(path, TenantDirectory.load(repository / "tenants").by_slug("lejre"))
        return str(refused.value.values["known"]).split(", ")

    return read


def test_every_key_of_a_programme_file_stands_in_the_table(
    documented: str, examples: list[str], keys_asked_for: Callable[[str], list[str]]
) -> None:
    known = keys_asked_for(f"{STRANGER} = 1\n{examples[0]}")
    assert sorted(_rows(documented, "key")) == known


@pytest.mark.parametrize(
    ("table", "needed"),
    [
        ("approval", ""),
        ("card", ""),
        ("receipts", ""),
        ("small_purchases", "approve_up_to_kroner = 300\n"),
        ("small_transfers", "at_most_kroner = 1\nper_month_kroner = 1\n"),
    ],
)
def test_every_key_of_an_inner_table_stands_in_its_own(
    table: str,
    needed: str,
    documented: str,
    examples: list[str],
    keys_asked_for: Callable[[str], list[str]],
) -> None:
    without = examples[0].partition("[approval]")[0]
    known = keys_asked_for(f"{without}\n[{table}]\n{needed}{STRANGER} = 1\n")
    assert sorted(_rows(documented, f"key of `{table}`")) == known


def test_a_key_that_is_refused_when_left_out_is_one_that_must_be_there(
    repository: Path, documented: str, examples: list[str], tmp_path: Path
) -> None:
    tenant = TenantDirectory.load(repository / "tenants").by_slug("lejre")
    must_be_there = {key for key, row in _rows(documented, "key").items() if row[-1] == "refused"}
    refused = set()
    for key in _rows(documented, "key"):
        path = tmp_path / FILE_NAME
        path.write_text(_without(examples[0], key), encoding="utf-8")
        try:
            read_programme(path, tenant)
        except KeyMissing as missing:
            refused.add(missing.values["key"])
    assert refused == must_be_there


def test_whole_numbers_have_the_limits_that_the_table_tells(
    repository: Path, documented: str, examples: list[str], tmp_path: Path
) -> None:
    tenant = TenantDirectory.load(repository / "tenants").by_slug("lejre")
    told = {key: _limits(row[1]) for key, row in _rows(documented, "key").items()}
    limits = {key: found for key, found in told.items() if found is not None}
    assert limits
    path = tmp_path / FILE_NAME
    for key, (least, most) in limits.items():
        rest = _without(examples[0], key)
        for number in (least, most):
            path.write_text(f"{key} = {number}\n{rest}", encoding="utf-8")
            assert read_programme(path, tenant).months
        for number in (least - 1, most + 1):
            path.write_text(f"{key} = {number}\n{rest}", encoding="utf-8")
            with pytest.raises(ValueWrong, match=key):
                read_programme(path, tenant)


def test_the_usual_rules_are_those_that_the_tables_tell(documented: str) -> None:
    usual = ApprovalRules()
    told = {key: row[-1] for key, row in _rows(documented, "key of `approval`").items()}
    assert told["assess_within_days"] == str(usual.assess_days)
    assert told["comment_within_days"] == str(usual.comment_days)
    assert told["team_decision_within_days"] == str(usual.team_days)
    card, told = CardRules(), {key: row[-1] for key, row in _rows(documented, "key of `card`").items()}
    assert told["release_days_before_need"] == str(card.release_days_before_need)
    assert told["hold_days"] == str(card.hold_days)
    receipts = ReceiptRules()
    told = {key: row[-1] for key, row in _rows(documented, "key of `receipts`").items()}
    for key in ("grace_hours", "remind_days_before", "days_after_rejection", "lost_declarations_allowed"):
        assert told[key] == str(getattr(receipts, key))
    usual_percent = SmallPurchases.__dataclass_fields__["controlled_percent"].default
    assert _rows(documented, "key of `small_purchases`")["controlled_percent"][-1] == str(usual_percent)


def test_every_example_of_a_key_is_toml_that_names_the_key(documented: str) -> None:
    inner = ("approval", "card", "receipts", "small_purchases", "small_transfers")
    headers = ("key", *(f"key of `{table}`" for table in inner), "key of a guideline")
    rows = [(key, row) for header in headers for key, row in _rows(documented, header).items()]
    written = [(key, row[-2].strip("`")) for key, row in rows if row[-2] != "see below"]
    assert [key for key, example in written if list(tomllib.loads(example)) != [key]] == []


def test_every_key_of_a_municipality_stands_in_the_table_with_an_example(
    repository: Path, documented: str, tmp_path: Path
) -> None:
    rows = _rows(documented, "key of `tenant.toml`")
    examples = {key: row[-1].strip("`") for key, row in rows.items()}
    assert [key for key, example in examples.items() if list(tomllib.loads(example)) != [key]] == []
    folder = tmp_path / "lejre"
    folder.mkdir()
    written = (repository / "tenants/lejre/tenant.toml").read_text(encoding="utf-8")
    (folder / "tenant.toml").write_text(f"{STRANGER} = 1\n{written}", encoding="utf-8")
    defaults = SetupTable.read(repository / "tenants/_defaults.toml", called="_defaults.toml")
    with pytest.raises(KeyUnknown) as refused:
        read_tenant(folder, defaults)
    # What a municipality may leave out for its defaults is asked for as well.
    assert sorted(rows) == str(refused.value.values["known"]).split(", ")


def test_every_key_of_a_guideline_stands_in_the_table(
    documented: str, examples: list[str], tmp_path: Path
) -> None:
    (tmp_path / "_guidelines.toml").write_text(f"{examples[1]}{STRANGER} = 1\n", encoding="utf-8")
    with pytest.raises(KeyUnknown) as refused:
        read_guidelines(tmp_path, "lejre")
    assert ", ".join(sorted(_rows(documented, "key of a guideline"))) == refused.value.values["known"]


def test_the_examples_are_files_that_can_be_read(
    repository: Path, examples: list[str], tmp_path: Path
) -> None:
    programme, guidelines = examples
    (tmp_path / FILE_NAME).write_text(programme, encoding="utf-8")
    (tmp_path / "_guidelines.toml").write_text(guidelines, encoding="utf-8")
    tenant = TenantDirectory.load(repository / "tenants").by_slug("lejre")
    assert read_programme(tmp_path / FILE_NAME, tenant).approval is not None
    assert [one.identifier for one in read_guidelines(tmp_path, "lejre")] == ["debt"]


def test_every_category_of_spending_is_listed(documented: str) -> None:
    listed = documented.partition("The categories:")[2]
    assert re.findall(r"`(\w+)`", listed) == [str(category) for category in SpendingCategory]


def _rows(documented: str, header: str) -> dict[str, list[str]]:
    """Return the rows of the table with this first header, by the key in their first cell."""
    body = documented.partition(f"| {header} | type |")[2].partition("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines()[2:]]
    keys = [row[0].strip("`") for row in rows]
    assert len(set(keys)) == len(keys)
    return dict(zip(keys, rows, strict=True))


def _limits(told: str) -> tuple[int, int] | None:
    """Return both limits of a whole number; a programme's fewest months end at its months."""
    found = re.fullmatch(r"whole number, (\d+) to ([\d,]+|`months`)", told)
    if found is None:
        return None
    return int(found[1]), 12 if found[2] == "`months`" else int(found[2].replace(",", ""))


def _without(example: str, key: str) -> str:
    """Return a file without one of its keys, or one of its tables."""
    content = re.sub(rf"^{key} = .*\n", "", example, flags=re.MULTILINE)
    return re.sub(rf"^\[{key}\]\n(?:.+\n)+", "", content, flags=re.MULTILINE)
