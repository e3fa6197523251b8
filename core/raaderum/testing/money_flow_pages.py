"""The pages under `docs/money-flows/`, read by tests: their postings, their examples and their pictures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, product
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from raaderum.ledger.rules import AccountKind, TransactionKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy.orm import Session

_POSTINGS: Final = "| act | kind | from → to | key |"
_MOVES_NOTHING: Final = "–"
_PICTURE: Final = re.compile(r"```mermaid\nstateDiagram-v2\n(.*?)```", flags=re.DOTALL)
_ARROW: Final = re.compile(r"^ {4}(\[\*\]|\w+) --> (\[\*\]|\w+)(?:: .+)?$", flags=re.MULTILINE)
_EXAMPLE: Final = re.compile(r"^\*\*Example: ([^*.]+)\.\*\*", flags=re.MULTILINE)
_POSTED: Final = """
    select t.kind, t.key, a.kind, e.amount from ledger_transaction t
    join ledger_entry e on e.transaction_id = t.id join ledger_account a on a.id = e.account_id
    where cast(:owner as uuid) is null or t.id in (
        select one.transaction_id from ledger_entry one join ledger_account its on its.id = one.account_id
        where its.owner_id = :owner)
    order by t.id, e.position"""

Pair = tuple[AccountKind, AccountKind]
"""From one account to another."""


@dataclass(frozen=True, slots=True)
class Posted:
    """One transaction: what it is, and its moves in order, in øre."""

    kind: TransactionKind
    key: str
    moves: tuple[tuple[Pair, int], ...]


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One row of a postings table: between which accounts an act moves money, and under which key."""

    page: str
    kind: TransactionKind
    pairs: frozenset[Pair]
    key: re.Pattern[str]

    def shows(self, posted: Posted) -> bool:
        """Say whether a transaction is what this row tells."""
        moved = {pair for pair, _ in posted.moves}
        return self.kind is posted.kind and moved <= self.pairs and bool(self.key.fullmatch(posted.key))


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn state machine: the name of its states' class, and its arrows."""

    states_of: str
    arrows: frozenset[tuple[str, str]]

    @property
    def states(self) -> frozenset[str]:
        """Every state that an arrow touches."""
        return frozenset(state for arrow in self.arrows for state in arrow) - {"[*]"}

    @property
    def last(self) -> frozenset[str]:
        """The states that end here."""
        return frozenset(state for state, following in self.arrows if following == "[*]")


def pages_in(folder: Path) -> dict[str, str]:
    """Return every page by its file's name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}


def postings_in(pages: Mapping[str, str]) -> list[PostingRow]:
    """Return the rows of every postings table; those that move nothing are left out."""
    return [
        PostingRow(page, TransactionKind(_bare(row[1])), _pairs(row[2]), _as_pattern(row[3]))
        for page, content in pages.items()
        for table in content.split(_POSTINGS)[1:]
        for row in rows_of(table)
        if row[1] != _MOVES_NOTHING
    ]


def pictures_in(pages: Mapping[str, str]) -> list[Picture]:
    """Return every drawn state machine; raise `ValueError` for one that does not name its states' class."""
    pictures = []
    for content in pages.values():
        for drawn in _PICTURE.findall(content):
            named = re.search(r"accTitle: .+ \((\w+)\)$", drawn, flags=re.MULTILINE)
            if named is None:
                raise ValueError(drawn)
            pictures.append(Picture(named[1], frozenset(_ARROW.findall(drawn))))
    return pictures


def example_on(page: str, name: str) -> list[tuple[TransactionKind, dict[AccountKind, int]]]:
    """Return an example's rows in order: what each act changes on each account, in øre."""
    start = next(found.end() for found in _EXAMPLE.finditer(page) if found[1] == name)
    header, *_ = page[start:].partition("\n| ")[2].splitlines()
    accounts = [AccountKind(cell.strip()) for cell in header.strip("|").split("|")]
    rows = rows_of(page[start:].partition(header)[2])
    return [
        (
            TransactionKind(_bare(row[0].partition(" (")[0])),
            {account: _oere(cell) for account, cell in zip(accounts, row[1:], strict=True) if cell},
        )
        for row in rows
        if not row[0].startswith("**")
    ]


def posted_in(session: Session, owner_id: UUID | None = None) -> list[Posted]:
    """Return every transaction of the current tenant, or those that touch an account of `owner_id`."""
    found: dict[tuple[str, str], list[tuple[AccountKind, int]]] = {}
    for kind, key, account, amount in session.execute(text(_POSTED), {"owner": owner_id}):
        found.setdefault((kind, key), []).append((AccountKind(account), int(amount)))
    return [Posted(TransactionKind(kind), key, _moves(lines)) for (kind, key), lines in found.items()]


def changes_of(posted: Posted) -> dict[AccountKind, int]:
    """Return what a transaction changes on each account, in øre."""
    changes: dict[AccountKind, int] = {}
    for (source, target), amount in posted.moves:
        changes[source] = changes.get(source, 0) - amount
        changes[target] = changes.get(target, 0) + amount
    return {account: change for account, change in changes.items() if change}


def rows_of(table: str) -> list[list[str]]:
    """Return the rows of a table from behind its header on, each as its cells."""
    rows = []
    for line in table.strip().splitlines()[1:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def _moves(lines: Sequence[tuple[AccountKind, int]]) -> tuple[tuple[Pair, int], ...]:
    """Entries stand in pairs, as the posting function was given them: from, to, from, to."""
    both = list(pairwise(lines))[::2]
    return tuple(((source, target), amount) for (source, _), (target, amount) in both)


def _pairs(cell: str) -> frozenset[Pair]:
    return frozenset(pair for move in cell.split(";") for pair in _pairs_of_move(move))


def _pairs_of_move(move: str) -> Iterator[Pair]:
    sources, targets = ([AccountKind(name.strip()) for name in side.split(",")] for side in move.split("→"))
    return product(sources, targets)


def _as_pattern(cell: str) -> re.Pattern[str]:
    """`settle:<payout>:<attempt>` stands for every key of that form."""
    parts = re.split(r"<[^>]+>", _bare(cell))
    return re.compile(".+".join(map(re.escape, parts)))


def _bare(cell: str) -> str:
    return cell.strip("`")


def _oere(cell: str) -> int:
    """Read an amount as Danes write it: a dot for thousands, a comma, and a real minus."""
    return int(re.sub(r"[.,+]", "", cell).replace("−", "-"))
