"""Loads the cohort into the municipalities, through the import that any municipality uses."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.audit.actor import SYSTEM, Actor
from raaderum.demo.cohort.made_times import LAST_DAY
from raaderum.demo.cohort.people_of_the_time import JOB_CONSULTANTS, SUPPORT_PERSONS, email_of
from raaderum.demo.cohort.quotas import LTT
from raaderum.demo.course import found_town
from raaderum.exchange.imports import take_in
from raaderum.exchange.tables import ImportedRow
from raaderum.kernel import clock
from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.text import Text
from raaderum.people.roles import Role
from raaderum.people.service import register_staff, staff_with_role
from raaderum.people.tables import Staff
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.service import fund_pool
from raaderum.programmes.installed import programmes
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from raaderum.demo.cohort.import_files import ImportFile
    from raaderum.exchange.report import ImportReport
    from raaderum.programmes.rules import ProgrammeVersion

_YEARS: Final = range(2015, LAST_DAY.year + 1)


class CohortRefused(RaaderumError):
    """The import refused one of the cohort's files."""

    code = "cohort_refused"
    text = Text(
        "Kohortens fil {file} blev afvist: {reason} (række {row}, kolonne »{column}«).",
        "The cohort's file {file} was refused: {reason_english} (row {row}, column “{column}”).",
    )


def load_cohort(files: Sequence[ImportFile], *, advance: Callable[[int], None]) -> int:
    """Load the cohort's files where they are missing; `advance` is told how many rows are done since last.

    Returns how many rows were new. Raises `CohortRefused`.
    """
    new = 0
    for slug, of_town in groupby(files, key=lambda file: file.municipality):
        with working_for(tenants().by_slug(slug).id):
            new += _load_town(slug, list(of_town), advance)
    return new


def _load_town(slug: str, files: Sequence[ImportFile], advance: Callable[[int], None]) -> int:
    if _is_loaded(files):
        advance(sum(file.rows for file in files))
        return 0
    found_town(slug, tell=_say_nothing)
    _hire(slug)
    _fund(slug)
    coordinator = _somebody(Role.COORDINATOR)
    return sum(_take_in(file, coordinator, advance) for file in files)


def _is_loaded(files: Sequence[ImportFile]) -> bool:
    """Say whether as many rows of each kind are there as the files have: looked at, not taken in again."""
    counted = select(ImportedRow.kind, func.count()).group_by(ImportedRow.kind)
    with reading() as session:
        there = {kind: rows for kind, rows in session.execute(counted)}  # noqa: C416 - rows are not tuples to the type checker
    return all(there.get(file.kind, 0) >= file.rows for file in files)


def _take_in(file: ImportFile, by: Actor, advance: Callable[[int], None]) -> int:
    seen = 0

    def progress(done: int, _all: int) -> None:
        nonlocal seen
        advance(done - seen)
        seen = done

    report = take_in(file.kind, file.content, file_name=file.name, dry_run=False, by=by, progress=progress)
    _check(file, report)
    advance(file.rows - seen)
    return sum(count.new for count in report.counts)


def _hire(slug: str) -> None:
    """Hire the support persons of the time who do not work there yet."""
    names = (*SUPPORT_PERSONS[slug], *(JOB_CONSULTANTS if slug == LTT.slug else ()))
    with unit_of_work() as session:
        known = set(session.scalars(select(Staff.email)))
        for name in names:
            if (email := email_of(name, slug)) not in known:
                register_staff(session, name=name, email=email, roles=[Role.SUPPORT_PERSON], by=SYSTEM)


def _fund(slug: str) -> None:
    """Set each year's appropriation aside, in its year, as far as the programme was there."""
    finance_officer = _somebody(Role.FINANCE_OFFICER)
    for year in _YEARS:
        new_year = datetime(year, 1, 2, 9, tzinfo=UTC)
        with clock.standing_still_at(new_year), unit_of_work() as session:
            for version in _in_force(slug, year):
                fund_pool(
                    session,
                    version.slug,
                    amount=version.appropriation_oere,
                    by=finance_officer,
                    key=str(year),
                )


def _in_force(slug: str, year: int) -> Iterable[ProgrammeVersion]:
    return [version for version in programmes().of_tenant(slug) if version.valid_from.year <= year]


def _somebody(role: Role) -> Actor:
    with reading() as session:
        return Actor(next(iter(staff_with_role(session, role))), role)


def _check(file: ImportFile, report: ImportReport) -> None:
    if report.is_faulty:
        first = report.errors[0]
        raise CohortRefused(
            where=file.municipality,
            file=file.name,
            row=first.row,
            column=first.column,
            reason=first.reason.danish,
            reason_english=first.reason.english,
        )


def _say_nothing(_who: str, _what: str) -> None:
    """Tell nobody: the staff of a cohort are a crowd."""
