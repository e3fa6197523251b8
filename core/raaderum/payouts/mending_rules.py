"""What can be wrong when payouts that did not go through are mended; pure."""

from __future__ import annotations

from raaderum.kernel.errors import Conflict, RuleBroken
from raaderum.kernel.text import Text


class FailedHaveChanged(Conflict):
    """The failed payouts are not those that were shown."""

    code = "failed_payouts_changed"
    text = Text(
        "Der er nu {count} fejlede betalinger på i alt {total}. Se dem igennem, og prøv igen.",
        "There are now {count} failed payments of {total} in all. Look through them and try again.",
    )


class NotAsSetAside(RuleBroken):
    """A payout was changed to another amount or another way of paying than money was set apart for."""

    code = "payout_not_as_set_aside"
    text = Text(
        "Der er sat {amount} af til denne betaling, og den er ændret. Opgiv den, og begynd forfra.",
        "{amount} was set aside for this payment, and it has been changed. Give it up and start again.",
    )
