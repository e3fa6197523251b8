"""The ledger beside a ledger of twenty lines of Python, through random lives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.rules import (
    Account,
    AccountKind,
    Move,
    NotEnoughMoney,
    PostingKeyReused,
    TransactionKind,
)
from raaderum.ledger.service import open_accounts, post, summed_balance, trial_balance
from raaderum.ledger.tables import LedgerAccount
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.testing.races import race

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from flask import Flask

    from raaderum.testing.municipality import Municipality

LIVES = settings(
    max_examples=15,
    stateful_step_count=15,
    deadline=timedelta(seconds=10),
    database=None,
    phases=[Phase.generate],  # a failing life of 15 steps is short enough to read
    suppress_health_check=[HealthCheck.too_slow],
)
KINDS = (
    AccountKind.FUNDING,
    AccountKind.POOL,
    AccountKind.CLEARING,
    AccountKind.AVAILABLE,
    AccountKind.COMMITTED,
)


@dataclass(frozen=True)
class Posting:
    """What one key stands for."""

    kind: TransactionKind
    subject_id: UUID
    moves: tuple[Move, ...]


@dataclass
class Oracle:
    """What a ledger is: balances that sum to zero, guarded ones not below it, a key once."""

    balances: Counter[Account] = field(default_factory=Counter)
    postings: dict[str, Posting] = field(default_factory=dict)

    def post(self, key: str, posting: Posting) -> type[Exception] | None:
        """Post and return None, or return what a ledger must raise; then nothing has changed."""
        if key in self.postings:
            return None if self.postings[key] == posting else PostingKeyReused
        changes: Counter[Account] = Counter()
        for move in posting.moves:
            changes[move.source] -= move.amount
            changes[move.target] += move.amount
        if any(one.kind.is_guarded and self.balances[one] + by < 0 for one, by in changes.items()):
            return NotEnoughMoney
        for account, by in changes.items():
            self.balances[account] += by
        self.postings[key] = posting
        return None


class LedgerMachine(RuleBasedStateMachine):
    """A random life of a municipality's books; `new_municipality` and `app` are set by the test."""

    new_municipality: Callable[[], Municipality]
    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.municipality = type(self).new_municipality()
        self.oracle = Oracle()
        self.keys = 0
        owners = [new_id(), new_id()]
        self.accounts = [Account(kind, owner) for owner in owners for kind in KINDS]

    @initialize()
    def open(self) -> None:
        with self.municipality.at_work(), unit_of_work() as session:
            for owner_id in {account.owner_id for account in self.accounts}:
                open_accounts(session, owner_id, KINDS)

    @rule(data=st.data())
    def post(self, data: st.DataObject) -> None:
        self._agree(self._new_key(), self._drawn(data))

    @precondition(lambda self: self.oracle.postings)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.oracle.postings)))
        self._agree(key, self.oracle.postings[key])

    @precondition(lambda self: self.oracle.postings)
    @rule(data=st.data())
    def reuse(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.oracle.postings)))
        known = self.oracle.postings[key]
        changes = list(other_contents(known, elsewhere=self.accounts).values())
        self._agree(key, data.draw(st.sampled_from(changes)))

    @rule(data=st.data())
    def spend_more_than_there_is(self, data: st.DataObject) -> None:
        guarded = [account for account in self.accounts if account.kind.is_guarded]
        source = data.draw(st.sampled_from(guarded))
        target = data.draw(st.sampled_from([account for account in self.accounts if account != source]))
        too_much = Oere(self.oracle.balances[source] + data.draw(st.integers(1, 10**9)))
        posting = Posting(TransactionKind.COMMIT, new_id(), (Move(too_much, source, target),))
        self._agree(self._new_key(), posting)

    @rule(data=st.data(), times=st.integers(2, 6))
    def the_same_key_at_once(self, data: st.DataObject, times: int) -> None:
        """All of them are told the same."""
        key, posting = self._new_key(), self._drawn(data)
        refusal = self.oracle.post(key, posting)
        told = self._race([partial(posted, key, posting)] * times)
        if refusal is None:
            assert len(set(told)) == 1, told
        else:
            assert {type(one) for one in told} == {refusal}

    @rule(data=st.data())
    def back_and_forth_at_once(self, data: st.DataObject) -> None:
        """Opposite moves between two accounts: neither waits for ever for the other."""
        one, other = data.draw(st.lists(st.sampled_from(self.accounts), min_size=2, max_size=2, unique=True))
        amount = data.draw(st.integers(1, 10_000))
        enough = (
            Move(Oere(amount * 3), self.accounts[0], one),
            Move(Oere(amount * 3), self.accounts[0], other),
        )
        funded = tuple(move for move in enough if move.source != move.target)
        self._agree(self._new_key(), Posting(TransactionKind.FUND, new_id(), funded))
        postings = [
            (self._new_key(), Posting(TransactionKind.COMMIT, new_id(), (Move(Oere(amount), *pair),)))
            for pair in ((one, other), (other, one)) * 3
        ]
        told = self._race([partial(posted, key, posting) for key, posting in postings])
        assert [answer for answer in told if isinstance(answer, Exception)] == []
        for key, posting in postings:
            assert self.oracle.post(key, posting) is None

    @invariant()
    def books_and_oracle_agree(self) -> None:
        with self.municipality.at_work(), reading() as session:
            for account in self.accounts:
                assert summed_balance(session, account) == self.oracle.balances[account]
                kept = session.get_one(LedgerAccount, (self.municipality.id, account.id)).balance
                assert kept == (self.oracle.balances[account] if account.kind.is_guarded else 0)
            assert sum(row.summed for row in trial_balance(session)) == 0
            assert prove_books(session).holds

    def _agree(self, key: str, posting: Posting) -> None:
        refusal = self.oracle.post(key, posting)
        with self.municipality.at_work():
            if refusal is None:
                posted(key, posting)
            else:
                with pytest.raises(refusal):
                    posted(key, posting)

    def _new_key(self) -> str:
        """Return a key of its own; numbered, because a life must be repeatable."""
        self.keys += 1
        return f"{self.keys:05d}"

    def _race(self, acts: list[Callable[[], UUID]]) -> list[Any]:
        return race(type(self).app, self.municipality, acts)

    def _drawn(self, data: st.DataObject) -> Posting:
        """Draw a posting of one to three moves, from anywhere to anywhere else."""
        moves = []
        for _ in range(data.draw(st.integers(1, 3))):
            pair = data.draw(st.lists(st.sampled_from(self.accounts), min_size=2, max_size=2, unique=True))
            moves.append(Move(Oere(data.draw(st.integers(1, 10**7))), *pair))
        return Posting(data.draw(st.sampled_from(TransactionKind)), new_id(), tuple(moves))


