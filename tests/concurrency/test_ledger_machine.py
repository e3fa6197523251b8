"""The ledger beside a ledger of twenty lines of Python, through random lives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
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
    from collections.abc import Callable
    from uuid import UUID

    from flask import Flask

    from raaderum.testing.municipality import Municipality

LIVES = settings(
    max_examples=15,
    stateful_step_count=15,
    deadline=timedelta(seconds=10),
    database=None,
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
        owners = [new_id(), new_id()]
        self.accounts = [Account(kind, owner) for owner in owners for kind in KINDS]

    @initialize()
    def open(self) -> None:
        with self.municipality.at_work(), unit_of_work() as session:
            for owner_id in {account.owner_id for account in self.accounts}:
                open_accounts(session, owner_id, KINDS)

    @rule(data=st.data())
    def post(self, data: st.DataObject) -> None:
        self._agree(str(new_id()), self._drawn(data))

    @precondition(lambda self: self.oracle.postings)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.oracle.postings)))
        self._agree(key, self.oracle.postings[key])

    @precondition(lambda self: self.oracle.postings)
    @rule(data=st.data())
    def reuse(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.oracle.postings)))
        self._agree(key, self._drawn(data))

    @rule(data=st.data())
    def spend_more_than_there_is(self, data: st.DataObject) -> None:
        guarded = [account for account in self.accounts if account.kind.is_guarded]
        source = data.draw(st.sampled_from(guarded))
        target = data.draw(st.sampled_from([account for account in self.accounts if account != source]))
        too_much = Oere(self.oracle.balances[source] + data.draw(st.integers(1, 10**9)))
        posting = Posting(TransactionKind.COMMIT, new_id(), (Move(too_much, source, target),))
        self._agree(str(new_id()), posting)

    @rule(data=st.data(), times=st.integers(2, 6))
    def the_same_key_at_once(self, data: st.DataObject, times: int) -> None:
        """All of them are told the same."""
        key, posting = str(new_id()), self._drawn(data)
        refusal = self.oracle.post(key, posting)
        told = self._race([partial(self._post, key, posting)] * times)
        if refusal is None:
            assert len(set(told)) == 1, told
        else:
            assert {type(one) for one in told} == {refusal}

    @rule(data=st.data())
    def back_and_forth_at_once(self, data: st.DataObject) -> None:
        """Opposite moves between two accounts: neither waits for ever for the other."""
        one, other = data.draw(st.lists(st.sampled_from(self.accounts), min_size=2, max_size=2, unique=True))
        amount = Oere(data.draw(st.integers(1, 10_000)))
        postings = [
            (str(new_id()), Posting(TransactionKind.COMMIT, new_id(), (Move(amount, source, target),)))
            for source, target in ((one, other), (other, one)) * 3
        ]
        told = self._race([partial(self._post, key, posting) for key, posting in postings])
        for (key, posting), answer in zip(postings, told, strict=True):
            if isinstance(answer, Exception):
                assert isinstance(answer, NotEnoughMoney), answer
            else:
                self._book(key, posting)

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
                self._post(key, posting)
            else:
                with pytest.raises(refusal):
                    self._post(key, posting)

    def _book(self, key: str, posting: Posting) -> None:
        """Book what the ledger has accepted in an order that only it knows; the balances tell in the end."""
        for move in posting.moves:
            self.oracle.balances[move.source] -= move.amount
            self.oracle.balances[move.target] += move.amount
        self.oracle.postings[key] = posting

    def _post(self, key: str, posting: Posting) -> UUID:
        with unit_of_work() as session:
            return post(session, posting.kind, *posting.moves, key=key, subject_id=posting.subject_id)

    def _race(self, acts: list[Callable[[], UUID]]) -> list[Any]:
        return race(type(self).app, self.municipality, acts)

    def _drawn(self, data: st.DataObject) -> Posting:
        """Draw a posting of one to three moves, from anywhere to anywhere else."""
        moves = []
        for _ in range(data.draw(st.integers(1, 3))):
            pair = data.draw(st.lists(st.sampled_from(self.accounts), min_size=2, max_size=2, unique=True))
            moves.append(Move(Oere(data.draw(st.integers(1, 10**7))), *pair))
        return Posting(data.draw(st.sampled_from(TransactionKind)), new_id(), tuple(moves))


def test_the_ledger_does_what_a_ledger_of_twenty_lines_does(
    app: Flask, new_municipality: Callable[[], Municipality]
) -> None:
    machine = type(
        "Machine", (LedgerMachine,), {"app": app, "new_municipality": staticmethod(new_municipality)}
    )
    run_state_machine_as_test(machine, settings=LIVES)
