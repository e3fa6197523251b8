"""Small transfers of a made-up citizen: asked for, run as one file, answered by the bank, accounted for."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw
from sqlalchemy import select

from raaderum.audit.actor import Actor
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere, format_kroner
from raaderum.payouts.tables import Payout
from raaderum.people.roles import ROLE_NAMES, Role
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.service import items_of
from raaderum.programmes.installed import rules_of
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.service import approve_purchase
from raaderum.receipts.dues import open_receipt_dues
from raaderum.receipts.rules import ActivityAnswer
from raaderum.receipts.sending import send_receipt_for
from raaderum.receipts.stating import confirm_activity
from raaderum.receipts.tables import ReceiptDue
from raaderum.reconciliation.proof import prove_tonight
from raaderum.reconciliation.rules import LineOutcome
from raaderum.reconciliation.tables import StatementLine
from raaderum.reconciliation.taking_in import take_in_statement
from raaderum.tenancy.context import current_tenant_id
from raaderum.testing.sample_statements import SampleDetail, SampleEntry, SampleStatement, statement_file
from raaderum.testing.small_transfers import bank_answer
from raaderum.transfers.asking import TransferWanted, request_own_transfer, request_transfer
from raaderum.transfers.rules import Activity
from raaderum.transfers.run_rules import RunState
from raaderum.transfers.runs import start_run
from raaderum.transfers.status_files import take_in_status_file
from raaderum.transfers.tables import PaymentRun

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.demo.course import Course, Town
    from raaderum.demo.workers import Work
    from raaderum.programmes.small_transfers import SmallTransfers
    from raaderum.reconciliation.tables import ProofRun

OUTING: Final = Oere(150_00)
_FINANCE: Final = ROLE_NAMES[Role.FINANCE_OFFICER].danish
_CITIZEN: Final = ROLE_NAMES[Role.CITIZEN].danish


@dataclass(frozen=True, slots=True)
class Errand:
    """Something small that the citizen buys, and is paid back for."""

    what: str
    amount: Oere
    shop: str


def small_transfers_of(course: Course) -> SmallTransfers | None:
    """Return what the citizen's programme says about small transfers, None where it has none."""
    with reading() as session:
        enrolment = session.get_one(Enrolment, (current_tenant_id(), course.enrolment_id))
    return rules_of(enrolment.programme, enrolment.rules_from).small_transfers


def ask_for_transfer(course: Course, errand: Errand, *, approved: bool = True) -> None:
    """Have the support person ask for money to the citizen's account, and the coordinator approve it."""
    with unit_of_work() as session:
        wanted = TransferWanted(_item_id(session, course), errand.what, errand.amount)
        purchase = request_transfer(session, course.enrolment_id, wanted, by=course.support_person)
    who = ROLE_NAMES[Role.SUPPORT_PERSON].danish
    course.tell(who, f"beder om {format_kroner(errand.amount)} til borgerens NemKonto: {errand.what}")
    if approved:
        with unit_of_work() as session:
            approve_purchase(session, purchase.id, by=course.town.anybody(Role.COORDINATOR))
        course.tell(ROLE_NAMES[Role.COORDINATOR].danish, "godkender overførslen")


def ask_for_pocket_money(course: Course, activity: str) -> Oere:
    """Have the citizen ask in their own lane, which approves by its rule; return the øre."""
    citizen = Actor(course.citizen_id, Role.CITIZEN)
    with unit_of_work() as session:
        planned = Activity(activity, clock.today())
        wanted = TransferWanted(_item_id(session, course), "Ud sammen med børnene", OUTING, activity=planned)
        purchase = request_own_transfer(session, course.enrolment_id, wanted, by=citizen)
        state = purchase.state
    outcome = "godkendt efter reglen" if state == PurchaseState.APPROVED else "venter på en medarbejder"
    course.tell(_CITIZEN, f"beder om {format_kroner(OUTING)} i lommepenge ({activity}) – {outcome}")
    return OUTING


