"""Payouts and every try at them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from raaderum.enrolments.service import record_look_up
from raaderum.payouts import service
from raaderum.people.roles import Act
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, cursor_of_id, page_answer, page_of
from raaderum.web.resources.case import shown_payouts_of
from raaderum.web.resources.shapes import shown_payout, shown_payouts
from raaderum.web.schemas.purchases import (
    PayoutAnswer,
    PayoutQuery,
    PayoutsAnswer,
    PayoutWithAttemptsAnswer,
)

resource = Resource("payouts", __name__, description="What is paid, and what became of it.")


@resource.reads(
    "/enrolments/<uuid:enrolment_id>/payouts", act=Act.SEE_CASE, answer=PayoutsAnswer(), recorded=True
)
def list_payouts_of_enrolment(call: Call, enrolment_id: UUID) -> dict[str, Any]:
    """List the payouts of an enrolment with their attempts.

    The newest comes first. That the case was looked at is recorded.
    """
    record_look_up(call.session, enrolment_id, by=call.by)
    return {"items": shown_payouts_of(call.session, enrolment_id)}


@resource.reads(
    "/payouts",
    act=Act.SEE_LEDGER,
    query=PayoutQuery(),
    answer=page_answer(PayoutWithAttemptsAnswer(), "PayoutPageAnswer"),
)
def list_payouts(call: Call, query: dict[str, Any]) -> Page:
    """List the municipality's payouts with their attempts.

    The newest comes first. Those that `failed` can be tried again.
    """
    rows = service.payouts_before(call.session, query["after"], state=query["state"], most=query["limit"] + 1)
    page = page_of(rows, query["limit"], cursor_of_id)
    attempts = service.attempts_of_payouts(call.session, [row.id for row in page.items])
    return Page(
        [one | {"attempts": attempts[one["id"]]} for one in shown_payouts(call.session, page.items)],
        page.next,
    )


@resource.writes("/payouts/<uuid:payout_id>/retry", act=Act.RETRY_PAYOUT, answer=PayoutAnswer())
def retry_payout(call: WriteCall, payout_id: UUID) -> dict[str, Any]:
    """Try a failed payout again.

    Only one that failed: where nobody knows the outcome, nothing is sent before the provider says.
    """
    return shown_payout(call.session, service.retry_payout(call.session, payout_id, by=call.by))
