"""The payment file (ISO 20022 `pain.001`, customer credit transfer initiation), written as it goes.

A template of text, because that is what keeps a hundred thousand payments in constant memory;
the tests hold every file against the published schema.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import checked_account
from raaderum_small_transfers.characters import written
from raaderum_small_transfers.debtor import FileVersion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from raaderum.plugin_api import BankAccount, KeyedOrder, Payee
    from raaderum_small_transfers.debtor import Debtor

_OERE: Final = 100
_ID_BYTES: Final = 16
_END: Final = "</PmtInf></CstmrCdtTrfInitn></Document>\n"


@dataclass(frozen=True, slots=True)
class FileHead:
    """What stands once in a file: its id, when it was made, when it is to be paid, its control sums."""

    message_id: str
    made_at: datetime
    execute_on: date
    count: int
    total: int


def message_id(batch_key: str) -> str:
    """Return the id of the file of a batch: always the same for its key, at most 35 characters."""
    return f"RD{_short(batch_key).upper()}"


def instruction_id(idempotency_key: str) -> str:
    """Return the id of one payment: always the same for its key, at most 35 characters."""
    return _short(idempotency_key)


def lines_of(head: FileHead, debtor: Debtor, orders: Iterable[KeyedOrder]) -> Iterator[str]:
    """Go through the file's lines: the head, one line a payment, the end."""
    yield _start(head, debtor)
    for one in orders:
        yield _payment(one, debtor)
    yield _END


def payment_info_id(message: str) -> str:
    """Return the id of a file's one group of payments."""
    return f"{message}1"


def _start(head: FileHead, debtor: Debtor) -> str:
    is_nine = debtor.version is FileVersion.NINE
    day = f"<Dt>{head.execute_on}</Dt>" if is_nine else f"{head.execute_on}"
    bic = f"<BICFI>{debtor.bic}</BICFI>" if is_nine else f"<BIC>{debtor.bic}</BIC>"
    sums = f"<NbOfTxs>{head.count}</NbOfTxs><CtrlSum>{_kroner(head.total)}</CtrlSum>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{debtor.version}"><CstmrCdtTrfInitn>\n'
        f"<GrpHdr><MsgId>{head.message_id}</MsgId>"
        f"<CreDtTm>{head.made_at:%Y-%m-%dT%H:%M:%S}</CreDtTm>{sums}"
        f"<InitgPty><Nm>{debtor.name}</Nm>{_customer(debtor)}</InitgPty></GrpHdr>\n"
        f"<PmtInf><PmtInfId>{payment_info_id(head.message_id)}</PmtInfId><PmtMtd>TRF</PmtMtd>"
        f"<BtchBookg>false</BtchBookg>{sums}"
        f"<PmtTpInf><SvcLvl><Cd>{debtor.service_level}</Cd></SvcLvl>{_purpose(debtor)}</PmtTpInf>"
        f"<ReqdExctnDt>{day}</ReqdExctnDt>"
        f"<Dbtr><Nm>{debtor.name}</Nm><PstlAdr><Ctry>DK</Ctry></PstlAdr></Dbtr>"
        f"<DbtrAcct><Id><IBAN>{debtor.iban}</IBAN></Id><Ccy>DKK</Ccy></DbtrAcct>"
        f"<DbtrAgt><FinInstnId>{bic}</FinInstnId></DbtrAgt>"
        f"<ChrgBr>{debtor.charge_bearer}</ChrgBr>\n"
    )


def _customer(debtor: Debtor) -> str:
    if not debtor.customer_id:
        return ""
    return (
        f"<Id><OrgId><Othr><Id>{debtor.customer_id}</Id><SchmeNm><Cd>CUST</Cd></SchmeNm></Othr></OrgId></Id>"
    )


def _purpose(debtor: Debtor) -> str:
    return f"<CtgyPurp><Cd>{debtor.category_purpose}</Cd></CtgyPurp>" if debtor.category_purpose else ""


def _payment(one: KeyedOrder, debtor: Debtor) -> str:
    """What it is for stays with the municipality: the payee's statement shows the short code."""
    order = one.order
    text = f"{order.code} {debtor.statement_text}" if debtor.statement_text else order.code
    return (
        f"<CdtTrfTxInf><PmtId><InstrId>{instruction_id(one.idempotency_key)}</InstrId>"
        f"<EndToEndId>{order.code}</EndToEndId></PmtId>"
        f'<Amt><InstdAmt Ccy="DKK">{_kroner(order.amount)}</InstdAmt></Amt>'
        f"{_payee(order.payee)}<RmtInf><Ustrd>{text}</Ustrd></RmtInf></CdtTrfTxInf>\n"
    )


def _payee(payee: Payee) -> str:
    name = written(payee.name)
    if payee.account is None:
        return nemkonto_payee(name, str(payee.cpr))
    return f"<Cdtr><Nm>{name}</Nm></Cdtr><CdtrAcct><Id>{_account(payee.account)}</Id></CdtrAcct>"


def nemkonto_payee(name: str, cpr: str) -> str:
    """Return a citizen who is paid to their NemKonto: found by CPR number, without any account.

    Where the number stands is this plugin's reading of the standard (`SOSE`, a social security
    number). Danish banks agree on the place with each customer: hold it against the bank's own
    message implementation guide before the first real file, and change it here.
    """
    return (
        f"<Cdtr><Nm>{name}</Nm><Id><PrvtId><Othr><Id>{cpr}</Id>"
        f"<SchmeNm><Cd>SOSE</Cd></SchmeNm></Othr></PrvtId></Id></Cdtr>"
    )


def _account(account: BankAccount) -> str:
    checked = checked_account(
        registration_number=account.registration_number,
        account_number=account.account_number,
        iban=account.iban,
    )
    if checked.iban is not None:
        return f"<IBAN>{checked.iban}</IBAN>"
    number = f"{checked.registration_number}{checked.account_number}"
    return f"<Othr><Id>{number}</Id><SchmeNm><Cd>BBAN</Cd></SchmeNm></Othr>"


def _kroner(oere: int) -> str:
    return f"{oere // _OERE}.{oere % _OERE:02d}"


def _short(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=_ID_BYTES).hexdigest()
