"""The rules of a programme, valid from a date until the next version's."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from raaderum.kernel.identifiers import derived_id
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from raaderum.tenancy.tenant_file import Tenant


class RefundPolicy(StrEnum):
    """What becomes of the money that is left; the citizen is told which from the start."""

    WHOLE_AMOUNT = "whole_amount"
    """The whole amount is the citizen's to use."""
    BACK_TO_POOL = "back_to_pool"
    """What the sub-goals do not need returns to the pool, where another citizen may get it."""


@dataclass(frozen=True, slots=True)
class ProgrammeVersion:
    """One programme's rules in one dated version; an enrolment keeps those it began under.

    `closes_on` is the last day for new referrals, None while there is no end. `months` is the
    length of the drawing right; approval may set a shorter one down to `min_months`.
    `reflection_days` 0 is no reflection period; `planning_limit_days` None is no limit.
    `receipt_days` is how long a receipt may take. `payout_methods` are identifiers of payout
    providers that the tenant has switched on. `capacity_per_year` None is no limit.
    `appropriation_oere` is what the pool gets each calendar year.
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
    return list(value) if isinstance(value, tuple) else value
