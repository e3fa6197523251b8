"""The demo's living cases: every hand-written citizen brought as far as their story has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from raaderum.demo import course as acts
from raaderum.demo.characters import CITIZENS, Stage
from raaderum.demo.cohort.made_times import LAST_DAY
from raaderum.demo.every_way import leave_waiting, pay_every_way
from raaderum.demo.workers import work_here
from raaderum.enrolments.tables import Enrolment
from raaderum.persistence.unit_of_work import reading
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from raaderum.tenancy.tenant_file import Tenant


def settle_living_cases(listen: Callable[[str], None]) -> None:
    """Make the cases where they are missing; `listen` is told each municipality's name when it is done."""
    for tenant in tenants().tenants:
        with working_for(tenant.id):
            if not _is_settled():
                _settle(tenant)
        listen(tenant.name)


def _is_settled() -> bool:
    """Say whether anybody is here who is no part of the cohort's history."""
    living = select(func.count()).select_from(Enrolment)
    living = living.where(or_(Enrolment.started_on.is_(None), Enrolment.started_on > LAST_DAY))
    with reading() as session:
        return bool(session.scalar(living))


def _settle(tenant: Tenant) -> None:
    town = acts.found_town(tenant.slug, tell=_say_nothing)
    for number, character in enumerate(CITIZENS[tenant.slug]):
        course = acts.refer_character(town, character, number=number, tell=_say_nothing)
        acts.bring_to(course, character.stage)
        if character.stage is Stage.CREDITED:
            work_here(_always)
            acts.credit(course)
        if number == 0:
            pay_every_way(course, work_here)
            leave_waiting(course)


def _always(_session: Session) -> bool:
    """Ask for nothing but that the due work is done."""
    return True


def _say_nothing(_who: str, _what: str) -> None:
    """Tell nobody: a cohort is a crowd."""
