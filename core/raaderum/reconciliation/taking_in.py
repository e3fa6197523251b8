"""Taking a file of the bank in: kept sealed as it came, read line by line, held against what is known."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from sqlalchemy import select, text

from raaderum.audit.events import AuditEvent
from raaderum.audit.service import record
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.text import Text
from raaderum.people.cpr import masked
from raaderum.people.roles import Act, require
from raaderum.persistence.database import insert
from raaderum.persistence.outbox import add_work
from raaderum.persistence.sealed_fields import seal_file
from raaderum.persistence.unit_of_work import trial
from raaderum.plugin_api import StatementFault, StatementHead, StatementReader
from raaderum.plugin_api import StatementLine as ReadLine
from raaderum.plugin_host.installed import plugins
from raaderum.reconciliation.errors import (
    NOTHING_IN_IT,
    REFUSED_ACCOUNT,
    REFUSED_CURRENCY,
    REFUSED_FORMAT,
    REFUSED_READER,
    SAME_FILE,
    TAKEN_IN,
    StatementTooLarge,
)
from raaderum.reconciliation.keeping_lines import LONGEST_REFERENCE, Taking, write_lines
from raaderum.reconciliation.rules import (
    is_own_account,
)
from raaderum.reconciliation.tables import Statement, StatementFile, StatementFilePart
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor

    Progress = Callable[[int], object]

log = logging.getLogger(__name__)
QUEUE: Final = "money"
MATCH: Final = "statement.match"
LARGEST_FILE: Final = 250_000_000
"""Bytes: some 400,000 lines."""
LINES_AT_ONCE: Final = 2_000
MOST_FAULTS_KEPT: Final = 100
_PIECE: Final = 1024 * 1024
_HEAD: Final = 8 * 1024
_LONGEST_NAME: Final = 200
_CURRENCY: Final = "DKK"
TAKEN_IN_STATE: Final = "taken_in"
REFUSED_STATE: Final = "refused"
DUPLICATE_STATE: Final = "duplicate"
_PLAN_ANEW: Final = text("select set_config('plan_cache_mode', 'force_custom_plan', true)")
_ONE_AT_A_TIME: Final = text("select pg_advisory_xact_lock(hashtextextended(:what, 2))")


class _Refused(Exception):
    """The whole file is not taken in; why."""

    def __init__(self, why: Text) -> None:
        self.why = why


def take_in_statement(
    session: Session,
    content: BinaryIO,
    *,
    file_name: str,
    by: Actor,
    progress: Progress | None = None,
) -> StatementFile:
    """Keep a file of the bank and read its lines; matching them is work for later, or `match_lines`.

    `content` is gone through from its beginning, twice. A file that is none of ours is kept and
    refused in words; `progress` is told how many lines have been read. Raises `StatementTooLarge`.
    """
    require(by, Act.TAKE_IN_STATEMENT)
    # Two files at once could hold the same lines: of two that race, one waits for the other.
    session.execute(_ONE_AT_A_TIME, {"what": f"{current_tenant_id()}|statements"})
    # A plan kept from the first lines, when the table was small, would walk it whole for the last ones.
    session.execute(_PLAN_ANEW)
    file = _kept(session, content, file_name=file_name, by=by)
    if _is_known(session, file):
        _end(file, DUPLICATE_STATE, SAME_FILE)
    else:
        _read(session, file, content, progress)
    session.flush()
    if file.state == TAKEN_IN_STATE:
        add_work(session, queue=QUEUE, kind=MATCH, subject_id=file.id)
    record(
        session,
        AuditEvent.STATEMENT_TAKEN_IN,
        by=by,
        subject_type="statement_file",
        subject_id=file.id,
        state=file.state,
        lines=file.line_count,
        faults=file.fault_count,
    )
    return file


def _kept(session: Session, content: BinaryIO, *, file_name: str, by: Actor) -> StatementFile:
    """Seal the file piece by piece: it is never held whole."""
    file = StatementFile(
        id=new_id(),
        tenant_id=current_tenant_id(),
        file_name=masked(file_name.encode(errors="replace").decode().replace("\0", ""))[:_LONGEST_NAME],
        content_hash=b"",
        size=0,
        state=REFUSED_STATE,
        explanation={},
        faults=[],
        fault_count=0,
        line_count=0,
        received_by=by.person_id,
    )
    insert(session, file)
    content.seek(0)
    digest, number = hashlib.sha256(), 0
    while piece := content.read(_PIECE):
        digest.update(piece)
        file.size += len(piece)
        if file.size > LARGEST_FILE:
            raise StatementTooLarge(where="file", most=LARGEST_FILE // 1_000_000)
        part = StatementFilePart(id=new_id(), tenant_id=file.tenant_id, file_id=file.id, number=number)
        seal_file(session, part, "content", piece)
        insert(session, part)
        session.expunge(part)
        number += 1
    file.content_hash = digest.digest()
    return file


def _is_known(session: Session, file: StatementFile) -> bool:
    same = select(StatementFile.id).where(
        StatementFile.content_hash == file.content_hash,
        StatementFile.state == TAKEN_IN_STATE,
        StatementFile.id != file.id,
    )
    with session.no_autoflush:
        return session.scalar(same) is not None


def _read(session: Session, file: StatementFile, content: BinaryIO, progress: Progress | None) -> None:
    content.seek(0)
    head = content.read(_HEAD)
    content.seek(0)
    reader = _reader_for(head)
    if reader is None:
        _end(file, REFUSED_STATE, REFUSED_FORMAT)
        return
    file.reader = reader.identifier
    session.flush()
    own = current_tenant().bank_accounts
    with trial(session) as attempt:
        taking = Taking(session, file, own, progress)
        try:
            _take(taking, reader, content)
        except _Refused as refused:
            explanation: Text | None = refused.why
        else:
            attempt.keep()
            explanation = None
    file.faults = [_stored_fault(fault) for fault in taking.faults[:MOST_FAULTS_KEPT]]
    if explanation is not None:
        file.line_count, file.fault_count = 0, len(taking.faults)
        _end(file, REFUSED_STATE, explanation)
        return
    told = TAKEN_IN.filled(lines=file.line_count, faults=file.fault_count)
    _end(file, TAKEN_IN_STATE, told)


def _reader_for(head: bytes) -> StatementReader | None:
    for reader in plugins().statement_readers.values():
        try:
            if reader.recognises(head):
                return reader
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything; the file is kept all the same
            log.warning("the statement reader %s raised %s", reader.identifier, type(error).__name__)
    return None


def _take(taking: Taking, reader: StatementReader, content: BinaryIO) -> None:
    for part in _parts(reader, content):
        match part:
            case StatementHead():
                _finish_statement(taking)
                _begin_statement(taking, part)
            case StatementFault():
                taking.file.fault_count += 1
                if len(taking.faults) < MOST_FAULTS_KEPT:
                    taking.faults.append(part)
            case ReadLine() if taking.statement is not None:
                _add_line(taking, taking.statement, part)
    _finish_statement(taking)
    if taking.statement is None:
        reason = taking.faults[0].message if taking.faults else REFUSED_FORMAT
        raise _Refused(NOTHING_IN_IT.filled(reason=reason.danish, reason_english=reason.english))


def _parts(reader: StatementReader, content: BinaryIO) -> Iterator[object]:
    """Go through a file; whatever the reader raises is a reason to refuse it, never an exception."""
    try:
        yield from reader.read(content)
    except Exception as error:
        # The error's text stays out of the log: it may hold what stands in the file.
        log.warning("the statement reader %s raised %s", reader.identifier, type(error).__name__)
        raise _Refused(REFUSED_READER.filled(reader=reader.identifier)) from error


def _begin_statement(taking: Taking, head: StatementHead) -> None:
    if not is_own_account(head.account, taking.own_accounts):
        raise _Refused(REFUSED_ACCOUNT.filled(account=head.account[:LONGEST_REFERENCE]))
    if head.currency != _CURRENCY:
        raise _Refused(REFUSED_CURRENCY.filled(currency=head.currency[:LONGEST_REFERENCE] or "?"))
    taking.news = 0
    taking.statement = Statement(
        id=new_id(),
        tenant_id=taking.file.tenant_id,
        file_id=taking.file.id,
        account=head.account[:LONGEST_REFERENCE],
        currency=head.currency,
        reference=head.reference[:LONGEST_REFERENCE],
        number=head.number,
        until=head.until,
        is_final=head.is_final,
        is_repeat=False,
        opening=head.opening,
        closing=head.closing,
        line_count=0,
        line_sum=0,
    )
    insert(taking.session, taking.statement)


def _add_line(taking: Taking, statement: Statement, line: ReadLine) -> None:
    taking.waiting.append((statement, line))
    statement.line_count += 1
    if line.is_booked:
        statement.line_sum += line.amount
    if statement.until is None or (not statement.is_final and line.booked_on > statement.until):
        statement.until = line.booked_on
    if len(taking.waiting) >= LINES_AT_ONCE:
        write_lines(taking)


def _finish_statement(taking: Taking) -> None:
    write_lines(taking)
    statement = taking.statement
    if statement is None:
        return
    statement.is_repeat = statement.line_count > 0 and taking.news == 0
    if statement.opening is not None and statement.closing is not None:
        statement.difference = statement.opening + statement.line_sum - statement.closing
    taking.session.flush()


def _stored_fault(fault: StatementFault) -> dict[str, Any]:
    return {"number": fault.number, "da": fault.message.danish, "en": fault.message.english}


def _end(file: StatementFile, state: str, told: Text) -> None:
    file.state, file.explanation = state, {"da": told.danish, "en": told.english}
