"""Small transfers for tests: asked for, approved, run as a file, and answered by a made-up bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.payouts.service import QUEUE
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.purchases.payees import CITIZENS_NEMKONTO
from raaderum.purchases.service import approve_purchase
from raaderum.transfers.asking import TransferWanted, request_own_transfer, request_transfer
from raaderum.transfers.rules import Activity
from raaderum.transfers.runs import start_run
from raaderum.transfers.status_files import take_in_status_file
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from raaderum.purchases.payees import TransferPayee
    from raaderum.purchases.tables import Purchase
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality
    from raaderum.transfers.status_files import StatusFileRead
    from raaderum.transfers.tables import PaymentRun

KRONER = 100


@dataclass(frozen=True)
class Transfers:
    """Acts on small transfers of one municipality, each in a transaction of its own."""

    municipality: Municipality
    files: Path

    def asked(self, case: Case, kroner: int = 250, *, payee: TransferPayee = CITIZENS_NEMKONTO) -> UUID:
        """Have the support person ask; return the purchase's id."""
        wanted = TransferWanted(case.plan_item_ids[0], "Buskort", Oere(kroner * KRONER), payee)
        with self.municipality.at_work(), unit_of_work() as session:
            return request_transfer(
                session, case.enrolment_id, wanted, by=self.municipality.support_person
            ).id

    def asked_by_the_citizen(
        self, case: Case, kroner: int = 100, *, activity: str = "biograf", on: date | None = None
    ) -> Purchase:
        """Have the citizen ask in their own lane; return the purchase, loaded and detached."""
        wanted = TransferWanted(
            case.plan_item_ids[0],
            "I biografen",
            Oere(kroner * KRONER),
            activity=Activity(activity, on or clock.today()),
        )
        with self.municipality.at_work(), unit_of_work() as session:
            purchase = request_own_transfer(session, case.enrolment_id, wanted, by=case.citizen)
            session.flush()
            session.refresh(purchase)
            session.expunge(purchase)
            return purchase

    def approved(self, case: Case, kroner: int = 250, **asked: Any) -> UUID:  # noqa: ANN401 - as `asked` takes it
        """Have a transfer asked for and approved; return the purchase's id."""
        purchase_id = self.asked(case, kroner, **asked)
        with self.municipality.at_work(), unit_of_work() as session:
            approve_purchase(session, purchase_id, by=self.municipality.coordinator)
        return purchase_id

    def started(self, case: Case) -> PaymentRun:
        """Start a run of the case's programme."""
        with self.municipality.at_work(), unit_of_work() as session:
            return start_run(session, case.programme, by=self.municipality.finance_officer)

    def work(self) -> None:
        """Let the worker do what is due."""
        with self.municipality.at_work():
            do_due_work(QUEUE)

    def sent_files(self) -> list[Path]:
        """Return the payment files that the bank would take, oldest first."""
        folder = self.files / self.municipality.tenant.slug / "small_transfers/sandbox/outgoing"
        return sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)

    def bank_says(self, run: PaymentRun, status: str, *codes: str, reason: str = "") -> StatusFileRead:
        """Take in a status file about a sent run: about some of its payments, or the whole file."""
        content = bank_answer(str(run.provider_reference), status, *codes, reason=reason)
        with self.municipality.at_work(), unit_of_work() as session:
            return take_in_status_file(session, content, by=self.municipality.finance_officer)


def bank_answer(message_id: str, status: str, *codes: str, reason: str = "") -> bytes:
    """Write a status report as a bank would, about the whole file where no codes are given."""
    because = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    payments = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{escape(code)}</OrgnlEndToEndId>"
        f"<TxSts>{status}</TxSts>{because}</TxInfAndSts>"
        for code in codes
    )
    of_group = "" if codes else f"<GrpSts>{status}</GrpSts>{because}"
    of_each = f"<OrgnlPmtInfAndSts>{payments}</OrgnlPmtInfAndSts>" if codes else ""
    return (
        '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03">'
        f"<CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>{message_id}</OrgnlMsgId>{of_group}"
        f"</OrgnlGrpInfAndSts>{of_each}</CstmrPmtStsRpt></Document>"
    ).encode()
