"""Taking citizens in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.events import AuditEvent
from raaderum.exchange.portions import in_portions
from raaderum.exchange.present import present_citizens
from raaderum.exchange.register import new_rows, remember
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id
from raaderum.people.service import BornInFuture
from raaderum.people.tables import Citizen
from raaderum.persistence.many_rows import among, insert_all
from raaderum.persistence.sealed_fields import seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from raaderum.exchange.intake import Intake
    from raaderum.exchange.sheets import Row, Table


def take_in_citizens(intake: Intake, table: Table) -> None:
    """Register the citizens who are not registered yet."""
    known = citizens_by_cpr(intake, (row.cpr().digits for row in table.rows))

    def find_there(row: Row) -> UUID | None:
        citizen = known.get(row.cpr().digits)
        return citizen.id if citizen else None

    made: list[Citizen] = []
    for new in new_rows(
        intake,
        table,
        key_of=lambda row: row.cpr().digits,
        find_there=find_there,
        present=present_citizens,
    ):
        citizen = _find_made(intake, new.row)
        if citizen is None:
            intake.doubtful_people.add(new.row.cpr().digits)
            continue
        made.append(citizen)
        remember(intake, new, citizen.id)
        intake.record(AuditEvent.CITIZEN_IMPORTED, "citizen", citizen.id)
    insert_all(intake.session, made)


def citizens_by_cpr(intake: Intake, numbers: Iterable[str]) -> dict[str, Citizen]:
    """Return the registered citizens among those with the given CPR numbers, by number."""
    by_index = {intake.seal.look_up_index(digits): digits for digits in numbers}
    found: dict[str, Citizen] = {}
    for portion in in_portions(list(by_index)):
        for citizen in intake.session.scalars(select(Citizen).where(among(Citizen.cpr_index, portion))):
            found[by_index[citizen.cpr_index]] = citizen
    return found


def _find_made(intake: Intake, row: Row) -> Citizen | None:
    """Return a new citizen; None where the row cannot be right, which is noted."""
    cpr = row.cpr()
    if cpr.born_on > clock.today():
        intake.refused(row, "cpr", BornInFuture(where="cpr"))
        return None
    citizen = Citizen(id=new_id(), tenant_id=current_tenant_id(), born_on=cpr.born_on)
    seal_field(intake.session, citizen, "name", row.text("name"))
    seal_field(intake.session, citizen, "cpr", cpr.digits)
    citizen.cpr_index = intake.seal.look_up_index(cpr.digits)
    return citizen
