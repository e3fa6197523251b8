"""A client that posts by one bare call of the driver: one round trip, the tenant set within it."""

from __future__ import annotations

import random
from uuid import UUID

import psycopg
from tests.bench.books import TENANT
from tests.bench.client_loop import serve
from tests.bench.service_client import OWNERS

from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.ledger.rules import Account, AccountKind

_POST = "select post_transaction(%s, %s, %s, 'commit', %s, %s, %s, %s)"


def main() -> None:
    """Serve on a connection of its own; where it leads stands in the environment."""
    tenant = UUID(TENANT)
    with psycopg.connect(autocommit=True) as connection:

        def commit_one_oere() -> None:
            owner = random.choice(OWNERS)  # noqa: S311 - spreads the accounts, guards nothing
            accounts = [
                Account(AccountKind.AVAILABLE, owner).id,
                Account(AccountKind.COMMITTED, owner).id,
            ]
            values = (tenant, new_id(), str(new_id()), owner, clock.today(), accounts, [-1, 1])
            connection.execute(_POST, values).fetchone()

        serve(commit_one_oere)


if __name__ == "__main__":
    main()
