"""A case in which there is one of everything that a path of the API or the portal can name."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from raaderum.cards.tables import Card, CardAccount, CardItem, CardPayment
from raaderum.casework.note_rules import NoteAudience
from raaderum.casework.notes import write_note
from raaderum.casework.tasks import write_task
from raaderum.courses.rules import SessionDraft
from raaderum.courses.service import join_course, opened_course, plan_course
from raaderum.enrolments.selections import announce_draw
from raaderum.enrolments.service import refer
from raaderum.enrolments.support import appoint_substitute, wish_other_support_person
from raaderum.goals.releases import release_words
from raaderum.goals.rules import StrategyKind
from raaderum.goals.strategy import add_strategy_line
from raaderum.goals.wishes import add_wish
from raaderum.guidelines.rules import Decision, DoubtCase
from raaderum.guidelines.service import write_precedent
from raaderum.interviews.rules import InterviewKind
from raaderum.interviews.service import hold_interview
from raaderum.interviews.summaries import write_summary
from raaderum.invoices.answering import responses_to
from raaderum.invoices.service import approve_invoice, take_in
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.ledger.rules import CARD_ACCOUNTS
from raaderum.ledger.service import open_accounts
from raaderum.payouts.claims import make_claim
from raaderum.payouts.rules import AttemptState, idempotency_key
from raaderum.payouts.service import QUEUE as MONEY
from raaderum.payouts.service import attempts_of, locked_payout
from raaderum.payouts.settling import TOLD_BY_BANK, settle_attempt
from raaderum.payouts.tables import PayoutAttempt, PayoutContradiction
from raaderum.people.roles import Role
from raaderum.people.service import register_citizen
from raaderum.persistence.database import insert
from raaderum.persistence.outbox import OutboxWork
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.evidence import attach_evidence
from raaderum.plans.rules import SpendingCategory
from raaderum.plans.service import draft_plan, items_of
from raaderum.plugin_api import Completed
from raaderum.programmes.installed import programme_in_force, programmes
from raaderum.programmes.selections import Arm
from raaderum.purchases.tables import PurchaseControl
from raaderum.receipts.opening import PaidForSomething, open_due
from raaderum.receipts.rules import PaidBy
from raaderum.receipts.sending import send_receipt
from raaderum.reconciliation.matching import match_lines
from raaderum.reconciliation.proof import prove
from raaderum.reconciliation.reading import work_queue
from raaderum.reconciliation.taking_in import take_in_statement
from raaderum.refunds.rules import RefundKind, RefundState
from raaderum.refunds.tables import Refund
from raaderum.tenancy.context import current_tenant_id
from raaderum.testing.cases import (
    GRANT,
    PRICE,
    SUPPLIER,
    SUPPLIER_CVR,
    approved_purchase,
    case_with_grant,
    licence_item,
    made_up_cpr,
)
from raaderum.testing.municipality import hire
from raaderum.testing.receipt_cases import paper
from raaderum.testing.sample_invoices import peppol_invoice
from raaderum.testing.sample_statements import SampleEntry, SampleStatement, statement_file
from raaderum.transfers.run_rules import RunState
from raaderum.transfers.tables import PaymentRun

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

_NOT_THE_CITIZENS: Final = frozenset(
    {"tenant", "staff_id", "course_id", "session_id", "draw_id", "precedent_id", "task_id", "work_id"}
    | {"bank_line_id", "statement_file_id", "proof_id", "run_id"}
)
_WORDS: Final = frozenset({"programme", "kind", "moment", "respondent", "guideline"})
"""What a path can name that is the same in every municipality."""


@dataclass(frozen=True, slots=True)
class WholeCase:
    """The ids and names of everything, by what a path calls them."""

    citizen_id: UUID
    ids: dict[str, str]

    @property
    def of_the_citizen(self) -> frozenset[str]:
        """The names of what belongs to this one citizen's case; the rest belongs to the municipality."""
        return self.identified - _NOT_THE_CITIZENS

    @property
    def identified(self) -> frozenset[str]:
        """The names of what has an id."""
        return frozenset(self.ids) - _WORDS


