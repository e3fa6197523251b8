"""Payouts that did not go through: tried again all at once, approved again, or given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from raaderum.audit.actor import person_of
from raaderum.audit.events import AuditEvent
from raaderum.enrolments.tables import Enrolment
from raaderum.kernel import clock
from raaderum.kernel.money import Oere, format_kroner
from raaderum.ledger.rules import Move, TransactionKind
from raaderum.ledger.service import post
from raaderum.payouts.disputes import check_undisputed, disputed_among, disputed_payouts
from raaderum.payouts.mending_rules import FailedHaveChanged, NotAsSetAside
from raaderum.payouts.reserved import reserved_of
from raaderum.payouts.rules import PayoutState
from raaderum.payouts.service import (
    check_payout_state,
    clearing_account,
    digest_of,
    locked_payout,
    record_payout,
    send_again,
)
from raaderum.payouts.tables import Payout
from raaderum.people.roles import Act, require
from raaderum.plans.rules import OwnProposal
from raaderum.purchases.parts import give_part_back, is_open
from raaderum.purchases.tables import Purchase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from raaderum.audit.actor import Actor


@dataclass(frozen=True, slots=True)
class FailedPayouts:
    """How many payouts failed, and what they come to, in øre."""

    count: int
    total: Oere


@dataclass(frozen=True, slots=True)
class FailedGroup:
    """The failed payouts of one programme and one way of paying."""

    programme: str
    provider: str
    failed: FailedPayouts

    @property
    def typed_total(self) -> str:
        """The sum as a form sends it back."""
        return format_kroner(self.failed.total)


def failed_payouts(
    session: Session, *, programme: str | None = None, provider: str | None = None, by: Actor
) -> FailedPayouts:
    """Return what trying all failed payouts again would send, without doing it: the dry run."""
    require(by, Act.RETRY_PAYOUT)
    found = select(func.count(), func.coalesce(func.sum(Payout.amount), 0)).where(
        Payout.id.in_(_failed(programme, provider).with_only_columns(Payout.id))
    )
    count, total = session.execute(found).one()
    return FailedPayouts(count, Oere(int(total)))


def failed_by_programme(session: Session, *, by: Actor) -> list[FailedGroup]:
    """Return the failed payouts counted and summed by programme and way of paying."""
    require(by, Act.RETRY_PAYOUT)
    groups = (
        select(Enrolment.programme, Payout.provider, func.count(), func.sum(Payout.amount))
        .join(Enrolment, Enrolment.id == Payout.enrolment_id)
        .where(Payout.state == PayoutState.FAILED, Payout.id.not_in(disputed_payouts()))
        .group_by(Enrolment.programme, Payout.provider)
        .order_by(Enrolment.programme, Payout.provider)
    )
    return [
        FailedGroup(programme, provider, FailedPayouts(count, Oere(int(total))))
        for programme, provider, count, total in session.execute(groups)
    ]


def retry_all_failed(
    session: Session,
    *,
    programme: str | None = None,
    provider: str | None = None,
    expected_count: int,
    expected_total: Oere,
    by: Actor,
) -> FailedPayouts:
    """Try every failed payout again, each under a new key; return how many and how much.

    Raises `FailedHaveChanged` where they are no longer those that `failed_payouts` showed, so that
    nobody sends what they have not seen.
    """
    require(by, Act.RETRY_PAYOUT)
    in_order = _failed(programme, provider).order_by(Payout.id).with_for_update(of=Payout)
    failed: Sequence[Payout] = session.scalars(in_order).all()
    disputed = disputed_among(session, [payout.id for payout in failed])
    failed = [payout for payout in failed if payout.id not in disputed]
    found = FailedPayouts(len(failed), Oere(sum(payout.amount for payout in failed)))
    if found != FailedPayouts(expected_count, expected_total):
        raise FailedHaveChanged(
            where="expected_count", count=str(found.count), total=format_kroner(found.total)
        )
    # In the order in which a worker takes the accounts, so that neither waits for the other.
    for payout in sorted(failed, key=lambda one: (one.enrolment_id, one.id)):
        send_again(session, payout)
        record_payout(session, AuditEvent.PAYOUT_RETRIED, payout, by)
    return found


def approve_again(session: Session, payout_id: UUID, *, by: Actor) -> Payout:
    """Approve a payout as it is now, after its approval became void, and have it sent.

    Raises `PayoutMoveForbidden`, `OwnProposal` for who asked for the purchase, and `NotAsSetAside`
    where it is over another amount or by another provider than money was set apart for.
    """
    require(by, Act.APPROVE_INVOICE)
    payout = locked_payout(session, payout_id)
    check_payout_state(payout, PayoutState.APPROVAL_VOID)
    check_undisputed(session, payout.id)
    if by.person_id == payout.requested_by:
        raise OwnProposal(where="approved_by")
    reserved = reserved_of(session, payout.id)
    if (reserved.amount, reserved.clearing) != (payout.amount, clearing_account(payout.provider)):
        raise NotAsSetAside(where="payout", amount=format_kroner(reserved.amount))
    payout.approved_by, payout.approved_at = person_of(by), clock.now()
    payout.approval_digest = digest_of(session, payout)
    send_again(session, payout)
    record_payout(session, AuditEvent.PAYOUT_APPROVED_AGAIN, payout, by)
    return payout


def give_up_payout(session: Session, payout_id: UUID, *, by: Actor) -> Payout:
    """Give up a payout that failed or whose approval is void; its money is free again.

    Where its purchase is still open the money stays set aside for it, and can be asked for by
    another invoice or released with the purchase. Raises `PayoutMoveForbidden`.
    """
    require(by, Act.GIVE_UP_PAYOUT)
    purchase = session.scalars(
        select(Purchase)
        .where(Purchase.id == select(Payout.purchase_id).where(Payout.id == payout_id).scalar_subquery())
        .with_for_update()
    ).one_or_none()
    payout = locked_payout(session, payout_id)
    check_payout_state(payout, PayoutState.FAILED, PayoutState.APPROVAL_VOID)
    check_undisputed(session, payout.id)
    reserved = reserved_of(session, payout.id)
    if purchase is not None and is_open(purchase):
        give_part_back(purchase, reserved.amount)
    else:
        _free(session, payout, reserved.freed)
    payout.state = PayoutState.GIVEN_UP
    record_payout(session, AuditEvent.PAYOUT_GIVEN_UP, payout, by, amount=reserved.amount)
    return payout


def _free(session: Session, payout: Payout, move: Move) -> None:
    post(session, TransactionKind.RELEASE, move, key=f"give-up:{payout.id}", subject_id=payout.id)


def _failed(programme: str | None, provider: str | None) -> Select[Payout]:
    """Leave out what is said to have been paid after all: that is settled by people, one by one."""
    failed = select(Payout).where(Payout.state == PayoutState.FAILED, Payout.id.not_in(disputed_payouts()))
    if programme is not None:
        failed = failed.join(Enrolment, Enrolment.id == Payout.enrolment_id).where(
            Enrolment.programme == programme
        )
    return failed if provider is None else failed.where(Payout.provider == provider)
