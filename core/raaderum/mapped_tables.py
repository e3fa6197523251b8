"""All mapped tables, for migrations and for the tests that hold them against the database."""

from __future__ import annotations

from raaderum.audit import tables as audit
from raaderum.enrolments import tables as enrolments
from raaderum.goals import tables as goals
from raaderum.invoices import tables as invoices
from raaderum.ledger import tables as ledger
from raaderum.payouts import tables as payouts
from raaderum.people import tables as people
from raaderum.persistence import outbox, tenant_keys
from raaderum.persistence.database import Base
from raaderum.plans import tables as plans
from raaderum.purchases import tables as purchases
from raaderum.refunds import tables as refunds
from raaderum.web import tables as web

ROOMS = (
    audit,
    enrolments,
    goals,
    invoices,
    ledger,
    outbox,
    payouts,
    people,
    plans,
    purchases,
    refunds,
    tenant_keys,
    web,
)
metadata = Base.metadata
