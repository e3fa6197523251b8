"""A purchase that its supplier bills twice: half when it begins, the rest when it is delivered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from raaderum.demo import course as acts
from raaderum.invoices.service import approve_invoice, take_in
from raaderum.kernel import clock
from raaderum.kernel.money import Oere, format_kroner
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import payouts_of
from raaderum.people.roles import ROLE_NAMES, Role
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.tenancy.installed import current_tenant
from raaderum.testing.sample_invoices import oioubl_invoice

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.demo.course import Course
    from raaderum.demo.workers import Work

INVOICES: Final = 2


def pay_in_parts(course: Course, work: Work, *, number: int) -> Oere:
    """Order the wish of that number and pay it by two invoices; return the øre spent."""
    wish = course.character.wishes[number]
    acts.approve(course, acts.request(course, number=number))
    first = wish.amount // INVOICES
    for part, amount in enumerate((first, wish.amount - first), start=1):
        _pay_part(course, number=number, part=part, amount=Oere(amount))
    code_of = course.purchases[-1].id

    def both_paid(session: Session) -> bool:
        of_purchase = [one for one in payouts_of(session, course.enrolment_id) if one.purchase_id == code_of]
        return [one.state for one in of_purchase] == [PayoutState.PAID] * INVOICES

    work(both_paid)
    course.tell("arbejderen", f"har betalt begge fakturaer for {wish.description}")
    return wish.amount


def _pay_part(course: Course, *, number: int, part: int, amount: Oere) -> None:
    wish, purchase = course.character.wishes[number], course.purchases[-1]
    finance_officer = course.town.anybody(Role.FINANCE_OFFICER)
    invoice_number = f"{purchase.code[-5:]}-{part}"
    content = oioubl_invoice(
        number=invoice_number,
        issued_on=clock.today(),
        due_on=clock.today() + timedelta(days=14),
        supplier_name=wish.supplier.name,
        supplier_cvr=wish.supplier.cvr,
        customer_name=current_tenant().name,
        order_reference=purchase.code,
        description=f"{wish.description}, {part}. rate",
        amount_with_vat=amount,
    )
    with unit_of_work() as session:
        row = take_in(session, content, file_name=f"{invoice_number}.xml", by=finance_officer)
        approve_invoice(session, row.id, by=finance_officer, last=part == INVOICES)
    course.tell(
        ROLE_NAMES[Role.FINANCE_OFFICER].danish,
        f"godkender {part}. faktura af {INVOICES}: {format_kroner(amount)}",
    )
