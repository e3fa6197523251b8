"""Pays with a practice card in a running demo: `python -m raaderum_prepaid_card.visit`."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Text, format_kroner, parse_kroner
from raaderum_prepaid_card.sandbox_wire import read_body
from raaderum_prepaid_card.shop import SandboxShop
from raaderum_prepaid_card.testing.webhooks import post

if TYPE_CHECKING:
    from collections.abc import Sequence

PAID: Final = Text("{amount} er betalt.", "{amount} has been paid.")
DECLINED: Final = Text("Afvist: {reason}.", "Declined: {reason}.")
_A_SECOND: Final = timedelta(seconds=1)


def visit(shop: SandboxShop, address: str, card: str, amount: int, at: datetime) -> Text:
    """Ask for `amount` øre, and draw what is approved; return what the till shows."""
    question = shop.ask(card, amount, at)
    asked = read_body(question.body)
    answer = post(address, question)
    if asked.status is not None:
        return DECLINED.filled(reason=asked.status)
    told = shop.hear(question, answer.body if answer is not None else b"", at)
    post(address, told)
    held = read_body(told.body)
    if not held.is_open:
        return DECLINED.filled(reason=held.status)
    for call in shop.capture(str(held.authorisation), held.amount, at + _A_SECOND):
        post(address, call)
    return PAID.filled(amount=format_kroner(held.amount))


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the issuer's folder, such as files/aarhus/sandbox_card")
    parser.add_argument(
        "address", help="the webhook, such as http://127.0.0.1:8000/webhooks/aarhus/sandbox_card"
    )
    parser.add_argument("card", help="the issuer's reference of the card: sandbox-…")
    parser.add_argument("amount", type=parse_kroner, help="kroner, such as 120 or 99,50")
    given = parser.parse_args(arguments)
    till = visit(SandboxShop(given.folder), given.address, given.card, given.amount, datetime.now(UTC))
    print(till)  # noqa: T201 - a command prints


if __name__ == "__main__":
    main()
