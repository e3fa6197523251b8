"""All mapped tables, for migrations and for the tests that hold them against the database."""

from __future__ import annotations

from raaderum.audit import tables as audit
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
from raaderum.payouts import tables as payouts
from raaderum.people import tables as people
from raaderum.persistence import outbox, tenant_keys
from raaderum.persistence.database import Base
from raaderum.plans import assessment_tables as assessments
from raaderum.plans import tables as plans
from raaderum.purchases import tables as purchases
from raaderum.questionnaires import tables as questionnaires
from raaderum.refunds import tables as refunds
from raaderum.web import tables as web

ROOMS = (
    assessments,
    audit,
    casework,
    conditions,
    courses,
    enrolments,
    exchange,
    goals,
    guidelines,
    interviews,
    invoices,
    ledger,
    outbox,
    payouts,
    people,
    plans,
    purchases,
    questionnaires,
    refunds,
    tenant_keys,
    web,
)
metadata = Base.metadata
