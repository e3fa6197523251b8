"""Taking enrolments in, each brought to where its dates say that it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from sqlalchemy import select

from raaderum.audit.events import AuditEvent
from raaderum.enrolments.rules import (
    CLOSED,
    AlreadyEnrolled,
    CeilingOutOfRange,
    EnrolmentState,
    end_of_months,
)
from raaderum.enrolments.tables import Enrolment
from raaderum.exchange.cases import cases_by_number
from raaderum.exchange.citizens import citizens_by_cpr
from raaderum.exchange.course_of_dates import CourseOfDates
from raaderum.exchange.portions import in_portions
from raaderum.exchange.present import present_enrolments
from raaderum.exchange.register import NewRow, new_rows, remember
from raaderum.exchange.values import CellWrong
from raaderum.kernel import clock
from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere, format_kroner
from raaderum.kernel.text import Text
from raaderum.people.roles import Role
from raaderum.people.tables import Citizen, Staff, StaffRole
from raaderum.persistence.many_rows import insert_all
from raaderum.programmes.installed import programme_in_force, programmes
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from raaderum.exchange.intake import Intake
    from raaderum.exchange.sheets import Row, Table
    from raaderum.programmes.rules import ProgrammeVersion

_NOON: Final = timedelta(hours=12)


@dataclass(slots=True)
class _Known:
    """What the rows point at, asked for once; `open_ones` grows with the file."""

    citizens: Mapping[str, Citizen]
    support_people: Mapping[str, UUID]
    open_ones: set[tuple[UUID, str]]


def take_in_enrolments(intake: Intake, table: Table) -> None:
    """Take the enrolments in that are not there yet."""
    citizens = citizens_by_cpr(intake, (row.cpr().digits for row in table.rows))
    known = _Known(citizens, _support_people(intake), _open_ones(intake, citizens))
    there = cases_by_number(intake, (row.text("case_number") for row in table.rows))

    def find_there(row: Row) -> UUID | None:
        enrolment = there.get(row.text("case_number"))
        return enrolment.id if enrolment else None

    made: list[Enrolment] = []
    for new in new_rows(
        intake,
        table,
        key_of=lambda row: row.text("case_number"),
        find_there=find_there,
        present=present_enrolments,
    ):
        number = new.row.text("case_number")
        enrolment = _find_made(intake, new, known)
        if enrolment is None:
            intake.doubtful_cases.add(number)
            continue
        made.append(enrolment)
        remember(intake, new, enrolment.id, number=number)
        intake.record(
            AuditEvent.ENROLMENT_IMPORTED,
            "enrolment",
            enrolment.id,
            enrolment_id=enrolment.id,
            programme=enrolment.programme,
            state=enrolment.state,
        )
    insert_all(intake.session, made)


def _find_made(intake: Intake, new: NewRow, known: _Known) -> Enrolment | None:
    """Return a new enrolment; None where anything in the row is wrong, all of which is noted."""
    row = new.row
    dates = CourseOfDates(
        referred_on=row.day("referred_on"),
        offered_on=row.find_day("offered_on"),
        accepted_on=row.find_day("accepted_on"),
        started_on=row.find_day("started_on"),
        ended_on=row.find_day("ended_on"),
    )
    rules = _rules(intake, row)
    citizen = _citizen(intake, row, known)
    support_person = known.support_people.get(row.text("support_person"))
    if support_person is None:
        intake.wrong(row, "stoetteperson", *_NO_SUPPORT_PERSON)
    state = _state(intake, row, dates)
    if rules is None or citizen is None or support_person is None or state is None:
        return None
    ceiling = _ceiling(intake, row, rules)
    if ceiling is None or not _is_only_open_one(intake, row, citizen, state, known):
        return None
    started_on = dates.started_on
    return Enrolment(
        id=new_id(),
        tenant_id=current_tenant_id(),
        citizen_id=citizen.id,
        programme=rules.slug,
        rules_from=rules.valid_from,
        state=state,
        support_person_id=support_person,
        ceiling=ceiling,
        referred_at=clock.start_of(dates.referred_on) + _NOON,
        referral_source=row.text("referred_by"),
        selection=row.find_text("selection"),
        arm=row.find_text("arm"),
        offered_on=dates.offered_on,
        accepted_on=dates.accepted_on,
        started_on=started_on,
        granted_months=rules.months if started_on else None,
        ends_on=end_of_months(started_on, rules.months) if started_on else None,
        ended_on=dates.ended_on,
        ended_because=row.find_text("ending_reason"),
    )


def _rules(intake: Intake, row: Row) -> ProgrammeVersion | None:
    try:
        return programme_in_force(row.text("programme"), on=row.day("referred_on"))
    except RaaderumError as error:
        slugs = ", ".join(dict.fromkeys(one.slug for one in programmes().of_tenant(current_tenant().slug)))
        remedy = Text(
            f"Skriv en af: {slugs}, og se efter, at indstillet_dato passer.",
            f"Write one of: {slugs}, and check that indstillet_dato fits.",
        )
        intake.wrong(row, "ordning", error.message, remedy)
        return None


def _citizen(intake: Intake, row: Row, known: _Known) -> Citizen | None:
    digits = row.cpr().digits
    if digits not in known.citizens and digits not in intake.doubtful_people:
        intake.wrong(row, "cpr", *_NO_CITIZEN)
    return known.citizens.get(digits)


def _state(intake: Intake, row: Row, dates: CourseOfDates) -> EnrolmentState | None:
    fault = dates.check(today=clock.today())
    if fault is not None:
        column, why = fault
        intake.wrong(row, column, why.reason, why.remedy)
        return None
    has_ended, has_reason = dates.ended_on is not None, row.find_text("ending_reason") is not None
    if has_ended != has_reason:
        intake.wrong(row, "afslutningsgrund", *(_NO_REASON if has_ended else _NO_END))
        return None
    try:
        return dates.state(row.find_text("state"))
    except CellWrong as error:
        intake.wrong(row, "tilstand", error.reason, error.remedy)
        return None


def _ceiling(intake: Intake, row: Row, rules: ProgrammeVersion) -> Oere | None:
    ceiling = row.amount("ceiling_kr") or rules.ceiling_oere
    if ceiling <= rules.ceiling_oere:
        return ceiling
    intake.refused(row, "ramme_kr", CeilingOutOfRange(most=format_kroner(rules.ceiling_oere)))
    return None


def _is_only_open_one(
    intake: Intake, row: Row, citizen: Citizen, state: EnrolmentState, known: _Known
) -> bool:
    if state in CLOSED:
        return True
    mark = (citizen.id, row.text("programme"))
    if mark in known.open_ones:
        intake.refused(row, "cpr", AlreadyEnrolled())
        return False
    known.open_ones.add(mark)
    return True


def _support_people(intake: Intake) -> dict[str, UUID]:
    having = (
        select(Staff.email, Staff.id)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(StaffRole.role == Role.SUPPORT_PERSON)
    )
    return {email: staff_id for email, staff_id in intake.session.execute(having)}  # noqa: C416 - rows are not tuples to the type checker


def _open_ones(intake: Intake, citizens: Mapping[str, Citizen]) -> set[tuple[UUID, str]]:
    found: set[tuple[UUID, str]] = set()
    for portion in in_portions([citizen.id for citizen in citizens.values()]):
        open_ones = select(Enrolment.citizen_id, Enrolment.programme).where(
            Enrolment.citizen_id.in_(portion), Enrolment.state.not_in(CLOSED)
        )
        found |= {(citizen_id, programme) for citizen_id, programme in intake.session.execute(open_ones)}
    return found


_NO_SUPPORT_PERSON: Final = (
    Text(
        "Ingen støtteperson er oprettet med den e-mail.", "No support person is registered with this e-mail."
    ),
    Text(
        "Ret e-mailen, eller opret medarbejderen med rollen støtteperson først.",
        "Correct the e-mail, or register the member of staff as a support person first.",
    ),
)
_NO_CITIZEN: Final = (
    Text("Borgeren er ikke oprettet.", "The citizen is not registered."),
    Text(
        "Skriv borgeren på arket borgere, eller ret CPR-nummeret.",
        "Write the citizen on the sheet borgere, or correct the CPR number.",
    ),
)
_NO_REASON: Final = (
    Text("Forløbet er afsluttet uden en grund.", "The enrolment has ended without a reason."),
    Text("Udfyld afslutningsgrund.", "Fill in afslutningsgrund."),
)
_NO_END: Final = (
    Text(
        "Der er en grund, men forløbet er ikke afsluttet.",
        "There is a reason, but the enrolment has not ended.",
    ),
    Text("Udfyld afsluttet_dato, eller slet grunden.", "Fill in afsluttet_dato, or delete the reason."),
)
