"""Sharing precedents between municipalities: a JSON file of what is told, and no key of any person.

The file is `{"format": "raaderum-precedents", "version": 1, "origin": …, "precedents": […]}`; each
precedent has the keys of `KEYS`, all texts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.guidelines.anonymity import check_anonymous
from raaderum.guidelines.errors import PrecedentFileWrong
from raaderum.guidelines.rules import Decision, DoubtCase, Outcome, PrecedentState, check_told
from raaderum.guidelines.service import as_row
from raaderum.guidelines.tables import Precedent
from raaderum.kernel.errors import InvalidInput
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.plans.rules import SpendingCategory
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

FORMAT: Final = "raaderum-precedents"
VERSION: Final = 1
LARGEST_FILE: Final = 1_000_000
"""Bytes."""
KEYS: Final = (
    "question",
    "circumstances",
    "guideline",
    "category",
    "decision",
    "reason",
    "outcome",
    "became",
    "quarter",
    "origin",
)
_LONGEST_ORIGIN: Final = 100


@dataclass(frozen=True, slots=True)
class SharedPrecedent:
    """One precedent of a file: the case, what became of it, and the municipality it comes from."""

    case: DoubtCase
    outcome: Outcome
    became: str
    origin: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many precedents of a file were new, and how many the library had already."""

    new: int
    known: int


def export_precedents(session: Session, *, by: Actor) -> dict[str, Any]:
    """Return the published library as the file's content, and record that it was shared."""
    content = shared_library(session, by=by)
    _record(session, AuditEvent.PRECEDENTS_EXPORTED, by, count=len(content["precedents"]))
    return content


def shared_library(session: Session, *, by: Actor) -> dict[str, Any]:
    """Return the file's content, unrecorded; cases of others keep the name of their origin."""
    require(by, Act.EXCHANGE_PRECEDENTS)
    published = (
        select(Precedent)
        .where(Precedent.state == PrecedentState.PUBLISHED)
        .order_by(Precedent.quarter, Precedent.id)
    )
    rows = session.scalars(published).all()
    return {
        "format": FORMAT,
        "version": VERSION,
        "origin": current_tenant().name,
        "precedents": [{key: str(getattr(row, key)) for key in KEYS} for row in rows],
    }


def import_precedents(session: Session, content: bytes, *, by: Actor) -> TakenIn:
    """Take another municipality's file in, all of it or nothing; a case that is here already stays as it is.

    What was published there is published here. Raises `PrecedentFileWrong`, or `NotAnonymous` and
    the like naming the number of the precedent.
    """
    require(by, Act.EXCHANGE_PRECEDENTS)
    shared = read_file(content)
    known = set(
        session.scalars(
            select(Precedent.fingerprint).where(
                Precedent.fingerprint.in_([one.case.fingerprint for one in shared])
            )
        )
    )
    new = {one.case.fingerprint: one for one in shared if one.case.fingerprint not in known}
    for one in new.values():
        row = as_row(one.case, state=PrecedentState.PUBLISHED, origin=one.origin)
        row.outcome, row.became = one.outcome, one.became
        insert(session, row)
    _record(session, AuditEvent.PRECEDENTS_IMPORTED, by, count=len(new), known=len(shared) - len(new))
    return TakenIn(new=len(new), known=len(shared) - len(new))


def read_file(content: bytes) -> list[SharedPrecedent]:
    """Return the precedents of a file, each checked as one that is written here."""
    if len(content) > LARGEST_FILE:
        raise _wrong("den er for stor", "it is too large")
    try:
        file = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _wrong("den er ikke JSON", "it is no JSON") from error
    if not isinstance(file, dict) or file.get("format") != FORMAT or file.get("version") != VERSION:
        raise _wrong("den er ikke fra et bibliotek", "it is from no library")
    precedents = file.get("precedents")
    if not isinstance(precedents, list):
        raise _wrong("den har ingen sager", "it has no cases")
    return [_read(number, one) for number, one in enumerate(precedents, start=1)]


def _read(number: int, written: object) -> SharedPrecedent:
    if not isinstance(written, dict) or written.keys() != set(KEYS):
        raise _wrong(f"sag {number} mangler noget eller har for meget", f"case {number} lacks or adds keys")
    if not all(isinstance(value, str) and "\x00" not in value for value in written.values()):
        raise _wrong(f"sag {number} har andet end tekst", f"case {number} holds other than texts")
    if not 0 < len(written["origin"].strip()) <= _LONGEST_ORIGIN:
        raise _wrong(f"sag {number} siger ikke, hvor den er fra", f"case {number} does not say its origin")
    try:
        case = DoubtCase(
            question=written["question"],
            circumstances=written["circumstances"],
            guideline=written["guideline"],
            category=SpendingCategory(written["category"]),
            decision=Decision(written["decision"]),
            reason=written["reason"],
            quarter=written["quarter"],
        )
        outcome = Outcome(written["outcome"])
        check_told(case)
        check_anonymous(case.told() | {"became": written["became"], "origin": written["origin"]})
    except InvalidInput as error:
        told = error.message
        raise _wrong(f"sag {number}: {told.danish}", f"case {number}: {told.english}") from error
    except ValueError as error:
        raise _wrong(f"sag {number} har en ukendt værdi", f"case {number} has an unknown value") from error
    return SharedPrecedent(case, outcome, written["became"], written["origin"])


def _wrong(danish: str, english: str) -> PrecedentFileWrong:
    return PrecedentFileWrong(where="file", reason=danish.rstrip("."), reason_english=english.rstrip("."))


def _record(session: Session, event: AuditEvent, by: Actor, **detail: int) -> None:
    tenant_id = current_tenant_id()
    record(session, event, by=by, subject_type="tenant", subject_id=tenant_id, enrolment_id=None, **detail)
