"""Brings a made-up citizen through the course by the same acts that people do, each by the right person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from sqlalchemy import select

from raaderum.audit.actor import SYSTEM, Actor
from raaderum.demo.characters import STAFF, Character, Stage, Wish
from raaderum.enrolments.screenings import latest_screening
from raaderum.enrolments.service import offer, refer
from raaderum.goals.service import add_sub_goal, write_goal
from raaderum.invoices.rules import OUTCOME_NAMES, InvoiceOutcome
from raaderum.invoices.service import approve_invoice, match_by_hand, take_in
from raaderum.kernel import clock
from raaderum.kernel.money import format_kroner
from raaderum.people.roles import ROLE_NAMES, Role
from raaderum.people.service import register_citizen, register_staff
from raaderum.people.tables import Staff
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.rules import Colour, ItemDraft
from raaderum.plans.service import approve_plan, draft_plan, fund_pool, items_of, propose_plan
from raaderum.plugin_api import CriterionOutcome
from raaderum.programmes.installed import programmes
from raaderum.purchases.service import approve_purchase, request_purchase
from raaderum.tenancy.installed import current_tenant
from raaderum.testing.cases import accept_as_shown, made_up_cpr, prepare_offer
from raaderum.testing.sample_invoices import (
    oioubl_credit_note,
    oioubl_invoice,
    peppol_credit_note,
    peppol_invoice,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.purchases.tables import Purchase


class Narrator(Protocol):
    """Somebody to tell what happens."""

    def __call__(self, who: str, what: str, /) -> None:
        """Tell that `who` did `what`."""
        ...


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality's staff, by role."""

    staff: Mapping[Role, Sequence[Actor]]

    def anybody(self, role: Role, number: int = 0) -> Actor:
        """Return somebody in `role`; another one for another `number`, where there are several."""
        people = self.staff[role]
        return people[number % len(people)]


@dataclass(slots=True)
class Course:
    """One citizen's way so far: ids of what has been written for it."""

    town: Town
    character: Character
    support_person: Actor
    tell: Narrator
    citizen_id: UUID
    enrolment_id: UUID
    sub_goal_ids: list[UUID] = field(default_factory=list)
    plan_id: UUID | None = None
    purchases: list[Purchase] = field(default_factory=list)
    invoice_ids: list[UUID] = field(default_factory=list)


def found_town(slug: str, *, tell: Narrator) -> Town:
    """Hire the staff of the current tenant and set the year's money aside for each of its programmes.

    Who works there already is not hired twice, and the money of a year is set aside once.
    """
    staff: dict[Role, list[Actor]] = {}
    for name, role in STAFF[slug]:
        with unit_of_work() as session:
            email = name.lower().replace(" ", ".") + f"@{slug}.example"
            staff.setdefault(role, []).append(Actor(_hired(session, name, email, role), role))
    town = Town(staff)
    for version in {one.slug: one for one in programmes().of_tenant(slug)}.values():
        with unit_of_work() as session:
            fund_pool(
                session,
                version.slug,
                amount=version.appropriation_oere,
                by=town.anybody(Role.FINANCE_OFFICER),
                key=str(clock.today().year),
            )
        tell(
            _named(Role.FINANCE_OFFICER),
            f"afsætter {format_kroner(version.appropriation_oere)} til {version.name.danish}",
        )
    return town


def refer_character(town: Town, character: Character, *, number: int, tell: Narrator) -> Course:
    """Register the citizen and refer them to their programme."""
    coordinator, support_person = (
        town.anybody(role, number) for role in (Role.COORDINATOR, Role.SUPPORT_PERSON)
    )
    with unit_of_work() as session:
        cpr = made_up_cpr(age=character.age, serial=number * 7 + character.age)
        citizen = register_citizen(session, name=character.name, cpr=cpr, by=coordinator)
        enrolment = refer(
            session,
            citizen_id=citizen.id,
            programme=character.programme,
            support_person_id=_id(support_person),
            by=coordinator,
        )
    tell(_named(Role.COORDINATOR), f"indstiller {character.name} ({character.age} år)")
    return Course(town, character, support_person, tell, citizen.id, enrolment.id)


