"""From an entry and its details to lines: whatever the details leave out, the lines add up to the entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Oere, StatementFault, StatementLine, Text
from raaderum_bank_statements.elements import (
    child,
    children,
    date_in,
    first_text,
    minor_units,
    text_of,
    texts_below,
)
from raaderum_bank_statements.messages import NO_AMOUNT, NO_DATE, NO_DIRECTION, OTHER_CURRENCY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lxml.etree import _Element

_SIGNS: Final = {"CRDT": 1, "DBIT": -1}
_NOT_GIVEN: Final = frozenset({"NOTPROVIDED", "NOTAVAILABLE", ""})
_REMITTANCE: Final = ("Ustrd", "Ref", "Nb", "AddtlRmtInf")
_MOST_TEXTS: Final = 40
_MOST_OF_THE_REST: Final = 20


@dataclass(slots=True)
class _Detail:
    """One payment of an entry; `amount` None where it does not say (or not in the account's currency)."""

    amount: Oere | None
    element: _Parts


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the lines of an entry can have of their own."""

    reference: str | None = None
    end_to_end_id: str | None = None
    batch_id: str | None = None
    texts: tuple[str, ...] = ()
    counterparty: str = ""
    return_reason: str | None = None


@dataclass(slots=True)
class Entry:
    """One entry while it is read: the details come first, its own last texts at the very end."""

    number: int
    currency: str
    element: _Element
    amount: Oere
    booked_on: date
    sign: int
    said: int = 0
    pending: _Detail | None = None
    unsaid: list[_Parts] = field(default_factory=list)
    details: int = 0
    batch_id: str | None = None

    def add(self, element: _Element, line_number: int) -> Iterator[StatementLine]:
        """Take a detail in; yield the line of the one before it, which now is known not to be alone."""
        if self.pending is not None:
            yield from self._settled(line_number)
        self.details += 1
        batch = child(element.getparent(), "Btch")
        self.batch_id = _given(first_text(batch, ("PmtInfId",), ("MsgId",))) or self.batch_id
        self.pending = _Detail(self._amount_of(element), self._parts_of(element))

    def finish(self, line_number: int) -> Iterator[StatementLine]:
        """Yield the lines that are left: the last detail, and what the details did not say."""
        own = self._own_parts()
        if self.pending is not None and self.details == 1:
            is_whole = self.pending.amount is None or self.pending.amount == self.amount
            if is_whole:
                yield self._line(line_number, self.amount, _joined(self.pending.element, own))
                return
        if self.pending is not None:
            for line in self._settled(line_number):
                line_number += 1
                yield line
        rest = self.amount - self.said
        if rest or not self.details:
            yield self._line(line_number, Oere(rest), self._rest_parts(own))

    def _settled(self, line_number: int) -> Iterator[StatementLine]:
        detail, self.pending = self.pending, None
        if detail is None:
            return
        if detail.amount is None:
            if len(self.unsaid) < _MOST_OF_THE_REST:
                self.unsaid.append(detail.element)
            return
        self.said += detail.amount
        yield self._line(line_number, detail.amount, detail.element)

    def _line(self, number: int, amount: Oere, parts: _Parts) -> StatementLine:
        return StatementLine(
            number=number,
            amount=amount,
            booked_on=self.booked_on,
            value_on=date_in(self.element, "ValDt"),
            reference=parts.reference or self._reference,
            end_to_end_id=parts.end_to_end_id,
            batch_id=parts.batch_id or self.batch_id,
            text="\n".join(dict.fromkeys(parts.texts[:_MOST_TEXTS])),
            counterparty=parts.counterparty,
            is_reversal=text_of(self.element, "RvslInd") in {"true", "1"},
            return_reason=parts.return_reason,
            is_booked=first_text(self.element, ("Sts", "Cd"), ("Sts",)) in {"BOOK", ""},
            entry=self.number,
            entry_reference=self._reference,
            entry_amount=self.amount,
        )

    @property
    def _reference(self) -> str | None:
        return _given(text_of(self.element, "AcctSvcrRef"))

    def _amount_of(self, element: _Element) -> Oere | None:
        for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt")):
            written = child(element, *path)
            if written is not None and written.get("Ccy", self.currency) == self.currency:
                amount = minor_units(text_of(written))
                sign = _SIGNS.get(text_of(element, "CdtDbtInd"), self.sign)
                return None if amount is None else Oere(amount * sign)
        return None

    def _parts_of(self, element: _Element) -> _Parts:
        refs, parties = child(element, "Refs"), child(element, "RltdPties")
        party = "Dbtr" if self.sign > 0 else "Cdtr"
        texts = [
            *(text_of(refs, name) for name in ("InstrId", "TxId")),
            *texts_below(child(element, "RmtInf"), _REMITTANCE),
            *(text_of(one) for one in children(element, "AddtlTxInf")),
            *(text_of(one) for one in children(child(element, "RtrInf"), "AddtlInf")),
        ]
        return _Parts(
            reference=_given(text_of(refs, "AcctSvcrRef")),
            end_to_end_id=_given(text_of(refs, "EndToEndId")),
            batch_id=_given(first_text(refs, ("PmtInfId",), ("MsgId",))),
            texts=tuple(text for text in texts if text not in _NOT_GIVEN),
            counterparty=first_text(parties, (party, "Nm"), (party, "Pty", "Nm")),
            return_reason=_given(first_text(element, ("RtrInf", "Rsn", "Cd"), ("RtrInf", "Rsn", "Prtry"))),
        )

    def _own_parts(self) -> _Parts:
        batch = child(self.element, "NtryDtls", "Btch")
        batch_id = _given(first_text(batch, ("PmtInfId",), ("MsgId",)))
        told = text_of(self.element, "AddtlNtryInf")
        return _Parts(batch_id=batch_id, texts=(told,) if told else ())

    def _rest_parts(self, own: _Parts) -> _Parts:
        """Return what is known of the money that no detail with an amount of its own tells about."""
        texts = [text for parts in self.unsaid for text in (parts.end_to_end_id or "", *parts.texts) if text]
        reason = next((parts.return_reason for parts in self.unsaid if parts.return_reason), None)
        batch_id = next((parts.batch_id for parts in self.unsaid if parts.batch_id), own.batch_id)
        return _Parts(batch_id=batch_id, texts=(*texts, *own.texts), return_reason=reason)


def begin_entry(element: _Element, number: int, currency: str) -> Entry | StatementFault:
    """Return an entry whose amount, direction and date can be read, or what is wrong with it."""
    written = child(element, "Amt")
    given = text_of(written)
    amount = minor_units(given)
    if amount is None:
        return _fault(number, NO_AMOUNT.filled(given=given[:40]), element)
    its_currency = written.get("Ccy", currency) if written is not None else currency
    if currency and its_currency != currency:
        return _fault(number, OTHER_CURRENCY.filled(given=its_currency[:40], currency=currency), element)
    sign = _SIGNS.get(text_of(element, "CdtDbtInd"))
    if sign is None:
        return _fault(number, NO_DIRECTION, element)
    booked_on = date_in(element, "BookgDt") or date_in(element, "ValDt")
    if booked_on is None:
        return _fault(number, NO_DATE, element)
    return Entry(number, currency or its_currency, element, Oere(amount * sign), booked_on, sign)


def _fault(number: int, message: Text, element: _Element) -> StatementFault:
    told = [text_of(element, name) for name in ("NtryRef", "AcctSvcrRef", "AddtlNtryInf")]
    return StatementFault(number, message, raw=" · ".join(text for text in told if text))


def _joined(detail: _Parts, own: _Parts) -> _Parts:
    return _Parts(
        reference=detail.reference,
        end_to_end_id=detail.end_to_end_id,
        batch_id=detail.batch_id or own.batch_id,
        texts=(*detail.texts, *own.texts),
        counterparty=detail.counterparty,
        return_reason=detail.return_reason,
    )


def _given(reference: str) -> str | None:
    return None if reference.upper() in _NOT_GIVEN else reference
