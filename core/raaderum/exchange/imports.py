"""Taking a file in: everything of it or nothing, as often as one likes without doubling."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.exchange.citizens import take_in_citizens
from raaderum.exchange.enrolments import take_in_enrolments
from raaderum.exchange.intake import Intake
from raaderum.exchange.plan_items import take_in_plan
from raaderum.exchange.purchases import take_in_purchases
from raaderum.exchange.register import enter_all
from raaderum.exchange.report import Findings, ImportReport
from raaderum.exchange.rules import Kind, shown
from raaderum.exchange.sheets import ReadFile, Table, read_file
from raaderum.exchange.words import take_in_goals, take_in_ratings
from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import Act, require
from raaderum.persistence.unit_of_work import trial, unit_of_work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.exchange.intake import Progress

_TAKE_IN: Final[Mapping[Kind, Callable[[Intake, Table], None]]] = {
    Kind.CITIZENS: take_in_citizens,
    Kind.ENROLMENTS: take_in_enrolments,
    Kind.GOALS: take_in_goals,
    Kind.PLAN: take_in_plan,
    Kind.RATINGS: take_in_ratings,
    Kind.PURCHASES: take_in_purchases,
}


def take_in(
    kind: Kind | str | None,
    content: bytes,
    *,
    file_name: str,
    dry_run: bool,
    by: Actor,
    progress: Progress | None = None,
) -> ImportReport:
    """Take a file in, in a unit of work of its own; see `take_in_within`."""
    with unit_of_work() as session:
        return take_in_within(
            session, kind, content, file_name=file_name, dry_run=dry_run, by=by, progress=progress
        )


def take_in_within(
    session: Session,
    kind: Kind | str | None,
    content: bytes,
    *,
    file_name: str,
    dry_run: bool,
    by: Actor,
    progress: Progress | None = None,
) -> ImportReport:
    """Take in a CSV file of one kind, or an XLSX file with a sheet for each kind, and say what came of it.

    Where any row is wrong, nothing of the file is saved; every row is looked at all the same. A dry
    run does exactly what the real one does and undoes it. The same file again saves nothing new.
    `kind` None is seen from the file. `progress` is told how many rows are done, of how many.
    Raises an `InvalidInput` for a file that cannot be read as a whole.
    """
    require(by, Act.IMPORT_DATA)
    importer = person_of(by)
    findings = Findings()
    wanted = Kind(kind) if kind is not None else None
    file = read_file(content, kind=wanted, file_name=file_name, findings=findings)
    rows_in_all = sum(len(table.rows) for table in file.tables)
    intake = Intake(session, by, importer, findings, rows_in_all, progress)
    with trial(session) as attempt:
        _take_in_tables(intake, file)
        if not findings.is_faulty and not dry_run:
            _record_file(intake, file)
            attempt.keep()
    return ImportReport(
        file_name=shown(PurePath(file_name).name),
        format=file.format,
        dry_run=dry_run,
        saved=not findings.is_faulty and not dry_run,
        counts=findings.counts(tuple(table.kind for table in file.tables)),
        errors=tuple(findings.errors),
        errors_left_out=findings.left_out,
    )


def _take_in_tables(intake: Intake, file: ReadFile) -> None:
    for table in file.tables:
        for row in table.unread:
            _doubt(intake, table.kind, row.find_text("case_number"))
            if table.kind is Kind.CITIZENS and "cpr" in row.values:
                intake.doubtful_people.add(row.cpr().digits)
        _TAKE_IN[table.kind](intake, table)
        enter_all(intake)


def _doubt(intake: Intake, kind: Kind, case_number: str | None) -> None:
    """Remember whose row could not be read, so that rows which point at it are not blamed."""
    doubtful = {
        Kind.ENROLMENTS: intake.doubtful_cases,
        Kind.GOALS: intake.doubtful_goals,
        Kind.PLAN: intake.doubtful_plans,
    }
    if case_number is not None and kind in doubtful:
        doubtful[kind].add(case_number)


def _record_file(intake: Intake, file: ReadFile) -> None:
    counts = intake.findings.counts(tuple(table.kind for table in file.tables))
    detail: dict[str, int] = {}
    for count in counts:
        detail |= {f"new_{count.kind}": count.new, f"already_there_{count.kind}": count.already_there}
    record(
        intake.session,
        AuditEvent.DATA_IMPORTED,
        by=intake.by,
        subject_type="import",
        subject_id=new_id(),
        enrolment_id=None,
        **detail,
    )
