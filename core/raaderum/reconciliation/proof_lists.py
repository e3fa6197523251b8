"""The lists that the proof holds against each other: our books', the providers' and the bank's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import TextClause, text

from raaderum.payouts.service import clearing_account
from raaderum.reconciliation.proof_rules import Moved

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

_OURS_AT_PROVIDER: Final = text("""
    with theirs as (
        select payout_id, refund_id, reference, idempotency_key from provider_movement
        where provider = :provider and moved_at between :since and :until and gone_at is null
    )
    select 'payout:' || p.id as key, p.amount, 'payout' as thing, p.id as thing_id, p.code as label
    from payout p where p.state = 'paid' and p.provider = :provider
        and (p.paid_at between :since and :until
        or p.id in (select payout_id from theirs))
    union all
    select 'refund:' || r.id, -r.amount, 'refund', r.id, coalesce(r.credit_note_number, p.code)
    from refund r join payout p on p.id = r.payout_id
    where r.state = 'booked' and r.kind = 'credit_note' and p.provider = :provider
        and (r.booked_at between :since and :until
        or r.id in (select refund_id from theirs))
    union all
    select 'claim:' || c.id, c.amount, 'payout', p.id, p.code
    from payout_claim c join payout p on p.id = c.payout_id
    join payout_attempt a on a.id = c.attempt_id
    where p.provider = :provider
        and (c.made_at between :since and :until
        or a.idempotency_key in (select idempotency_key from theirs))
    union all
    select 'fee:' || f.id, f.amount, 'fee', f.id, f.code
    from reminder_fee f where f.state = 'booked' and f.provider = :provider
        and (f.booked_at between :since and :until
        or 'fee:' || f.id in (select idempotency_key from theirs))
    union all
    select 'card:' || f.transaction, case f.kind when 'refunded' then -f.amount else f.amount end,
        'enrolment', c.enrolment_id, coalesce(f.transaction, '')
    from card_fact f join card_payment c on c.id = f.payment_id
    where f.transaction is not null and f.kind in ('captured', 'refunded') and c.issuer = :provider
        and (f.occurred_at between :since and :until
        or f.transaction in (select reference from theirs))
""")
_THEIRS_AT_PROVIDER: Final = text("""
    select case when c.id is not null then 'claim:' || c.id
                when fee.id is not null then 'fee:' || fee.id
                when m.payout_id is not null then 'payout:' || m.payout_id
                when m.refund_id is not null then 'refund:' || m.refund_id
                when f.id is not null then 'card:' || m.reference end,
        m.amount, 'movement', m.id, m.reference
    from provider_movement m
    left join payout p on p.id = m.payout_id
    left join refund r on r.id = m.refund_id
    left join payout_attempt a on a.idempotency_key = m.idempotency_key
    left join payout_claim c on c.attempt_id = a.id
    left join reminder_fee fee on fee.provider = m.provider
        and (m.idempotency_key = 'fee:' || fee.id or (m.idempotency_key is null and m.code = fee.code))
    left join lateral (
        select card_fact.id, card_fact.occurred_at from card_fact
        join card_payment on card_payment.id = card_fact.payment_id
        where card_fact.transaction = m.reference and card_payment.issuer = m.provider limit 1
    ) f on true
    where m.provider = :provider and m.gone_at is null

        and (m.moved_at between :since and :until
        or c.made_at between :since and :until
        or fee.booked_at between :since and :until
        or p.paid_at between :since and :until
        or r.booked_at between :since and :until
        or f.occurred_at between :since and :until)
""")
_OURS_AT_BANK: Final = text("""
    with told as (
        select case outcome when 'matched' then payout_id end as payout_id, refund_id, run_id
        from statement_line
        where booked_on between :first_day and :last_day and outcome in ('matched', 'returned', 'reversed')
    ), in_runs as (
        select l.payout_id, l.run_id from payment_run_line l
        join statement_line s on s.run_id = l.run_id and s.outcome = 'matched'
    )
    select coalesce('run:' || i.run_id, 'payout:' || p.id), p.amount, 'payout', p.id, p.code
    from payout p left join in_runs i on i.payout_id = p.id
    where p.state = 'paid' and p.provider = :provider and (
        (p.paid_at between :since and :until and (
            p.paid_at < :expected_until
            or p.id in (select payout_id from statement_line where outcome = 'matched')
            or i.run_id is not null))
        or p.id in (select payout_id from told where payout_id is not null)
        or i.run_id in (select run_id from told)
    )
    union all
    select 'claim:' || c.id, c.amount, 'payout', p.id, p.code
    from payout_claim c join payout p on p.id = c.payout_id
    join statement_line s on s.claim_id = c.id and s.outcome = 'matched'
    where p.provider = :provider and s.booked_on between :first_day and :last_day
    union all
    select 'claim back:' || c.id, -c.amount, 'payout', p.id, p.code
    from payout_claim c join payout p on p.id = c.payout_id
    join statement_line s on s.claim_id = c.id and s.outcome <> 'matched'
    where p.provider = :provider and s.booked_on between :first_day and :last_day
    union all
    select 'refund:' || r.id, -r.amount, 'refund', r.id, p.code
    from refund r join payout p on p.id = r.payout_id
    where r.kind = 'bank_return' and p.provider = :provider
        and (r.booked_at between :since and :until
        or r.id in (select refund_id from told))