def admit(course: Course) -> None:
    """Screen, offer and accept; then write the dream and the sub-goals down."""
    coordinator = course.town.anybody(Role.COORDINATOR)
    with unit_of_work() as session:
        prepare_offer(
            session,
            course.enrolment_id,
            programme=course.character.programme,
            age=course.character.age,
            by=coordinator,
        )
        screening = latest_screening(session, course.enrolment_id)
    met = [result.name.danish for result in screening.results if result.outcome is CriterionOutcome.MET]
    words = f"opfyldt: {len(met)} af {len(screening.results)} ({', '.join(met)})"
    course.tell(_named(Role.COORDINATOR), f"vurderer målgruppen – {words}")
    course.tell(_named(Role.COORDINATOR), "taler med borgeren og skriver konklusionen ned")
    citizen = Actor(course.citizen_id, Role.CITIZEN)
    with unit_of_work() as session:
        offer(session, course.enrolment_id, by=coordinator)
        accept_as_shown(session, course.enrolment_id, by=citizen)
        write_goal(
            session,
            course.enrolment_id,
            words=course.character.dream,
            categories=course.character.categories,
            by=citizen,
        )
    course.tell(_named(Role.CITIZEN), "læser vilkårene og siger ja")
    course.tell(_named(Role.CITIZEN), f"drømmer: »{course.character.dream}«")
    for words in course.character.sub_goals:
        with unit_of_work() as session:
            sub_goal = add_sub_goal(session, course.enrolment_id, words=words, by=citizen)
        course.sub_goal_ids.append(sub_goal.id)
    course.tell(_named(Role.CITIZEN), f"sætter {len(course.sub_goal_ids)} delmål")


def propose(course: Course) -> None:
    """Write the plan from the wishes and send it to approval."""
    items = [_as_item(course, number, wish) for number, wish in enumerate(course.character.wishes)]
    with unit_of_work() as session:
        plan = draft_plan(
            session,
            course.enrolment_id,
            motivation=course.character.dream,
            items=items,
            by=course.support_person,
        )
        propose_plan(session, plan.id, by=course.support_person)
    course.plan_id = plan.id
    total = format_kroner(sum(item.amount for item in items))
    course.tell(_named(Role.SUPPORT_PERSON), f"indsender budgetplan på {total}")


def grant(course: Course) -> None:
    """Approve the plan, by somebody else than who sent it: the drawing right begins."""
    assert course.plan_id is not None  # noqa: S101 - it was proposed before
    with unit_of_work() as session:
        approve_plan(session, course.plan_id, colour=Colour.GREEN, by=course.town.anybody(Role.COORDINATOR))
    course.tell(_named(Role.COORDINATOR), "godkender planen (grøn) og bevilger trækningsretten")


def request(course: Course, *, number: int = 0) -> UUID:
    """Have the support person ask for the first wish, or a later one; return the purchase's id."""
    wish = course.character.wishes[number]
    assert course.plan_id is not None  # noqa: S101 - it was proposed before
    with unit_of_work() as session:
        item = items_of(session, course.plan_id)[number]
        purchase = request_purchase(
            session,
            course.enrolment_id,
            plan_item_id=item.id,
            description=wish.description,
            supplier_name=wish.supplier.name,
            supplier_cvr=wish.supplier.cvr,
            amount=wish.amount,
            by=course.support_person,
        )
    course.tell(
        _named(Role.SUPPORT_PERSON),
        f"beder om køb hos {wish.supplier.name}: {wish.description}, {format_kroner(wish.amount)}",
    )
    return purchase.id


def approve(course: Course, purchase_id: UUID) -> None:
    """Approve the purchase: its money is set aside."""
    with unit_of_work() as session:
        purchase = approve_purchase(session, purchase_id, by=course.town.anybody(Role.COORDINATOR))
    course.purchases.append(purchase)
    course.tell(_named(Role.COORDINATOR), f"godkender købet; koden {purchase.code} sendes til leverandøren")


def invoice(course: Course, *, with_code: bool = True) -> None:
    """Let the supplier's e-invoice arrive: Peppol or OIOUBL by the supplier's habit.

    Without our code the invoice is only a suggestion.
    """
    document = invoice_document(course, with_code=with_code)
    finance_officer = course.town.anybody(Role.FINANCE_OFFICER)
    with unit_of_work() as session:
        row = take_in(session, document, file_name=f"{_number(course)}.xml", by=finance_officer)
    course.invoice_ids.append(row.id)
    course.tell("leverandøren", f"sender faktura {row.number} ({row.format}): {_outcome(row)}")


def pay(course: Course) -> None:
    """Approve the invoice: the payout is reserved, and the worker is rung for."""
    finance_officer = course.town.anybody(Role.FINANCE_OFFICER)
    with unit_of_work() as session:
        row = approve_invoice(session, course.invoice_ids[-1], by=finance_officer, last=True)
    course.tell(_named(Role.FINANCE_OFFICER), f"godkender fakturaen på {format_kroner(row.payable or 0)}")


