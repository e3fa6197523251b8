"""One file being taken in: the transaction, who does it, and where what is wrong is noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from raaderum.audit.service import record
from raaderum.exchange.report import Findings
from raaderum.kernel.text import Text
from raaderum.persistence.tenant_keys import tenant_seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.audit.events import AuditEvent
    from raaderum.exchange.sheets import Row
    from raaderum.exchange.tables import ImportedRow
    from raaderum.kernel.errors import RaaderumError
    from raaderum.persistence.sealing import TenantSeal

    Progress = Callable[[int, int], None]

MEND_AND_RETRY: Final = Text(
    "Ret rækken, og indlæs filen igen.", "Correct the row and import the file again."
)
_TOLD_EVERY: Final = 100


@dataclass(slots=True)
class Intake:
    """What every kind of row needs while a file is taken in.

    `entries` are the rows that were taken in of the kind at hand; the register gets them all at once
    when the kind is done. The doubtful ones are the CPR numbers and case numbers whose own rows are
    wrong: rows that only point at them are not called wrong for that.
    """

    session: Session
    by: Actor
    importer: UUID
    findings: Findings
    rows_in_all: int
    progress: Progress | None = None
    doubtful_cases: set[str] = field(default_factory=set)
    doubtful_people: set[str] = field(default_factory=set)
    doubtful_goals: set[str] = field(default_factory=set)
    doubtful_plans: set[str] = field(default_factory=set)
    entries: list[ImportedRow] = field(default_factory=list)
    _passed: int = 0

    @property
    def seal(self) -> TenantSeal:
        """The seal of the tenant being worked for."""
        return tenant_seal(self.session)

    def wrong(self, row: Row, column: str, reason: Text, remedy: Text = MEND_AND_RETRY) -> None:
        """Note what is wrong with a row."""
        self.findings.wrong(row.kind, row.sheet, row.number, column, reason, remedy)

    def refused(self, row: Row, column: str, error: RaaderumError) -> None:
        """Note what a rule of the house says about a row."""
        self.wrong(row, column, error.message)

    def pass_rows(self, rows: int) -> None:
        """Tell how far it has come, now and then and at the end."""
        before, self._passed = self._passed, self._passed + rows
        is_time = before // _TOLD_EVERY != self._passed // _TOLD_EVERY or self._passed == self.rows_in_all
        if self.progress and rows and is_time:
            self.progress(self._passed, self.rows_in_all)

    def record(
        self,
        event: AuditEvent,
        subject_type: str,
        subject_id: UUID,
        *,
        enrolment_id: UUID | None = None,
        **detail: str | int | None,
    ) -> None:
        """Record that a row was taken in."""
        record(
            self.session,
            event,
            by=self.by,
            subject_type=subject_type,
            subject_id=subject_id,
            enrolment_id=enrolment_id,
            **detail,
        )


def told(intake: Intake, row: Row, differing: list[str]) -> None:
    """Count a row as already there where no column differs, else note which do."""
    if not differing:
        intake.findings.count_known(row.kind)
        return
    names = ", ".join(differing)
    intake.wrong(
        row,
        differing[0],
        Text(
            f"Rækken er der allerede med noget andet i: {names}.",
            f"The row is there already with something else in: {names}.",
        ),
        Text(
            "Ret det i Råderum, eller slet rækken i filen. En indlæsning ændrer aldrig det, der er der.",
            "Change it in Råderum, or delete the row from the file. An import never changes what is there.",
        ),
    )
