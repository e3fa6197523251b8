"""What `docs/money-flows/` tables and draws is what the code has: kinds, accounts, keys, states."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import pytest

import raaderum
from raaderum.cards.rules import ALLOWED_ACTS, STANDING, WANTED_AFTER, CardStage, PaymentState
from raaderum.invoices.rules import OPEN_OUTCOMES, InvoiceOutcome
from raaderum.ledger.rules import AccountKind, TransactionKind
from raaderum.payouts.rules import OPEN_ATTEMPTS, SETTLED_STATES, AttemptState, PayoutState
from raaderum.purchases.rules import PurchaseState
from raaderum.receipts.rules import OPEN, WAITING, Proof
from raaderum.reconciliation.rules import OPEN_LINES, LineOutcome
from raaderum.testing.money_flow_pages import (
    Picture,
    PostingRow,
    example_on,
    pages_in,
    pictures_in,
    postings_in,
    rows_of,
)
from raaderum.transfers.run_rules import UNDER_WAY, RunState

if TYPE_CHECKING:
    from pathlib import Path

INDEX: Final = "README.md"
ROOMS: Final = (
    *("purchases", "payouts", "invoices", "cards", "transfers", "receipts"),
    *("reconciliation", "refunds", "notices", "provider_events"),
)
"""The rooms whose state machines are drawn."""
ALSO_DRAWN: Final = (InvoiceOutcome, LineOutcome, Proof)
"""States by another name than `…State` and `…Stage`."""


@pytest.fixture(scope="module")
def pages(repository: Path) -> dict[str, str]:
    return pages_in(repository / "docs/money-flows")


@pytest.fixture(scope="module")
def postings(pages: dict[str, str]) -> list[PostingRow]:
    return postings_in(pages)


@pytest.fixture(scope="module")
def pictures(pages: dict[str, str]) -> dict[str, Picture]:
    drawn = pictures_in(pages)
    by_name = {picture.states_of: picture for picture in drawn}
    assert len(by_name) == len(drawn), "a state machine is drawn twice"
    return by_name


def machines() -> dict[str, type[StrEnum]]:
    """Return every enum of states in the rooms of money, by its name."""
    found: dict[str, type[StrEnum]] = {one.__name__: one for one in ALSO_DRAWN}
    for module in pkgutil.walk_packages(raaderum.__path__, "raaderum."):
        if module.name.split(".")[1] in ROOMS and not module.ispkg:
            for name, one in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
                if one.__module__ != module.name or not name.endswith(("State", "Stage")):
                    continue
                if issubclass(one, StrEnum):
                    found[name] = one
    return found


def test_every_kind_of_transaction_stands_in_a_table_of_postings(postings: list[PostingRow]) -> None:
    assert {row.kind for row in postings} == set(TransactionKind)


def test_every_kind_of_account_gives_and_takes_in_a_table_of_postings(postings: list[PostingRow]) -> None:
    gives = {source for row in postings for source, _ in row.pairs}
    takes = {target for row in postings for _, target in row.pairs}
    assert gives == set(AccountKind) - {AccountKind.FEES, AccountKind.LOSSES}
    assert takes == set(AccountKind)


def test_the_overview_draws_every_move_of_the_tables_and_no_other(
    pages: dict[str, str], postings: list[PostingRow]
) -> None:
    drawn = {
        (kind, source, target)
        for source, kinds, target in re.findall(r"^ {4}(\w+) -->\|(.+)\| (\w+)$", pages[INDEX], re.MULTILINE)
        for kind in kinds.split(", ")
    }
    assert drawn == {(row.kind, source, target) for row in postings for source, target in row.pairs}


def test_the_overview_lists_every_account_and_which_are_guarded(pages: dict[str, str]) -> None:
    rows = rows_of(pages[INDEX].partition("| account | whose | can it go below zero? |")[2])
    assert {row[0].strip("`"): row[2] == "no" for row in rows} == {
        kind: kind.is_guarded for kind in AccountKind
    }


def test_the_overview_links_every_page_and_every_page_shows_what_breaks(pages: dict[str, str]) -> None:
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", pages[INDEX]))
    assert linked == set(pages) - {INDEX}
    silent = [
        name
        for name in linked
        if not re.search(r"^## (When something|What) breaks", pages[name], re.MULTILINE)
    ]
    assert silent == []


def test_every_state_machine_of_money_is_drawn(pictures: dict[str, Picture]) -> None:
    assert set(pictures) == set(machines())


@pytest.mark.parametrize("name", sorted(machines()))
def test_a_picture_shows_every_state_and_no_other(name: str, pictures: dict[str, Picture]) -> None:
    assert pictures[name].states == {str(state) for state in machines()[name]}


@pytest.mark.parametrize("name", sorted(machines()))
def test_every_state_can_be_reached_from_the_beginning(name: str, pictures: dict[str, Picture]) -> None:
    arrows, reached = pictures[name].arrows, {"[*]"}
    while more := {to for start, to in arrows if start in reached} - reached:
        reached |= more
    assert pictures[name].states <= reached


@pytest.mark.parametrize(
    ("machine", "last"),
    [
        pytest.param(PayoutState, set(SETTLED_STATES), id="payout"),
        pytest.param(AttemptState, set(AttemptState) - set(OPEN_ATTEMPTS), id="attempt"),
        pytest.param(RunState, set(RunState) - set(UNDER_WAY), id="run"),
        pytest.param(CardStage, set(CardStage) - set(STANDING), id="card"),
        pytest.param(Proof, set(Proof) - {*OPEN, *WAITING}, id="receipt"),
        pytest.param(LineOutcome, set(LineOutcome) - {*OPEN_LINES, LineOutcome.WAITING}, id="line"),
        pytest.param(
            InvoiceOutcome, set(InvoiceOutcome) - {*OPEN_OUTCOMES, InvoiceOutcome.REMINDER}, id="invoice"
        ),
        pytest.param(PurchaseState, {PurchaseState.REFUSED, PurchaseState.CLOSED}, id="purchase"),
        pytest.param(PaymentState, set(), id="card payment"),
    ],
)
def test_the_states_that_end_are_those_that_the_rules_name(
    machine: type[StrEnum], last: set[StrEnum], pictures: dict[str, Picture]
) -> None:
    assert pictures[machine.__name__].last == last


def test_what_can_be_done_to_a_card_is_what_its_rules_allow(pictures: dict[str, Picture]) -> None:
    drawn = {
        (start, to) for start, to in pictures[CardStage.__name__].arrows if ALLOWED_ACTS.get(_stage(start))
    }
    assert drawn == {(stage, WANTED_AFTER[act]) for stage, acts in ALLOWED_ACTS.items() for act in acts}


def test_every_example_adds_up(pages: dict[str, str], postings: list[PostingRow]) -> None:
    moves = {(kind, pair) for row in postings for kind, pair in ((row.kind, one) for one in row.pairs)}
    named = [
        (page, name)
        for page in pages
        for name in re.findall(r"^\*\*Example: ([^*.]+)\.", pages[page], re.MULTILINE)
    ]
    assert named
    for page, name in named:
        for kind, changes in example_on(pages[page], name):
            assert sum(changes.values()) == 0, f"{page}, {name}: {kind}"
            touched = {account for of, pair in moves if of is kind for account in pair}
            assert set(changes) <= touched, f"{page}, {name}: {kind}"


def _stage(name: str) -> CardStage:
    return CardStage(name) if name != "[*]" else CardStage.REFUSED
