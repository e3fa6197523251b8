"""The head of a statement: whose account, which balances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Oere, StatementFault, StatementHead
from raaderum_bank_statements.elements import child, children, date_in, first_text, minor_units, text_of
from raaderum_bank_statements.messages import BALANCE_UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

FINAL: Final = "Stmt"
"""The element of a statement; advices and reports of the day are called otherwise."""
_MOST_DIGITS: Final = 12


def read_head(element: _Element, is_final: str) -> Iterator[StatementHead | StatementFault]:
    """Yield what is wrong with the balances, and last the head itself."""
    balances: dict[str, Oere] = {}
    until = None
    currency = text_of(element, "Acct", "Ccy")
    for balance in children(element, "Bal"):
        kind = first_text(balance, ("Tp", "CdOrPrtry", "Cd"), ("Tp", "CdOrPrtry", "Prtry"))
        if kind not in {"OPBD", "PRCD", "CLBD"}:
            continue
        written = child(balance, "Amt")
        amount = minor_units(text_of(written))
        if amount is None or written is None:
            yield StatementFault(0, BALANCE_UNREADABLE.filled(given=text_of(written)[:40]))
            continue
        currency = currency or written.get("Ccy", "")
        balances[kind] = Oere(-amount if text_of(balance, "CdtDbtInd") == "DBIT" else amount)
        until = date_in(balance, "Dt") if kind == "CLBD" else until
    number = first_text(element, ("ElctrncSeqNb",), ("LglSeqNb",))
    account = first_text(element, ("Acct", "Id", "IBAN"), ("Acct", "Id", "Othr", "Id"))
    yield StatementHead(
        account=account.replace(" ", ""),
        currency=currency or _currency_of_first_entry(element),
        reference=text_of(element, "Id"),
        opening=balances.get("OPBD", balances.get("PRCD")),
        closing=balances.get("CLBD"),
        is_final=is_final == FINAL,
        number=int(number) if number.isdecimal() and len(number) <= _MOST_DIGITS else None,
        until=until,
    )


def _currency_of_first_entry(element: _Element) -> str:
    amount = child(element, "Ntry", "Amt")
    return amount.get("Ccy", "") if amount is not None else ""