def whole_case(municipality: Municipality) -> WholeCase:
    """Bring a new citizen to an active enrolment with one of everything."""
    case = case_with_grant(municipality)
    made = {
        "citizen_id": case.citizen_id,
        "enrolment_id": case.enrolment_id,
        "sub_goal_id": case.sub_goal_id,
        "plan_item_id": case.plan_item_ids[0],
        "support_person_id": municipality.support_person.person_id,
        "programme": case.programme,
        "kind": InterviewKind.BEFORE.value,
        "moment": "end",
        "respondent": "citizen",
        "guideline": "debt",
        **_words(case),
        **_plan(case),
        **_money(case),
        **_card(case),
        **_people(case),
        **_town(case),
        "run_id": _done(case, _sent_run, case.programme),
    }
    made["subject_id"] = made["payout_id"]
    return WholeCase(case.citizen_id, {name: str(value) for name, value in made.items()})


def _words(case: Case) -> dict[str, Any]:
    citizen, enrolment_id = case.citizen, case.enrolment_id
    return {
        "wish_id": _done(case, add_wish, enrolment_id, words="En guitar", by=citizen).id,
        "line_id": _done(
            case, add_strategy_line, enrolment_id, kind=StrategyKind.STOP, words="Ryge", by=citizen
        ).id,
        "release_id": _done(case, release_words, enrolment_id, recipient="Jobcentret", by=citizen).id,
    }


def _plan(case: Case) -> dict[str, Any]:
    by = case.municipality.support_person
    items = [licence_item(case, GRANT)]
    plan = _done(case, draft_plan, case.enrolment_id, motivation="Mere.", items=items, by=by)
    item = _done(case, items_of, plan.id)[0]
    offer = {"content": b"%PDF-1.4 et tilbud", "file_name": "tilbud.pdf", "by": by}
    return {"plan_id": plan.id, "evidence_id": _done(case, attach_evidence, item.id, **offer).id}


def _money(case: Case) -> dict[str, Any]:
    purchase, by = approved_purchase(case), case.municipality.finance_officer
    content = peppol_invoice(
        number=purchase.code,
        order_reference=purchase.code,
        supplier_name=SUPPLIER,
        supplier_cvr=SUPPLIER_CVR,
        amount_with_vat=PRICE,
    )
    invoice = _done(case, take_in, content, file_name="faktura.xml", by=by)
    payout_id = _done(case, approve_invoice, invoice.id, by=by).payout_id
    _done(case, _drawn_for_control, purchase.id)
    return {
        "purchase_id": purchase.id,
        "invoice_id": invoice.id,
        "response_id": _done(case, responses_to, invoice.id, by=by)[0].id,
        "payout_id": payout_id,
        "contradiction_id": _done(case, _contradicted, payout_id),
        "claim_id": _done(case, _claimed, payout_id, by),
        "refund_id": _done(case, _unbooked, payout_id),
        "work_id": _done(case, _parked),
        **_bank(case, by),
        **_receipt(case, payout_id),
    }


def _receipt(case: Case, payout_id: UUID) -> dict[str, Any]:
    """Have a payment lack a receipt, and a receipt lack its payment."""
    payment = PaidForSomething(
        enrolment_id=case.enrolment_id,
        paid_by=PaidBy.TRANSFER,
        payout_id=payout_id,
        card_payment_id=None,
        amount=PRICE,
        paid_on=clock.today(),
        what="Kørekort",
        activity_on=clock.today(),
    )
    sent = {"content": paper(), "file_name": "bon.pdf", "by": case.citizen}
    return {
        "receipt_due_id": _done(case, open_due, payment).id,
        "receipt_id": _done(case, send_receipt, case.enrolment_id, **sent).id,
    }


def _bank(case: Case, by: Actor) -> dict[str, Any]:
    """Take a statement in, with a line that fits nothing, and prove the books."""
    amount = int(new_id().hex[-6:], 16) + 1
    content = statement_file(SampleStatement([SampleEntry(-amount, str(case.enrolment_id), text="Gebyr")]))
    file_id = _done(case, take_in_statement, io.BytesIO(content), file_name="bank.xml", by=by).id
    with case.municipality.at_work():
        match_lines(file_id)
    today = clock.today()
    return {
        "statement_file_id": file_id,
        "bank_line_id": _done(case, work_queue, None, most=1, by=by)[0].row.id,
        "proof_id": _done(case, prove, first_day=today, last_day=today, by=by).id,
    }


