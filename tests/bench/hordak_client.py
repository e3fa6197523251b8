"""The peer django-hordak: a transfer that locks the account and checks its balance first.

Runs in a virtual environment of its own. `prepare` makes the tables and the accounts.
"""

from __future__ import annotations

import os
import random
import sys
from typing import Any, Final

import django  # type: ignore[import-not-found] # lives in .venv-bench
from django.conf import settings  # type: ignore[import-not-found] # the same
from tests.bench.client_loop import serve

PREPARE: Final = "prepare"
_PAIRS: Final = 100
_GRANT: Final = 20_000


def main() -> None:
    """Make the tables and accounts, or serve."""
    _configure()
    if sys.argv[1:] == [PREPARE]:
        _prepare()
    else:
        serve(_transfer_within_a_random_pair())


def _configure() -> None:
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "HOST": os.environ["PGHOST"],
                "PORT": os.environ["PGPORT"],
                "USER": os.environ["PGUSER"],
                "PASSWORD": os.environ["PGPASSWORD"],
                "NAME": os.environ["PGDATABASE"],
                "CONN_MAX_AGE": None,
            }
        },
        DEFAULT_CURRENCY="DKK",
        CURRENCIES=["DKK"],
        HORDAK_INTERNAL_CURRENCY="DKK",
        USE_TZ=True,
    )
    django.setup()


def _prepare() -> None:
    from django.core.management import call_command  # type: ignore[import-not-found] # noqa: PLC0415 - needs setup
    from hordak.models import Account  # type: ignore[import-not-found] # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    with Account.objects.disable_mptt_updates():
        pool = Account.objects.create(name="pool", type="AS", currencies=["DKK"])
        for number in range(2 * _PAIRS):
            Account.objects.create(name=f"account {number:03}", type="AS", currencies=["DKK"])
    Account.objects.rebuild()
    for account in Account.objects.exclude(pk=pool.pk).order_by("name")[::2]:
        pool.transfer_to(account, _money(_GRANT))


def _transfer_within_a_random_pair() -> Any:  # noqa: ANN401 - nothing here is typed
    from django.db import transaction  # type: ignore[import-not-found] # noqa: PLC0415 - needs setup
    from hordak.models import Account  # noqa: PLC0415 - the same

    accounts = list(Account.objects.filter(name__startswith="account").order_by("name"))
    pairs = list(zip(accounts[::2], accounts[1::2], strict=True))
    amount = _money("0.01")

    def transfer() -> None:
        source, target = random.choice(pairs)  # noqa: S311 - spreads the accounts, guards nothing
        with transaction.atomic():
            locked = Account.objects.select_for_update().get(pk=source.pk)
            if locked.get_balance()["DKK"] < amount:
                raise RuntimeError(source)
            locked.transfer_to(target, amount)

    return transfer


def _money(amount: str | int) -> Any:  # noqa: ANN401 - the same
    from moneyed import Money  # type: ignore[import-not-found] # noqa: PLC0415 - the same

    return Money(amount, "DKK")


if __name__ == "__main__":
    main()
