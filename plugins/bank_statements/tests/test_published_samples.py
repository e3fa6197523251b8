"""Published samples of banks, against a reader that walks the whole tree."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lxml import etree

from raaderum.plugin_api import StatementFault, StatementHead, StatementLine
from raaderum_bank_statements.reader import CamtReader

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element


def named(element: _Element, path: str) -> list[_Element]:
    """Find by local names: `Ntry/Amt`."""
    steps = "/".join(f"*[local-name()='{name}']" for name in path.split("/"))
    found = element.xpath(f"./{steps}")
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, etree._Element)]


def signed(element: _Element) -> int:
    amount = Decimal(named(element, "Amt")[0].text or "") * 100
    assert amount == int(amount)
    return int(-amount if named(element, "CdtDbtInd")[0].text == "DBIT" else amount)


def statements_in(path: Path) -> list[_Element]:
    root = etree.parse(path).getroot()
    message = next(one for one in root if isinstance(one.tag, str))
    return [one for name in ("Stmt", "Ntfctn", "Rpt") for one in named(message, name)]


def balance(statement: _Element, *kinds: str) -> int | None:
    for kind in kinds:
        for one in named(statement, "Bal"):
            if [code.text for code in named(one, "Tp/CdOrPrtry/Cd")] == [kind]:
                return signed(one)
    return None


def test_every_sample_is_recognised_and_read_without_a_fault(samples: list[Path]) -> None:
    for path in samples:
        with path.open("rb") as file:
            assert CamtReader().recognises(file.read(4096)), path.name
            file.seek(0)
            parts = list(CamtReader().read(file))
        assert not [part for part in parts if isinstance(part, StatementFault)], path.name


def test_heads_entries_sums_and_balances_are_those_of_the_tree(samples: list[Path]) -> None:
    for path in samples:
        with path.open("rb") as file:
            parts = list(CamtReader().read(file))
        statements = statements_in(path)
        heads = [part for part in parts if isinstance(part, StatementHead)]
        lines = [part for part in parts if isinstance(part, StatementLine)]
        entries = [entry for statement in statements for entry in named(statement, "Ntry")]
        assert statements, path.name
        assert [head.opening for head in heads] == [balance(one, "OPBD", "PRCD") for one in statements]
        assert [head.closing for head in heads] == [balance(one, "CLBD") for one in statements]
        assert len({line.entry for line in lines}) == len(entries)
        by_entry = {
            number: sum(line.amount for line in lines if line.entry == number)
            for number in {line.entry for line in lines}
        }
        assert [by_entry[number] for number in sorted(by_entry)] == [signed(entry) for entry in entries]


def test_every_end_to_end_id_of_the_tree_is_found_again(samples: list[Path]) -> None:
    for path in samples:
        with path.open("rb") as file:
            lines = [part for part in CamtReader().read(file) if isinstance(part, StatementLine)]
        told = {line.end_to_end_id for line in lines} | {
            word for line in lines for word in line.text.split("\n")
        }
        for statement in statements_in(path):
            for one in named(statement, "Ntry/NtryDtls/TxDtls/Refs/EndToEndId"):
                if one.text and one.text != "NOTPROVIDED":
                    assert one.text.strip() in told, path.name
