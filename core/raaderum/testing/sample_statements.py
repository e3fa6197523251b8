"""Bank statements as a Danish bank could send them, small or as large as one likes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ACCOUNT: Final = "DK5000400440116243"
"""The example of the IBAN registry for Denmark."""
_MESSAGES: Final = {"053": ("BkToCstmrStmt", "Stmt"), "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}


@dataclass(frozen=True, slots=True)
class SampleDetail:
    """One payment of a booking; `amount` in øre with its sign, None where the bank leaves it out."""

    amount: int | None = None
    end_to_end_id: str = "NOTPROVIDED"
    text: str = ""
    batch_id: str = ""
    counterparty: str = ""
    return_reason: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """One booking: `amount` in øre, below 0 for money that went out."""

    amount: int
    reference: str = ""
    details: tuple[SampleDetail, ...] = ()
    text: str = ""
    booked_on: date = date(2026, 3, 2)
    is_reversal: bool = False
    status: str = "BOOK"
    currency: str = "DKK"
    batch_id: str = ""


@dataclass(frozen=True, slots=True)
class SampleStatement:
    """One statement; `closing` None adds the entries to `opening`, and `opening` None has no balances."""

    entries: Iterable[SampleEntry] = ()
    account: str = ACCOUNT
    currency: str = "DKK"
    opening: int | None = 1_000_000_00
    closing: int | None = None
    number: int = 1
    until: date = date(2026, 3, 2)


def statement_file(*statements: SampleStatement, kind: str = "053", version: str = "02") -> bytes:
    """Return a file that holds the statements (`kind` 053) or advices (054) in one version of the message."""
    return b"".join(statement_pieces(*statements, kind=kind, version=version))


def statement_pieces(*statements: SampleStatement, kind: str = "053", version: str = "02") -> Iterator[bytes]:
    """Yield such a file piece by piece, for one that is too large to be held."""
    message, name = _MESSAGES[kind]
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}"><{message}>'
        "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-02T06:00:00+01:00</CreDtTm></GrpHdr>"
    ).encode()
    for statement in statements:
        yield from _statement(statement, name, version)
    yield f"</{message}></Document>\n".encode()


def _statement(statement: SampleStatement, name: str, version: str) -> Iterator[bytes]:
    balances = ""
    if statement.opening is not None:
        closing = statement.closing
        if closing is None:
            closing = statement.opening + sum(entry.amount for entry in statement.entries)
        balances = _balance("OPBD", statement.opening, statement) + _balance("CLBD", closing, statement)
    yield (
        f"<{name}><Id>S{statement.number}</Id><ElctrncSeqNb>{statement.number}</ElctrncSeqNb>"
        f"<CreDtTm>{statement.until}T06:00:00+01:00</CreDtTm>"
        f"<Acct><Id><IBAN>{statement.account}</IBAN></Id><Ccy>{statement.currency}</Ccy></Acct>{balances}\n"
    ).encode()
    for entry in statement.entries:
        yield _entry(entry, version).encode()
    yield f"</{name}>".encode()


def _balance(kind: str, amount: int, statement: SampleStatement) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{_amount(amount, statement.currency)}"
        f"<CdtDbtInd>{_direction(amount)}</CdtDbtInd><Dt><Dt>{statement.until}</Dt></Dt></Bal>"
    )


def _entry(entry: SampleEntry, version: str) -> str:
    is_old = version < "04"
    status = entry.status if is_old else f"<Cd>{entry.status}</Cd>"
    batch = f"<Btch><PmtInfId>{escape(entry.batch_id)}</PmtInfId></Btch>" if entry.batch_id else ""
    details = "".join(_detail(one, entry, version) for one in entry.details)
    inner = f"<NtryDtls>{batch}{details}</NtryDtls>" if batch or details else ""
    return (
        f"<Ntry>{_amount(entry.amount, entry.currency)}<CdtDbtInd>{_direction(entry.amount)}</CdtDbtInd>"
        f"{'<RvslInd>true</RvslInd>' if entry.is_reversal else ''}<Sts>{status}</Sts>"
        f"<BookgDt><Dt>{entry.booked_on}</Dt></BookgDt><ValDt><Dt>{entry.booked_on}</Dt></ValDt>"
        f"{_given('AcctSvcrRef', entry.reference)}"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"{inner}{_given('AddtlNtryInf', entry.text)}</Ntry>\n"
    )


def _detail(detail: SampleDetail, entry: SampleEntry, version: str) -> str:
    is_old = version < "03"
    amount = ""
    if detail.amount is not None:
        amount = _amount(detail.amount, entry.currency)
        direction = f"<CdtDbtInd>{_direction(detail.amount)}</CdtDbtInd>"
        amount = f"<AmtDtls><TxAmt>{amount}</TxAmt></AmtDtls>" if is_old else amount + direction
    party = "Cdtr" if entry.amount < 0 else "Dbtr"
    name = _given("Nm", detail.counterparty)
    name = name if version < "08" or not name else f"<Pty>{name}</Pty>"
    reason = f"<RtrInf><Rsn><Cd>{detail.return_reason}</Cd></Rsn></RtrInf>" if detail.return_reason else ""
    return (
        f"<TxDtls><Refs>{_given('AcctSvcrRef', detail.reference)}{_given('PmtInfId', detail.batch_id)}"
        f"{_given('EndToEndId', detail.end_to_end_id)}</Refs>{amount}"
        f"{f'<RltdPties><{party}>{name}</{party}></RltdPties>' if name else ''}"
        f"{f'<RmtInf><Ustrd>{escape(detail.text)}</Ustrd></RmtInf>' if detail.text else ''}{reason}</TxDtls>"
    )


def _amount(amount: int, currency: str) -> str:
    kroner, oere = divmod(abs(amount), 100)
    return f'<Amt Ccy="{currency}">{kroner}.{oere:02d}</Amt>'


def _direction(amount: int) -> str:
    return "DBIT" if amount < 0 else "CRDT"


def _given(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""