def credit(course: Course) -> None:
    """Let a credit note for a tenth of the price arrive, and approve it."""
    wish, purchase = course.character.wishes[0], course.purchases[-1]
    make = peppol_credit_note if _sends_peppol(course) else oioubl_credit_note
    document = make(
        number=f"K{_number(course)}",
        issued_on=clock.today(),
        supplier_name=wish.supplier.name,
        supplier_cvr=wish.supplier.cvr,
        customer_name=current_tenant().name,
        order_reference=purchase.code,
        description=f"Retur: {wish.description}",
        amount_with_vat=wish.amount // 10,
        credited_number=_number(course),
    )
    finance_officer = course.town.anybody(Role.FINANCE_OFFICER)
    with unit_of_work() as session:
        row = take_in(session, document, file_name=f"K{_number(course)}.xml", by=finance_officer)
    course.tell(
        "leverandøren",
        f"sender kreditnota {row.number} på {format_kroner(row.payable or 0)}: {_outcome(row)}",
    )
    with unit_of_work() as session:
        approve_invoice(session, row.id, by=finance_officer)
    course.tell(_named(Role.FINANCE_OFFICER), "godkender kreditnotaen; pengene er borgerens igen")


def confirm_suggestion(course: Course) -> None:
    """Confirm that an invoice without our code belongs to the purchase."""
    coordinator = course.town.anybody(Role.COORDINATOR)
    with unit_of_work() as session:
        match_by_hand(session, course.invoice_ids[-1], purchase_id=course.purchases[-1].id, by=coordinator)
    course.tell(_named(Role.COORDINATOR), "bekræfter, at fakturaen hører til købet")


def bring_to(course: Course, stage: Stage) -> None:
    """Bring a referred citizen as far as `stage`, but for the credit note, that waits for the payment."""
    if stage >= Stage.DREAMING:
        admit(course)
    if stage >= Stage.PLAN_PROPOSED:
        propose(course)
    if stage >= Stage.GRANTED:
        grant(course)
    if stage >= Stage.PURCHASE_REQUESTED:
        purchase_id = request(course)
        if stage >= Stage.PURCHASE_APPROVED:
            approve(course, purchase_id)
    if stage >= Stage.INVOICED:
        invoice(course, with_code=stage > Stage.INVOICED)
    if stage >= Stage.PAID:
        pay(course)


def invoice_document(course: Course, *, with_code: bool) -> bytes:
    """Return the supplier's e-invoice for the newest purchase."""
    wish, purchase = course.character.wishes[0], course.purchases[-1]
    make = peppol_invoice if _sends_peppol(course) else oioubl_invoice
    today = clock.today()
    return make(
        number=_number(course),
        issued_on=today,
        due_on=today + timedelta(days=14),
        supplier_name=wish.supplier.name,
        supplier_cvr=wish.supplier.cvr,
        customer_name=current_tenant().name,
        order_reference=purchase.code if with_code else "telefonisk",
        description=wish.description,
        amount_with_vat=wish.amount,
    )


def _hired(session: Session, name: str, email: str, role: Role) -> UUID:
    known = session.scalar(select(Staff.id).where(Staff.email == email))
    return known or register_staff(session, name=name, email=email, roles=[role], by=SYSTEM).id


def _as_item(course: Course, number: int, wish: Wish) -> ItemDraft:
    return ItemDraft(
        sub_goal_id=course.sub_goal_ids[number % len(course.sub_goal_ids)],
        description=wish.description,
        category=wish.category,
        amount=wish.amount,
        theory_of_change=wish.why,
        needed_on=_needed_on(wish, number),
    )


def _needed_on(wish: Wish, number: int) -> date:
    days = 30 * (number + 1) if wish.needed_in_days is None else wish.needed_in_days
    return clock.today() + timedelta(days=days)


def _sends_peppol(course: Course) -> bool:
    return int(course.character.wishes[0].supplier.cvr) % 2 == 1


def _number(course: Course) -> str:
    """Return the supplier's invoice number, the same every time it is asked for."""
    return f"{clock.today():%y}{course.purchases[-1].code[-5:]}"


def _outcome(row: InboxInvoice) -> str:
    return OUTCOME_NAMES[InvoiceOutcome(row.outcome)].danish


def _named(role: Role) -> str:
    return ROLE_NAMES[role].danish


def _id(actor: Actor) -> UUID:
    assert actor.person_id is not None  # noqa: S101 - staff are people
    return actor.person_id
