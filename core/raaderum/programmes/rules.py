"""The rules of a programme, valid from a date until the next version's."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from raaderum.kernel.identifiers import derived_id
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.programmes.card import CardRules
from raaderum.programmes.receipt_rules import ReceiptRules
from raaderum.programmes.small_transfers import SmallTransfers

if TYPE_CHECKING:
    from raaderum.programmes.selections import Arm, Selection
    from raaderum.tenancy.tenant_file import Tenant


class RefundPolicy(StrEnum):
    """What becomes of the money that is left; the citizen is told which from the start."""

    WHOLE_AMOUNT = "whole_amount"
    """The whole amount is the citizen's to use."""
    BACK_TO_POOL = "back_to_pool"
    """What the sub-goals do not need returns to the pool, where another citizen may get it."""


@dataclass(frozen=True, slots=True)
class ApprovalRules:
    """Who approves a plan by its value, and how many days each step may take before it is late.

    From `team_leader_from_oere` on a team leader approves, None: a coordinator approves them all.
    """

    team_leader_from_oere: Oere | None = None
    assess_days: int = 14
    comment_days: int = 7
    team_days: int = 14


@dataclass(frozen=True, slots=True)
class SmallPurchases:
    """Purchases of up to `at_most_oere` that are approved by rule where nothing about them is unusual.

    Of 100 that were, about `controlled_percent` are drawn at random to be looked at afterwards.
    """

    at_most_oere: Oere
    controlled_percent: int = 10


@dataclass(frozen=True, slots=True)
class ProgrammeVersion:
    """One programme's rules in one dated version; an enrolment keeps those it began under.

    `closes_on` is the last day for new referrals, None while there is no end. `months` is the
    length of the drawing right; approval may set a shorter one down to `min_months`.
    `reflection_days` 0 is no reflection period; `planning_limit_days` None is no limit.
    `receipt_days` is how long a receipt may take. `payout_methods` are identifiers of payout
    providers that the tenant has switched on. `capacity_per_year` None is no limit.
    `appropriation_oere` is what the pool gets each calendar year. `approval` None is the usual
    rules, as `approval_rules` has them. `own_conditions` is a paragraph of the municipality's own in
    the conditions. `max_extension_days` is how much an enrolment can be extended in all; None: only
    a team leader extends. After `no_effect_months` a course without effect can end; None: it cannot.
    `selections` are the ways in which citizens are selected among those referred, None where everybody
    who fits gets an offer; `arms` are the ways the course is run, None where there is one. Where
    `group_course`, a group course comes before the first plan is approved, but for the individual arm.
    """

    tenant_slug: str
    slug: str
    valid_from: date
    closes_on: date | None
    name: Text
    law: Text
    target_group: str
    ceiling_oere: Oere
    months: int
    min_months: int
    max_sub_goals: int
    reflection_days: int
    planning_limit_days: int | None
    receipt_days: int
    payout_methods: tuple[str, ...]
    refund_policy: RefundPolicy
    capacity_per_year: int | None
    appropriation_oere: Oere
    approval: ApprovalRules | None = None
    own_conditions: Text | None = None
    max_extension_days: int | None = None
    no_effect_months: int | None = None
    selections: tuple[Selection, ...] | None = None
    arms: tuple[Arm, ...] | None = None
    group_course: bool | None = None
    small_purchases: SmallPurchases | None = None
    small_transfers: SmallTransfers | None = None
    card: CardRules | None = None
    receipts: ReceiptRules | None = None

    @property
    def approval_rules(self) -> ApprovalRules:
        """The file's own rules of approval, else the usual ones."""
        return self.approval or ApprovalRules()

    @property
    def receipt_rules(self) -> ReceiptRules:
        """The file's own rules of receipts, else the usual ones."""
        return self.receipts or ReceiptRules()

    @property
    def card_rules(self) -> CardRules:
        """The file's own rules for cards, else the usual ones."""
        return self.card or CardRules()

    @property
    def file(self) -> str:
        """The name of the file the version stands in, from the folder of the tenants on."""
        return f"{self.tenant_slug}/programmes/{self.valid_from}-{self.slug}.toml"

    @property
    def rules_digest(self) -> str:
        """SHA-256 (hex) of everything the version says, the same however the file is laid out.

        What is not set does not count, so a rule that is added later changes no older digest.
        """
        content = {
            name: _canonical(value)
            for name in sorted(self.__dataclass_fields__)
            if (value := getattr(self, name)) is not None
        }
        written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(written.encode()).hexdigest()


def programme_id(tenant: Tenant, slug: str) -> UUID:
    """Return the id of a programme, the same for all of its versions."""
    return derived_id(tenant.id, f"programme:{slug}")


def _canonical(value: object) -> object:
    if isinstance(value, Text):
        return {"da": value.danish, "en": value.english}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, ApprovalRules | CardRules | SmallPurchases | SmallTransfers | ReceiptRules):
        return asdict(value)
    return list(value) if isinstance(value, tuple) else value