""")
_THEIRS_AT_BANK: Final = text("""
    select case when s.claim_id is not null and s.outcome = 'matched' then 'claim:' || s.claim_id
                when s.claim_id is not null then 'claim back:' || s.claim_id
                when s.refund_id is not null then 'refund:' || s.refund_id
                when s.run_id is not null then 'run:' || s.run_id
                else 'payout:' || s.payout_id end,
        -s.amount, 'line', s.id, coalesce(s.reference, '')
    from statement_line s
    left join payout_claim c on c.id = s.claim_id
    left join payout p on p.id = coalesce(s.payout_id, c.payout_id)
    left join refund r on r.id = s.refund_id
    left join payment_run run on run.id = s.run_id
    where s.outcome in ('matched', 'returned', 'reversed')
        and coalesce(p.provider, run.provider) = :provider

        and (s.booked_on between :first_day and :last_day
        or p.paid_at between :since and :until
        or r.booked_at between :since and :until
            or exists (select 1 from payment_run_line l join payout q on q.id = l.payout_id
                       where l.run_id = s.run_id and q.paid_at between :since and :until))
""")
_WAITING_AT_BANK: Final = text("""
    select null, -amount, 'line', id, coalesce(reference, '') from statement_line
    where outcome in ('waiting', 'suggested', 'unmatched') and booked_on between :first_day and :last_day
""")
_SEEN_AT_BANK: Final = text("""
    select distinct p.provider from statement_line s
    left join payment_run_line l on l.run_id = s.run_id
    join payout p on p.id = coalesce(s.payout_id, l.payout_id)
    where s.outcome in ('matched', 'returned', 'reversed')
""")
_BANK_UNTIL: Final = text("select max(until) from statement where is_final")
_SPENT_BY_CASE: Final = text("""
    with summed as (
        select a.owner_id as enrolment_id, sum(e.amount) as amount
        from ledger_transaction t
        join ledger_entry e on e.transaction_id = t.id
        join ledger_account a on a.id = e.account_id and a.kind = 'spent'
        where exists (select 1 from payout p where p.id = t.subject_id)
            or exists (select 1 from refund r where r.id = t.subject_id and r.kind <> 'card')
        group by 1
    ), said as (
        select enrolment_id, sum(amount) as amount from (
            select enrolment_id, amount from payout where state = 'paid'
            union all select enrolment_id, -amount from refund where kind <> 'card'
        ) as one group by 1
    )
    select 'case:' || enrolment_id, amount, 'enrolment', enrolment_id, '' , 'ledger' from summed
    union all select 'case:' || enrolment_id, amount, 'enrolment', enrolment_id, '', 'states' from said
""")
_CLEARING: Final = text("""
    select coalesce((select sum(amount) from ledger_entry where account_id = :account), 0),
        coalesce((select sum(amount) from payout
                  where provider = :provider and state in ('reserved', 'sending', 'unknown')), 0)
""")
_PROVIDERS: Final = text("select distinct provider from payout order by 1")


class Days:
    """A range of days, as dates and as moments, and the moment up to which the bank must have told."""

    def __init__(
        self, first_day: date, last_day: date, since: datetime, until: datetime, expected_until: datetime
    ) -> None:
        self.values: dict[str, Any] = {
            "first_day": first_day,
            "last_day": last_day,
            "since": since,
            "until": until,
            "expected_until": expected_until,
        }


def ours_at_provider(session: Session, provider: str, days: Days) -> list[Moved]:
    """Return what our books say a provider has moved within the days, or that it says it has."""
    return _moved(session, _OURS_AT_PROVIDER, provider, days)


def theirs_at_provider(session: Session, provider: str, days: Days) -> list[Moved]:
    """Return what a provider says it has moved within the days, or that we say it has."""
    return _moved(session, _THEIRS_AT_PROVIDER, provider, days)


def ours_at_bank(session: Session, provider: str, days: Days) -> list[Moved]:
    """Return what our books say has gone through the bank, and what the bank has told of."""
    return _moved(session, _OURS_AT_BANK, provider, days)


def theirs_at_bank(session: Session, provider: str, days: Days) -> list[Moved]:
    """Return the lines of the bank that belong to a provider's payments."""
    return _moved(session, _THEIRS_AT_BANK, provider, days)


def waiting_at_bank(session: Session, days: Days) -> list[Moved]:
    """Return the lines of the bank that belong to nothing yet."""
    return _moved(session, _WAITING_AT_BANK, "", days)


def providers_seen_at_bank(session: Session) -> set[str]:
    """Return the providers whose payments the bank has ever told of."""
    return set(session.scalars(_SEEN_AT_BANK))


def bank_until(session: Session) -> date | None:
    """Return the last day that a statement has told of."""
    told: date | None = session.execute(_BANK_UNTIL).scalar_one()
    return told


def providers_in_use(session: Session) -> list[str]:
    """Return the providers that any payout has gone through."""
    return list(session.scalars(_PROVIDERS))


def spent_two_ways(session: Session) -> tuple[list[Moved], list[Moved]]:
    """Return what payments spent, case by case: by the ledger's entries, and by the payments' states."""
    ledger: list[Moved] = []
    states: list[Moved] = []
    for key, amount, thing, thing_id, label, way in session.execute(_SPENT_BY_CASE):
        (ledger if way == "ledger" else states).append(Moved(key, int(amount), thing, thing_id, label))
    return [one for one in ledger if one.amount], [one for one in states if one.amount]


def clearing_two_ways(session: Session, provider: str) -> tuple[UUID, int, int]:
    """Return a provider's clearing account, its balance by entries, and by the payouts that are under way."""
    account = clearing_account(provider)
    by_entries, by_states = session.execute(_CLEARING, {"account": account.id, "provider": provider}).one()
    return account.id, int(by_entries), int(by_states)


def _moved(session: Session, statement: TextClause, provider: str, days: Days) -> list[Moved]:
    values = {**days.values, "provider": provider}
    wanted = {name: values[name] for name in statement.compile().params}
    return [
        Moved(key, int(amount), thing, thing_id, label)
        for key, amount, thing, thing_id, label in session.execute(statement, wanted)
    ]