def _card(case: Case) -> dict[str, Any]:
    """Make a card as if its issuer had answered; what follows needs no issuer."""
    made: dict[str, Any] = _done(case, _card_with_a_payment, case)
    return made


def _card_with_a_payment(session: Session, case: Case) -> dict[str, Any]:
    by, owner = case.municipality.coordinator.person_id, case.enrolment_id
    assert by is not None  # noqa: S101 - members of staff are people
    open_accounts(session, owner, CARD_ACCOUNTS)
    rules: dict[str, Any] = {"blocked_categories": [], "allowed_categories": [], "merchant_words": []}
    insert(session, CardAccount(id=owner, issuer="made_up", **rules))
    issued = {"issuer": "made_up", "form": "virtual", "state": "active"}
    card = Card(id=new_id(), enrolment_id=owner, ordered_by=by, **issued)
    insert(session, card)
    item = CardItem(
        id=new_id(),
        enrolment_id=owner,
        plan_item_id=case.plan_item_ids[0],
        amount=100_00,
        allowed_categories=[],
        merchant_words=[],
        marked_by=by,
    )
    insert(session, item)
    payment = CardPayment(
        id=new_id(),
        enrolment_id=owner,
        card_id=card.id,
        issuer="made_up",
        reference=f"made-up:{card.id}",
        merchant_name="Bageren",
        merchant_category="5462",
        merchant_city="",
        asked=50_00,
        reason="not_enough_money",
        state="declined",
        first_at=clock.now(),
        last_at=clock.now(),
    )
    insert(session, payment)
    return {"card_id": card.id, "card_item_id": item.id, "card_payment_id": payment.id}


def _contradicted(session: Session, payout_id: UUID) -> UUID:
    """Have an attempt that was refused, and a word that it was paid after all."""
    key = idempotency_key(payout_id, 1)
    attempt = PayoutAttempt(
        id=new_id(), payout_id=payout_id, number=1, idempotency_key=key, state=AttemptState.REFUSED
    )
    insert(session, attempt)
    settle_attempt(session, key, Completed("BANK-1"), told_by=TOLD_BY_BANK)
    session.flush()
    told = select(PayoutContradiction.id).where(PayoutContradiction.payout_id == payout_id)
    return session.scalars(told).one()


def _unbooked(session: Session, payout_id: UUID) -> UUID:
    """Have a credit note that the accounting system has not confirmed."""
    payout = locked_payout(session, payout_id)
    refund = Refund(
        id=new_id(),
        enrolment_id=payout.enrolment_id,
        payout_id=payout.id,
        kind=RefundKind.CREDIT_NOTE,
        amount=1_00,
        credit_note_number="K-1",
        state=RefundState.APPROVED,
        requested_by=payout.requested_by,
        approved_by=payout.approved_by,
    )
    insert(session, refund)
    return refund.id


def _claimed(session: Session, payout_id: UUID, by: Actor) -> UUID:
    """Have a payment that is to be got back."""
    payout, [attempt] = locked_payout(session, payout_id), attempts_of(session, payout_id)
    return make_claim(session, payout, attempt.id, reference="BANK-1", by=by).id


def _parked(session: Session) -> UUID:
    work = OutboxWork(
        id=new_id(),
        queue=MONEY,
        kind="made.up",
        subject_id=new_id(),
        parked_at=clock.now(),
        parked_because="nobody does it",
    )
    insert(session, work)
    return work.id


def _sent_run(session: Session, programme: str) -> UUID:
    run = PaymentRun(
        id=new_id(),
        programme=programme,
        provider="small_transfers",
        state=RunState.SENT,
        count=1,
        total=PRICE,
        pay_on=clock.today(),
        started_by=new_id(),
    )
    insert(session, run)
    return run.id


