"""All mapped tables, for migrations and for the tests that hold them against the database."""

from __future__ import annotations

from raaderum.audit import tables as audit
from raaderum.cards import tables as cards
from raaderum.casework import tables as casework
from raaderum.conditions import tables as conditions
from raaderum.courses import tables as courses
from raaderum.enrolments import tables as enrolments
from raaderum.exchange import tables as exchange
from raaderum.goals import tables as goals
from raaderum.guidelines import tables as guidelines
from raaderum.interviews import tables as interviews
from raaderum.invoices import tables as invoices
from raaderum.ledger import tables as ledger
from raaderum.notices import tables as notices
from raaderum.payouts import tables as payouts
from raaderum.people import tables as people
from raaderum.persistence import file_store, outbox, scheduled_runs, tenant_keys
from raaderum.persistence.database import Base
from raaderum.plans import assessment_tables as assessments
from raaderum.plans import tables as plans
from raaderum.provider_events import tables as provider_events
from raaderum.purchases import tables as purchases
from raaderum.questionnaires import tables as questionnaires
from raaderum.receipts import tables as receipts
from raaderum.reconciliation import tables as reconciliation
from raaderum.refunds import tables as refunds
from raaderum.transfers import tables as transfers
from raaderum.web import tables as web

ROOMS = (
    assessments,
    audit,
    cards,
    casework,
    conditions,
    courses,
    enrolments,
    exchange,
    file_store,
    goals,
    guidelines,
    interviews,
    invoices,
    ledger,
    notices,
    outbox,
    payouts,
    people,
    plans,
    provider_events,
    purchases,
    questionnaires,
    reconciliation,
    receipts,
    refunds,
    scheduled_runs,
    tenant_keys,
    transfers,
    web,
)
metadata = Base.metadata
