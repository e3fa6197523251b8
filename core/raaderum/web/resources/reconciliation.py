"""The bank's statements, their lines, and the proof of the books."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import request

from raaderum.people.roles import Act
from raaderum.reconciliation import deciding, proof, reading
from raaderum.reconciliation.taking_in import take_in_statement
from raaderum.web.errors import ContentTypeNotOffered
from raaderum.web.idempotency import MULTIPART
from raaderum.web.messages import REQUIRED
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, PageQuery, cursor_of_id, page_answer, page_of
from raaderum.web.resources.shapes import columns_of
from raaderum.web.schemas.reconciliation import (
    BankLineAnswer,
    BankLineDismissalBody,
    BankLineMatchBody,
    BankLinesQuery,
    ProofAnswer,
    ProofBody,
    StatementFileAnswer,
    WholeBankLineAnswer,
    WholeProofAnswer,
    WholeStatementFileAnswer,
)
from raaderum.web.uploads import FILE, FORM_CONTENT, ORIGINAL, attachment, fault, file_of_form

if TYPE_CHECKING:
    from flask import Response

    from raaderum.reconciliation.tables import ProofRun, StatementFile, StatementLine

resource = Resource("reconciliation", __name__, description="The bank's lines, and the proof of the books.")
_FILE: Final = "/bank-statements/<uuid:statement_file_id>"
_LINE: Final = "/bank-lines/<uuid:bank_line_id>"
_XML: Final = "application/xml"
_UNNAMED: Final = "statement.xml"
_CONTENT: Final[dict[str, Any]] = {
    _XML: {"schema": {"type": "string", "contentMediaType": _XML}},
    **FORM_CONTENT,
}


@resource.writes(
    "/bank-statements",
    act=Act.TAKE_IN_STATEMENT,
    answer=StatementFileAnswer(),
    status=201,
    content=_CONTENT,
)
def take_in_bank_statement(call: WriteCall) -> StatementFile:
    """Take a statement or advice of the bank in.

    Send the XML itself (camt.052, .053 or .054), or a multipart form with the part `file`. The file is
    kept, also where it is refused; its lines are matched right afterwards.
    """
    content, file_name = _sent_file()
    return take_in_statement(call.session, io.BytesIO(content), file_name=file_name, by=call.by)


@resource.reads(
    "/bank-statements",
    act=Act.SEE_STATEMENTS,
    query=PageQuery(),
    answer=page_answer(StatementFileAnswer(), "StatementFilePageAnswer"),
)
def list_bank_statements(call: Call, query: dict[str, Any]) -> Page:
    """List the files from the bank.

    The one that arrived last comes first.
    """
    rows = reading.files_before(call.session, query["after"], most=query["limit"] + 1, by=call.by)
    return page_of(rows, query["limit"], cursor_of_id)


@resource.reads(_FILE, act=Act.SEE_STATEMENTS, answer=WholeStatementFileAnswer())
def get_bank_statement(call: Call, statement_file_id: UUID) -> dict[str, Any]:
    """Show a file of the bank.

    With its statements and their balances, and what of it could not be read.
    """
    row = reading.get_file(call.session, statement_file_id, by=call.by)
    return {**columns_of(row), "statements": reading.statements_of(call.session, [row.id])[row.id]}


@resource.reads(f"{_FILE}/original", act=Act.SEE_STATEMENTS, answer=None, file=ORIGINAL)
def download_bank_statement(call: Call, statement_file_id: UUID) -> Response:
    """Download the file as it arrived.

    To the byte. It is somebody else's content: do not open it where it could do harm.
    """
    row = reading.get_file(call.session, statement_file_id, by=call.by)
    content = b"".join(reading.pieces_of(call.session, row.id))
    return attachment(content, file_name=f"{row.id}.xml")


@resource.reads(
    "/bank-lines",
    act=Act.SEE_STATEMENTS,
    query=BankLinesQuery(),
    answer=page_answer(BankLineAnswer(), "BankLinePageAnswer"),
)
def list_bank_lines(call: Call, query: dict[str, Any]) -> Page:
    """List the lines of the bank.

    The one that came in last comes first.
    """
    rows = reading.lines_before(
        call.session, query["after"], most=query["limit"] + 1, by=call.by, outcome=query["outcome"]
    )
    return page_of(rows, query["limit"], cursor_of_id)


@resource.reads(_LINE, act=Act.SEE_STATEMENTS, answer=WholeBankLineAnswer())
def get_bank_line(call: Call, bank_line_id: UUID) -> dict[str, Any]:
    """Show one line of the bank.

    With what the bank wrote, what it was matched to, and why.
    """
    line = reading.get_line(call.session, bank_line_id, by=call.by)
    told = {"text": line.text, "counterparty": line.counterparty, "note": line.note}
    return {**columns_of(line.row), **told}


@resource.writes(
    f"{_LINE}/payout", act=Act.SETTLE_STATEMENT_LINE, body=BankLineMatchBody(), answer=BankLineAnswer()
)
def match_bank_line(call: WriteCall, body: dict[str, Any], bank_line_id: UUID) -> StatementLine:
    """Say which payout a line belongs to.

    Money that came in is then the payout coming back. Where money moves in the books, a colleague must
    confirm it.
    """
    return deciding.match_line(call.session, bank_line_id, **body, by=call.by)


@resource.writes(f"{_LINE}/confirm", act=Act.SETTLE_STATEMENT_LINE, answer=BankLineAnswer())
def confirm_bank_line(call: WriteCall, bank_line_id: UUID) -> StatementLine:
    """Confirm what a colleague said a line is.

    The payment is settled, or the return booked. Refused for whoever proposed it.
    """
    return deciding.confirm_line(call.session, bank_line_id, by=call.by)


@resource.writes(
    f"{_LINE}/dismiss",
    act=Act.SETTLE_STATEMENT_LINE,
    body=BankLineDismissalBody(),
    answer=BankLineAnswer(),
)
def dismiss_bank_line(call: WriteCall, body: dict[str, Any], bank_line_id: UUID) -> StatementLine:
    """Say that a line has nothing to do with the programme.

    It stays in the history, with the reason.
    """
    return deciding.dismiss_line(call.session, bank_line_id, **body, by=call.by)


@resource.reads(
    "/proofs",
    act=Act.SEE_PROOF,
    query=PageQuery(),
    answer=page_answer(ProofAnswer(), "ProofPageAnswer"),
)
def list_proofs(call: Call, query: dict[str, Any]) -> Page:
    """List the proofs of the books.

    One is made every night; the newest comes first.
    """
    rows = proof.proofs(call.session, query["after"], most=query["limit"] + 1, by=call.by)
    return page_of(rows, query["limit"], cursor_of_id)


@resource.writes("/proofs", act=Act.SEE_PROOF, body=ProofBody(), answer=WholeProofAnswer(), status=201)
def prove_books(call: WriteCall, body: dict[str, Any]) -> dict[str, Any]:
    """Prove the books of a range of days now.

    With what the providers and the bank have told so far.
    """
    return _whole(proof.prove(call.session, **body, by=call.by))


@resource.reads("/proofs/<uuid:proof_id>", act=Act.SEE_PROOF, answer=WholeProofAnswer())
def get_proof(call: Call, proof_id: UUID) -> dict[str, Any]:
    """Show one proof.

    Ledger = provider = bank: the sums side by side, and each thing that does not agree.
    """
    return _whole(proof.get_proof(call.session, proof_id, by=call.by))


def _whole(run: ProofRun) -> dict[str, Any]:
    return {**run.figures, **columns_of(run)}


def _sent_file() -> tuple[bytes, str]:
    if request.mimetype in {_XML, "text/xml"}:
        content, name = request.get_data(), _UNNAMED
    elif request.mimetype == MULTIPART:
        content, name = file_of_form(unnamed=_UNNAMED)
    else:
        raise ContentTypeNotOffered(where="Content-Type", offered=f"{_XML}, {MULTIPART}")
    if not content:
        raise fault(FILE, REQUIRED)
    return content, name