def _drawn_for_control(session: Session, purchase_id: UUID) -> None:
    """Draw a purchase by hand: which ones are drawn otherwise is chance."""
    control = PurchaseControl(id=new_id(), tenant_id=current_tenant_id(), purchase_id=purchase_id)
    insert(session, control)


def _people(case: Case) -> dict[str, Any]:
    town, today = case.municipality, clock.today()
    with town.at_work():
        substitute, colleague = hire("Viggo Vikar", Role.SUPPORT_PERSON), hire("Nils Ny", Role.COORDINATOR)
    standing_in = {"begins_on": today, "ends_on": today + timedelta(days=7), "handover": ""}
    held = {"kind": InterviewKind.BEFORE, "held_on": today}
    relation = _done(
        case,
        appoint_substitute,
        case.enrolment_id,
        staff_id=substitute.person_id,
        **standing_in,
        by=town.coordinator,
    )
    note = {"text": "Ringet.", "audience": NoteAudience.SUPPORT_PERSON_TOO, "by": town.support_person}
    task = {"title": "Ring igen", "due_on": today, "by": town.support_person}
    interview = _done(case, hold_interview, case.enrolment_id, **held, by=town.coordinator)
    told = {"words": "Vi talte om et hjem.", "by": town.coordinator}
    _done(case, write_summary, case.enrolment_id, interview.id, **told)
    _done(case, wish_other_support_person, case.enrolment_id, by=case.citizen)
    return {
        "relation_id": relation.id,
        "substitute_id": relation.id,
        "staff_id": colleague.person_id,
        "interview_id": interview.id,
        "note_id": _done(case, write_note, case.enrolment_id, **note).id,
        "task_id": _done(
            case,
            write_task,
            enrolment_id=case.enrolment_id,
            assigned_to=town.support_person.person_id,
            **task,
        ).id,
    }


def _town(case: Case) -> dict[str, Any]:
    """Make what is no citizen's; a draw where one of the municipality's programmes draws."""
    municipality, by, today = case.municipality, case.municipality.coordinator, clock.today()
    with municipality.at_work(), unit_of_work() as session:
        programme = programmes().of_tenant(municipality.tenant.slug)[-1].slug
        drafts = [SessionDraft("Formøde", today)]
        course = plan_course(session, programme=programme, title="Drømmekursus", sessions=drafts, by=by)
        join_course(session, course.id, enrolment_id=case.enrolment_id, by=by)
        session_id = opened_course(session, course.id, by=by).sessions[0].id
        precedent = write_precedent(session, _doubt(str(course.id)), by=by)
        made = {"course_id": course.id, "session_id": session_id, "precedent_id": precedent.id}
    return made | _draw(municipality)


def _draw(municipality: Municipality) -> dict[str, Any]:
    by, own = municipality.coordinator, programmes().of_tenant(municipality.tenant.slug)
    with municipality.at_work(), unit_of_work() as session:
        drawing = [one.slug for one in own if programme_in_force(one.slug, on=clock.today()).selections]
        if not drawing:
            return {}
        citizen = register_citizen(session, name="Lone Ledig", cpr=made_up_cpr(age=44), by=by)
        person_id = municipality.support_person.person_id
        assert person_id is not None  # noqa: S101 - members of staff are people
        refer(session, citizen_id=citizen.id, programme=drawing[0], support_person_id=person_id, by=by)
        return {"draw_id": announce_draw(session, drawing[0], places=1, arm=Arm.INDIVIDUAL, by=by).draw.id}


def _doubt(about: str) -> DoubtCase:
    return DoubtCase(
        question=f"Må pengene gå til en campingvogn ({about[-6:]})?",
        circumstances="En borger uden bolig.",
        guideline="",
        category=SpendingCategory.HOUSING,
        decision=Decision.APPROVED,
        reason="Det er et sted at bo.",
        quarter="2026-Q4",
    )


def _done(case: Case, act: Callable[..., Any], *arguments: object, **named: object) -> Any:  # noqa: ANN401 - any act
    with case.municipality.at_work(), unit_of_work() as session:
        return act(session, *arguments, **named)
