"""A client that posts as the rooms do: `ledger.service.post` in a unit of work of its own."""

from __future__ import annotations

import random
from typing import Final
from uuid import UUID

from tests.bench.books import TENANT
from tests.bench.client_loop import serve

from raaderum.bootstrap import create_worker
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.ledger.rules import (
    BUDGET_ACCOUNTS,
    PROGRAMME_ACCOUNTS,
    Account,
    AccountKind,
    Move,
    TransactionKind,
)
from raaderum.ledger.service import open_accounts, post
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.settings import Settings
from raaderum.tenancy.context import working_for

OWNERS: Final = [UUID(int=(0x0190B001 << 96) + number) for number in range(1000)]
_PROGRAMME: Final = UUID(int=0x0190B002 << 96)
_GRANT: Final = Oere(20_000_00)


def main() -> None:
    """Serve in the context of a worker and of one tenant."""
    app = create_worker(Settings.from_environment())
    with app.app_context(), working_for(UUID(TENANT)):
        serve(_commit_one_oere)


def prepare(settings: Settings) -> None:
    """Give every owner a grant to post from."""
    app = create_worker(settings)
    with app.app_context(), working_for(UUID(TENANT)), unit_of_work() as session:
        open_accounts(session, _PROGRAMME, PROGRAMME_ACCOUNTS)
        for owner in OWNERS:
            open_accounts(session, owner, BUDGET_ACCOUNTS)
            grant = Move(_GRANT, Account(AccountKind.POOL, _PROGRAMME), Account(AccountKind.AVAILABLE, owner))
            post(session, TransactionKind.GRANT, grant, key=f"grant:{owner}", subject_id=owner)


def demand_true_books(settings: Settings) -> None:
    """Raise unless every invariant of the books holds after all that was posted."""
    app = create_worker(settings)
    with app.app_context(), working_for(UUID(TENANT)), reading() as session:
        proof = prove_books(session)
    if not proof.holds:
        raise RuntimeError(proof)


def _commit_one_oere() -> None:
    owner = random.choice(OWNERS)  # noqa: S311 - spreads the accounts, guards nothing
    move = Move(Oere(1), Account(AccountKind.AVAILABLE, owner), Account(AccountKind.COMMITTED, owner))
    with unit_of_work() as session:
        post(session, TransactionKind.COMMIT, move, key=str(new_id()), subject_id=owner)


if __name__ == "__main__":
    main()
