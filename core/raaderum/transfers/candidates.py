"""The transfers that a run would pay, each checked: the dry run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVarTuple

from sqlalchemy import select

from raaderum.enrolments.rules import EnrolmentState
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere
from raaderum.payouts.bank_days import bank_day_on_or_after
from raaderum.payouts.disputes import disputed_among
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.people.tables import Citizen
from raaderum.plugin_api import RecipientField
from raaderum.plugin_host.installed import plugins
from raaderum.programmes.installed import newest_rules, rules_of
from raaderum.purchases.payees import PayeeKind, PurchaseMethod
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.tables import Purchase
from raaderum.transfers.lanes import provider_for
from raaderum.transfers.rules import Lane, LaneClosed, caps_of
from raaderum.transfers.run_rules import Candidate, CandidateFacts, RunFinding, find_obstacle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor
    from raaderum.plugin_api import Manifest

_RULES_KEPT: Final = 64
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a run of a programme would send now: `count` transfers of `total` øre, paid on `pay_on`.

    `held_back` are those that would not go along, each with its finding.
    """

    programme: str
    provider: str
    pay_on: date
    going: tuple[Candidate, ...]
    held_back: tuple[Candidate, ...]

    @property
    def count(self) -> int:
        """How many would be sent."""
        return len(self.going)

    @property
    def total(self) -> Oere:
        """What they come to, in øre."""
        return Oere(sum(one.amount for one in self.going))


def dry_run(session: Session, programme: str, *, by: Actor, lock: bool = False) -> DryRun:
    """Check every approved, unpaid transfer of a programme; with `lock` they stay as they are until the end.

    Raises `ProgrammeUnknown`, and `LaneClosed` where the programme's newest rules name no way to transfer.
    """
    require(by, Act.RUN_PAYMENTS)
    provider = provider_for(newest_rules(programme, on=clock.today()))
    manifest = plugins().payout_providers[provider].manifest
    limit = _limit_by_rules(programme, manifest)
    found = [*_approved(session, programme, lock=lock), *_failed(session, programme, provider, lock=lock)]
    checked = [_checked(one, manifest, limit, by) for one in found]
    going = [one for one in checked if one.finding is None]
    room = manifest.limits.per_batch
    left_over = [] if room is None else [_for_the_next(one) for one in going[room:]]
    return DryRun(
        programme,
        provider,
        bank_day_on_or_after(clock.today()),
        tuple(going[:room]),
        (*(one for one in checked if one.finding is not None), *left_over),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    purchase: Purchase
    payout: Payout | None
    enrolment: Enrolment
    has_cpr: bool


def _approved(session: Session, programme: str, *, lock: bool) -> Iterable[_Found]:
    approved = (
        select(Purchase, Enrolment, Citizen.cpr_sealed)
        .join(Enrolment, Enrolment.id == Purchase.enrolment_id)
        .join(Citizen, Citizen.id == Enrolment.citizen_id)
        .where(
            Enrolment.programme == programme,
            Purchase.method == PurchaseMethod.TRANSFER,
            Purchase.state == PurchaseState.APPROVED,
        )
        .order_by(Purchase.id)
    )
    for purchase, enrolment, cpr in session.execute(_locked(approved, Purchase, lock=lock)):
        yield _Found(purchase, None, enrolment, bool(cpr))


def _failed(session: Session, programme: str, provider: str, *, lock: bool) -> Iterable[_Found]:
    failed = (
        select(Purchase, Payout, Enrolment, Citizen.cpr_sealed)
        .join(Payout, Payout.purchase_id == Purchase.id)
        .join(Enrolment, Enrolment.id == Payout.enrolment_id)
        .join(Citizen, Citizen.id == Enrolment.citizen_id)
        .where(
            Enrolment.programme == programme,
            Payout.provider == provider,
            Payout.payee_kind.is_not(None),
            Payout.state == PayoutState.FAILED,
        )
        .order_by(Payout.id)
    )
    found = session.execute(_locked(failed, Payout, lock=lock)).all()
    # One that is said to have been paid after all waits for people, and is in no run.
    disputed = disputed_among(session, [payout.id for _, payout, _, _ in found])
    for purchase, payout, enrolment, cpr in found:
        if payout.id in disputed:
            continue
        yield _Found(purchase, payout, enrolment, bool(cpr))


def _locked(query: Select[*Columns], of: type[Purchase | Payout], *, lock: bool) -> Select[*Columns]:
    if not lock:
        return query
    return query.with_for_update(of=of).execution_options(populate_existing=True)


def _checked(
    found: _Found, manifest: Manifest, limit: Callable[[date, str], Oere | None], by: Actor
) -> Candidate:
    purchase, payout, enrolment = found.purchase, found.payout, found.enrolment
    amount = Oere(purchase.amount if payout is None else payout.amount)
    facts = CandidateFacts(
        amount=amount,
        is_under_way=enrolment.state == EnrolmentState.ACTIVE,
        is_own=by.person_id == purchase.requested_by,
        has_payee=_has_payee(found, manifest),
        per_payment=limit(enrolment.rules_from, purchase.lane or Lane.SUPPORTED),
    )
    return Candidate(
        purchase.id,
        None if payout is None else payout.id,
        enrolment.id,
        purchase.code if payout is None else payout.code,
        amount,
        find_obstacle(facts),
    )


def _has_payee(found: _Found, manifest: Manifest) -> bool:
    if found.purchase.payee_kind == PayeeKind.NEMKONTO:
        return found.has_cpr and RecipientField.CPR in manifest.recipient_fields
    return found.purchase.payee_sealed is not None and RecipientField.ACCOUNT in manifest.recipient_fields


def _limit_by_rules(programme: str, manifest: Manifest) -> Callable[[date, str], Oere | None]:
    """Return what one transfer may be at most, by the rules that an enrolment is pinned to."""

    @lru_cache(maxsize=_RULES_KEPT)
    def limit(rules_from: date, lane: str) -> Oere | None:
        limits = [manifest.limits.per_payment] if manifest.limits.per_payment is not None else []
        try:
            limits.append(caps_of(rules_of(programme, rules_from).small_transfers, Lane(lane)).at_most)
        except LaneClosed:
            limits.append(Oere(0))
        return min(limits)

    return limit


def _for_the_next(one: Candidate) -> Candidate:
    return Candidate(
        one.purchase_id, one.payout_id, one.enrolment_id, one.code, one.amount, RunFinding.RUN_FULL
    )
