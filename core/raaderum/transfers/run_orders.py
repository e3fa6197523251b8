"""A run's orders as the provider goes through them: a page at a time, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import and_, not_, select

from raaderum.payouts.payees import load_payees
from raaderum.payouts.rules import APPROVAL_VOID, AttemptState
from raaderum.payouts.service import order_of
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.persistence.unit_of_work import reading
from raaderum.plugin_api import KeyedOrder
from raaderum.transfers.tables import PaymentRunLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy import Select

_PAGE: Final = 1_000


class RunOrders:
    """The orders of one run, the same each time they are gone through, whatever is told meanwhile.

    Names and CPR numbers are opened for a page and let go with it.
    """

    def __init__(self, run_id: UUID) -> None:
        self._run_id = run_id

    def __iter__(self) -> Iterator[KeyedOrder]:
        """Go through the orders by their payouts' ids."""
        last: UUID | None = None
        while True:
            with reading() as session:
                rows = session.execute(_page(self._run_id, last)).all()
                load_payees(session, [payout for payout, _ in rows])
                orders = [
                    KeyedOrder(order_of(session, payout, attempt=attempt.number), attempt.idempotency_key)
                    for payout, attempt in rows
                ]
            if not orders:
                return
            yield from orders
            last = orders[-1].order.payout_id


def lines_to_send(run_id: UUID) -> Select[Payout, PayoutAttempt]:
    """Return the query for a run's lines without those whose approval was found void before sending."""
    was_void = and_(PayoutAttempt.state == AttemptState.REFUSED, PayoutAttempt.explanation == APPROVAL_VOID)
    return (
        select(Payout, PayoutAttempt)
        .join(PaymentRunLine, PaymentRunLine.payout_id == Payout.id)
        .join(PayoutAttempt, PayoutAttempt.id == PaymentRunLine.attempt_id)
        .where(PaymentRunLine.run_id == run_id, not_(was_void))
        .order_by(Payout.id)
    )


def _page(run_id: UUID, last: UUID | None) -> Select[Payout, PayoutAttempt]:
    page = lines_to_send(run_id).limit(_PAGE)
    return page if last is None else page.where(Payout.id > last)