def other_contents(known: Posting, *, elsewhere: Sequence[Account]) -> dict[str, Posting]:
    """Return postings that differ from `known` in one thing each."""
    first, *rest = known.moves
    another = next(one for one in elsewhere if one not in (first.source, first.target))
    return {
        "kind": replace(known, kind=next(kind for kind in TransactionKind if kind != known.kind)),
        "subject": replace(known, subject_id=new_id()),
        "amount": replace(known, moves=(replace(first, amount=Oere(first.amount + 1)), *rest)),
        "account": replace(known, moves=(replace(first, target=another), *rest)),
        "another move": replace(known, moves=(*known.moves, first)),
    }


@pytest.mark.parametrize("changed", ["kind", "subject", "amount", "account", "another move"])
def test_a_key_that_comes_again_with_another_content_is_refused(
    changed: str, municipality: Municipality
) -> None:
    accounts = [Account(kind, new_id()) for kind in KINDS]
    source, target, *_ = accounts
    known = Posting(TransactionKind.FUND, new_id(), (Move(Oere(500), source, target),))
    other = other_contents(known, elsewhere=accounts)[changed]
    with municipality.at_work():
        with unit_of_work() as session:
            for account in accounts:
                open_accounts(session, account.owner_id, [account.kind])
        first = posted("one key", known)
        assert posted("one key", known) == first
        with pytest.raises(PostingKeyReused):
            posted("one key", other)


def posted(key: str, posting: Posting) -> UUID:
    with unit_of_work() as session:
        return post(session, posting.kind, *posting.moves, key=key, subject_id=posting.subject_id)


def test_the_ledger_does_what_a_ledger_of_twenty_lines_does(
    app: Flask, new_municipality: Callable[[], Municipality]
) -> None:
    machine = type(
        "Machine", (LedgerMachine,), {"app": app, "new_municipality": staticmethod(new_municipality)}
    )
    run_state_machine_as_test(machine, settings=LIVES)
