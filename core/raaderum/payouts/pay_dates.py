"""When a payment is expected to be with the payee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.kernel import clock
from raaderum.payouts.bank_days import expected_pay_date
from raaderum.payouts.rules import PayoutState
from raaderum.plugin_host.installed import plugins

if TYPE_CHECKING:
    from datetime import date

    from raaderum.payouts.tables import Payout

_ON_ITS_WAY = frozenset({PayoutState.RESERVED, PayoutState.SENDING})


def expected_on(payout: Payout) -> date | None:
    """Return the day on which a payout on its way is expected to be paid; None for any other.

    Its due date, moved to a bank day and on by what the provider needs, and never a day that is over.
    """
    if payout.state not in _ON_ITS_WAY:
        return None
    kind = plugins().payout_providers.get(payout.provider)
    lead = kind.manifest.lead_bank_days if kind is not None else 0
    approved_on = clock.day_of(payout.approved_at)
    expected = expected_pay_date(due_on=payout.due_on, sent_on=approved_on, lead_bank_days=lead)
    today = clock.today()
    return expected if expected >= today else expected_pay_date(due_on=today, sent_on=today, lead_bank_days=0)
