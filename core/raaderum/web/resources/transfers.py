"""Small transfers, and the runs that pay them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from flask import request

from raaderum.kernel import clock
from raaderum.people.roles import Act
from raaderum.plugin_api import checked_account
from raaderum.purchases.payees import CITIZENS_NEMKONTO, account_of
from raaderum.transfers import asking, candidates, lanes, runs, status_files
from raaderum.transfers.rules import Activity
from raaderum.web.errors import ContentTypeNotOffered
from raaderum.web.idempotency import MULTIPART
from raaderum.web.messages import REQUIRED
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, cursor_of_id, page_answer, page_of
from raaderum.web.resources.shapes import columns_of, shown_purchase
from raaderum.web.schemas.purchases import PurchaseAnswer
from raaderum.web.schemas.transfers import (
    DryRunAnswer,
    LanesAnswer,
    OwnTransferBody,
    RunAnswer,
    RunBody,
    RunQuery,
    RunsQuery,
    StatusFileAnswer,
    TransferBody,
    WholeRunAnswer,
)
from raaderum.web.uploads import FILE, FORM_CONTENT, fault, file_of_form

if TYPE_CHECKING:
    from raaderum.purchases.payees import TransferPayee
    from raaderum.transfers.candidates import DryRun
    from raaderum.transfers.status_files import StatusFileRead
    from raaderum.transfers.tables import PaymentRun

resource = Resource("transfers", __name__, description="Small transfers to citizens, paid in runs.")
_RUN: Final = "/payment-runs/<uuid:run_id>"
_XML: Final = "application/xml"
_UNNAMED: Final = "status.xml"
_CONTENT: Final[dict[str, Any]] = {
    _XML: {"schema": {"type": "string", "contentMediaType": _XML}},
    **FORM_CONTENT,
}


@resource.reads("/enrolments/<uuid:enrolment_id>/transfers", act=Act.SEE_CASE, answer=LanesAnswer())
def get_lanes(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """Read what small transfers an enrolment can have.

    At a time, in a month, and what is left of this one.
    """
    found = lanes.lanes_of(call.session, enrolment_id, by=call.by)
    return {
        "lanes": [
            {
                "lane": one.lane,
                "at_most": one.caps.at_most,
                "per_month": one.caps.per_month,
                "left": one.left,
            }
            for one in found.lanes
        ],
        "locked": found.locked,
        "activities": found.activities,
    }


@resource.writes(
    "/enrolments/<uuid:enrolment_id>/transfers",
    act=Act.REQUEST_PURCHASE,
    body=TransferBody(),
    answer=PurchaseAnswer(),
    status=201,
)
def request_transfer(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Ask for a transfer on a citizen's behalf.

    To the citizen's NemKonto, for which no account is kept, or to an account. It is approved like
    any purchase, and paid in the next run.
    """
    wanted = asking.TransferWanted(body["plan_item_id"], body["description"], body["amount"], _payee(body))
    purchase = asking.request_transfer(call.session, enrolment_id, wanted, by=call.by)
    return shown_purchase(call.session, purchase)


@resource.writes(
    "/enrolments/<uuid:enrolment_id>/own-transfers",
    act=Act.REQUEST_OWN_TRANSFER,
    body=OwnTransferBody(),
    answer=PurchaseAnswer(),
    status=201,
)
def request_own_transfer(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, Any]:
    """Ask for money to one's own NemKonto.

    Approved by the programme's rule where it can be: look at the state.
    """
    activity = Activity(body["activity"], body["activity_on"] or clock.today()) if body["activity"] else None
    wanted = asking.TransferWanted(
        body["plan_item_id"], body["description"], body["amount"], activity=activity
    )
    purchase = asking.request_own_transfer(call.session, enrolment_id, wanted, by=call.by)
    return shown_purchase(call.session, purchase)


@resource.reads("/payment-runs/check", act=Act.RUN_PAYMENTS, query=RunQuery(), answer=DryRunAnswer())
def check_run(call: Call, query: dict[str, Any]) -> DryRun:
    """See what a run would send, without sending it.

    Every approved, unpaid transfer of a programme is checked; those held back say why.
    """
    return candidates.dry_run(call.session, query["programme"], by=call.by)


@resource.writes("/payment-runs", act=Act.RUN_PAYMENTS, body=RunBody(), answer=RunAnswer(), status=201)
def start_run(call: WriteCall, body: dict[str, Any]) -> PaymentRun:
    """Start a payment run.

    Everything that passes the checks goes out in one file. One run of a programme at a time.
    """
    return runs.start_run(call.session, **body, by=call.by)


@resource.reads(
    "/payment-runs",
    act=Act.RUN_PAYMENTS,
    query=RunsQuery(),
    answer=page_answer(RunAnswer(), "RunPageAnswer"),
)
def list_runs(call: Call, query: dict[str, Any]) -> Page:
    """List the payment runs.

    The newest comes first.
    """
    rows = runs.runs_before(call.session, query["after"], most=query["limit"] + 1, by=call.by)
    return page_of(rows, query["limit"], cursor_of_id)


@resource.reads(_RUN, act=Act.RUN_PAYMENTS, answer=WholeRunAnswer())
def get_run(call: Call, run_id: UUID) -> dict[str, Any]:
    """Read a run.

    With how many of its payments are in each state now.
    """
    run = runs.get_run(call.session, run_id, by=call.by)
    counted = runs.states_of_run(call.session, run.id)
    payouts = [{"state": state, "count": count, "total": total} for state, (count, total) in counted.items()]
    return columns_of(run) | {"payouts": payouts}


@resource.writes(f"{_RUN}/cancel", act=Act.RUN_PAYMENTS, answer=RunAnswer())
def cancel_run(call: WriteCall, run_id: UUID) -> PaymentRun:
    """Cancel a run that nobody has begun to send.

    Its transfers wait for the next one.
    """
    return runs.cancel_run(call.session, run_id, by=call.by)


@resource.writes(
    "/payment-status-files",
    act=Act.RUN_PAYMENTS,
    answer=StatusFileAnswer(),
    status=201,
    content=_CONTENT,
)
def take_in_status_file(call: WriteCall) -> StatusFileRead:
    """Take the bank's answer to payment files in.

    Send the XML itself (pain.002), or a multipart form with the part `file`. The same file twice
    changes nothing.
    """
    return status_files.take_in_status_file(call.session, _sent_file(), by=call.by)


def _payee(body: dict[str, Any]) -> TransferPayee:
    accounts = {name: body[name] for name in ("registration_number", "account_number", "iban")}
    if body["payee_name"] is None and not any(accounts.values()):
        return CITIZENS_NEMKONTO
    return account_of(body["payee_name"] or "", checked_account(**accounts))


def _sent_file() -> bytes:
    """Return the file that was sent, either way of sending it."""
    if request.mimetype in {_XML, "text/xml"}:
        content = request.get_data()
    elif request.mimetype == MULTIPART:
        content, _ = file_of_form(unnamed=_UNNAMED)
    else:
        raise ContentTypeNotOffered(where="Content-Type", offered=f"{_XML}, {MULTIPART}")
    if not content:
        raise fault(FILE, REQUIRED)
    return content