def run_transfers(town: Town, course: Course, work: Work) -> UUID:
    """Pay what is approved in one run, and let the bank's answer settle it; return the run's id."""
    finance_officer = town.anybody(Role.FINANCE_OFFICER)
    tell = course.tell
    with unit_of_work() as session:
        run = start_run(session, course.character.programme, by=finance_officer)
        run_id = run.id
    tell(_FINANCE, f"starter en kørsel, overførsler: {run.count}, i alt {format_kroner(Oere(run.total))}")
    work(lambda session: _run(session, run_id).provider_reference is not None)
    with reading() as session:
        message = str(_run(session, run_id).provider_reference)
    tell("arbejderen", f"lægger betalingsfilen {message} klar til banken")
    with unit_of_work() as session:
        answer = take_in_status_file(session, bank_answer(message, "ACSC"), by=finance_officer)
    tell("banken", f"svarer i en statusfil, udført: {answer.settled}")
    work(lambda session: _run(session, run_id).state == RunState.SENT)
    open_receipt_dues()
    return run_id


def account_for(course: Course, errand: Errand) -> None:
    """Have the citizen say that the outing took place, and send a photo of each receipt that is due."""
    citizen = Actor(course.citizen_id, Role.CITIZEN)
    with reading() as session:
        of_case = select(ReceiptDue).where(
            ReceiptDue.enrolment_id == course.enrolment_id, ReceiptDue.payout_id.is_not(None)
        )
        dues = [(row.id, row.is_activity) for row in session.scalars(of_case)]
    for due_id, is_activity in dues:
        with unit_of_work() as session:
            if is_activity:
                confirm_activity(session, due_id, answer=ActivityAnswer.YES, by=citizen)
            else:
                photo = receipt_photo(errand)
                send_receipt_for(session, due_id, content=photo, file_name="kvittering.jpg", by=citizen)
        course.tell(
            _CITIZEN, "bekræfter, at turen blev til noget" if is_activity else "sender et foto af bonen"
        )


def take_in_the_banks_statement(town: Town, course: Course, run_id: UUID, work: Work) -> ProofRun:
    """Take in the day's statement with the run's payments, and prove the books by it."""
    finance_officer = town.anybody(Role.FINANCE_OFFICER)
    with reading() as session:
        payouts = session.scalars(select(Payout).where(Payout.enrolment_id == course.enrolment_id)).all()
        of_run = [one for one in payouts if one.provider == _run(session, run_id).provider]
    today = clock.today()
    entries = [_booked(one) for one in of_run]
    content = statement_file(SampleStatement(entries=entries, until=today))
    with unit_of_work() as session:
        name = f"kontoudtog-{today}.xml"
        file_id = take_in_statement(session, BytesIO(content), file_name=name, by=finance_officer).id
    work(lambda session: set(_outcomes(session, file_id)) == {LineOutcome.MATCHED})
    course.tell(_FINANCE, f"tager bankens kontoudtog ind, linjer: {len(entries)}, alle fundet")
    proof = prove_tonight()
    outcome = "alt passer" if proof.holds else "noget passer ikke"
    course.tell("natten", f"beviser regnskabet mod betalingsveje og bank: {outcome}")
    return proof


def receipt_photo(errand: Errand) -> bytes:
    """Return a photo of the till receipt."""
    picture = Image.new("RGB", (640, 900), (196, 187, 172))
    draw = ImageDraw.Draw(picture)
    draw.polygon([(90, 50), (560, 40), (575, 850), (80, 860)], fill=(250, 249, 245))
    lines = (errand.shop.upper(), "Nygade 4", "", f"{clock.today():%d.%m.%Y}", "", errand.what)
    for number, line in enumerate(
        (*lines, "", f"I ALT  {format_kroner(errand.amount)}", "", "TAK FOR BESØGET")
    ):
        draw.text((150, 110 + number * 62), line, fill=(40, 40, 44), font_size=38)
    written = BytesIO()
    picture.save(written, format="JPEG", quality=80)
    return written.getvalue()


def _booked(payout: Payout) -> SampleEntry:
    detail = SampleDetail(end_to_end_id=payout.code, text=payout.code)
    return SampleEntry(
        -payout.amount, reference=f"BANK-{payout.code}", details=(detail,), booked_on=clock.today()
    )


def _outcomes(session: Session, file_id: UUID) -> Sequence[str]:
    return session.scalars(select(StatementLine.outcome).where(StatementLine.file_id == file_id)).all()


def _run(session: Session, run_id: UUID) -> PaymentRun:
    return session.get_one(PaymentRun, (current_tenant_id(), run_id))


def _item_id(session: Session, course: Course) -> UUID:
    assert course.plan_id is not None  # noqa: S101 - it was approved before
    return items_of(session, course.plan_id)[-1].id
