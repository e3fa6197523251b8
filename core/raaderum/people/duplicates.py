"""Finding a citizen by CPR number, and citizens who are probably registered twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel.errors import Conflict, InvalidInput
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.people.cpr import Cpr
from raaderum.people.likeness import LikenessSign, like_pairs
from raaderum.people.roles import Act, require
from raaderum.people.service import find_citizen_by_cpr, get_citizen, names_of_all_citizens
from raaderum.people.tables import Citizen, NotADuplicate
from raaderum.persistence.database import insert
from raaderum.persistence.many_rows import among
from raaderum.persistence.sealed_fields import open_field, seal_field
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

MOST_WORDS_OF_A_NOTE = 2_000


class SamePerson(InvalidInput):
    """A citizen was to be told apart from themselves."""

    code = "same_citizen_twice"
    text = Text("Vælg to forskellige borgere.", "Choose two different citizens.")


class NoteMissing(InvalidInput):
    """Two citizens were told apart without a word on how somebody knows."""

    code = "duplicate_note_missing"
    text = Text(
        "Skriv, hvordan du ved, at det er to personer.", "Write how you know that they are two people."
    )


class AlreadyToldApart(Conflict):
    """Somebody has marked the pair already."""

    code = "already_told_apart"
    text = Text(
        "En anden har allerede markeret, at det er to personer. Genindlæs siden.",
        "Somebody has marked already that they are two people. Load the page again.",
    )


@dataclass(frozen=True, slots=True)
class LikelyDuplicate:
    """Two citizens who look like one person, and why; the first was registered first."""

    first: Citizen
    second: Citizen
    first_name: str
    second_name: str
    signs: tuple[LikenessSign, ...]


def look_up_citizen(session: Session, cpr: Cpr, *, by: Actor) -> Citizen | None:
    """Return the citizen with this CPR number, or None; either way it is recorded that somebody asked."""
    require(by, Act.LOOK_UP_CITIZEN)
    citizen = find_citizen_by_cpr(session, cpr)
    record(
        session,
        AuditEvent.CITIZEN_LOOKED_UP,
        by=by,
        subject_type="citizen" if citizen else "nobody",
        subject_id=citizen.id if citizen else new_id(),
        found=int(citizen is not None),
    )
    return citizen


def likely_duplicates(session: Session, *, by: Actor) -> list[LikelyDuplicate]:
    """Return the pairs that look like one person and have not been told apart, the newest first.

    Names lie sealed, so all are opened and held against each other here; CPR numbers are opened for
    the pairs alone.
    """
    require(by, Act.SETTLE_DUPLICATES)
    names = names_of_all_citizens(session)
    marks = select(NotADuplicate.first_citizen_id, NotADuplicate.second_citizen_id)
    told_apart = {(first, second) for first, second in session.execute(marks)}
    people = ((one, name, born_on) for one, (name, born_on) in names.items())
    alike = [found for found in like_pairs(people) if found[:2] not in told_apart]
    wanted = select(Citizen).where(among(Citizen.id, {one for found in alike for one in found[:2]}))
    citizens = {one.id: one for one in session.scalars(wanted)}
    pairs = [
        LikelyDuplicate(
            citizens[first],
            citizens[second],
            names[first][0],
            names[second][0],
            _signs(session, sign, (citizens[first], citizens[second])),
        )
        for first, second, sign in alike
    ]
    return sorted(pairs, key=lambda pair: pair.second.id, reverse=True)


def mark_not_a_duplicate(
    session: Session, first_id: UUID, second_id: UUID, *, note: str, by: Actor
) -> NotADuplicate:
    """Write down that two citizens are two people, and how somebody knows; it stays so."""
    require(by, Act.SETTLE_DUPLICATES)
    if first_id == second_id:
        raise SamePerson(where="second_id")
    if not note.strip():
        raise NoteMissing(where="note")
    first, second = sorted(get_citizen(session, one).id for one in (first_id, second_id))
    marked = select(NotADuplicate.id).where(
        NotADuplicate.first_citizen_id == first, NotADuplicate.second_citizen_id == second
    )
    if session.scalar(marked) is not None:
        raise AlreadyToldApart(where="second_id")
    mark = NotADuplicate(
        id=new_id(),
        tenant_id=current_tenant_id(),
        first_citizen_id=first,
        second_citizen_id=second,
        marked_by=person_of(by),
    )
    seal_field(session, mark, "note", note)
    insert(session, mark)
    for one, other in ((first, second), (second, first)):
        record(
            session,
            AuditEvent.NOT_A_DUPLICATE_MARKED,
            by=by,
            subject_type="citizen",
            subject_id=one,
            other=str(other),
        )
    return mark


def _signs(session: Session, sign: LikenessSign, pair: tuple[Citizen, Citizen]) -> tuple[LikenessSign, ...]:
    """Return why the two look like one, and whether one of them has a replacement number."""
    numbers = [Cpr.parse(open_field(session, one, "cpr")) for one in pair]
    if any(number.is_replacement for number in numbers):
        return sign, LikenessSign.REPLACEMENT_NUMBER
    return (sign,)
