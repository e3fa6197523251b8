"""One version of a programme as its file `programmes/<date>-<slug>.toml` describes it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.programmes.card import read_card_rules
from raaderum.programmes.receipt_rules import read_receipt_rules
from raaderum.programmes.rules import ApprovalRules, ProgrammeVersion, RefundPolicy, SmallPurchases
from raaderum.programmes.selections import Arm, Selection
from raaderum.programmes.small_transfers import read_small_transfers
from raaderum.tenancy.setup_errors import NameNotAllowed
from raaderum.tenancy.setup_file import SetupTable

if TYPE_CHECKING:
    from enum import StrEnum
    from pathlib import Path
    from typing import TypeVar

    from raaderum.tenancy.tenant_file import Tenant

    Member = TypeVar("Member", bound=StrEnum)

_FILE_NAME: Final = re.compile(r"(\d{4}-\d{2}-\d{2})-([a-z][a-z0-9-]{1,59})\.toml")
_MOST_KRONER: Final = 1_000_000_000
_MOST_MONTHS: Final = 60
_MOST_DAYS: Final = 366
_MOST_SUB_GOALS: Final = 50
_MOST_CITIZENS: Final = 100_000


def read_programme(path: Path, tenant: Tenant) -> ProgrammeVersion:
    """Read one version of one of the tenant's programmes; its date and slug stand in the file's name.

    Raises a `SetupInvalid` that names the file, the key and what to write.
    """
    called = f"{tenant.slug}/programmes/{path.name}"
    valid_from, slug = _date_and_slug(path.name, called)
    table = SetupTable.read(path, called=called)
    months = table.get_whole_number("months", at_least=1, at_most=_MOST_MONTHS, example="months = 12")
    version = ProgrammeVersion(
        tenant_slug=tenant.slug,
        slug=slug,
        valid_from=valid_from,
        closes_on=_closes_on(table, valid_from),
        name=_text(table, "name"),
        law=_text(table, "law"),
        target_group=table.get_text("target_group", example='target_group = "lejre_exposed"'),
        ceiling_oere=_kroner(table, "ceiling_kroner"),
        months=months,
        min_months=_min_months(table, months),
        max_sub_goals=table.get_whole_number(
            "max_sub_goals", at_least=1, at_most=_MOST_SUB_GOALS, example="max_sub_goals = 5"
        ),
        reflection_days=_days(table, "reflection_days"),
        planning_limit_days=_planning_limit_days(table),
        receipt_days=_days(table, "receipt_days"),
        payout_methods=_payout_methods(table, tenant),
        refund_policy=table.get_choice("refund_policy", RefundPolicy),
        capacity_per_year=table.find_whole_number(
            "capacity_per_year", at_least=1, at_most=_MOST_CITIZENS, example="capacity_per_year = 25"
        ),
        appropriation_oere=_kroner(table, "appropriation_kroner_per_year"),
        approval=_approval(table),
        own_conditions=_text(table, "own_conditions") if table.has("own_conditions") else None,
        max_extension_days=table.find_whole_number(
            "max_extension_days", at_least=1, at_most=_MOST_DAYS, example="max_extension_days = 90"
        ),
        no_effect_months=table.find_whole_number(
            "no_effect_months", at_least=1, at_most=_MOST_MONTHS, example="no_effect_months = 6"
        ),
        selections=_members(table, "selections", Selection),
        arms=_members(table, "arms", Arm),
        group_course=table.find_yes("group_course"),
        small_purchases=_small_purchases(table),
        small_transfers=read_small_transfers(table),
        card=read_card_rules(table),
        receipts=read_receipt_rules(table),
    )
    table.refuse_other_keys()
    return version


def _date_and_slug(name: str, called: str) -> tuple[date, str]:
    match = _FILE_NAME.fullmatch(name)
    try:
        if match is not None:
            return date.fromisoformat(match[1]), match[2]
    except ValueError:
        pass  # 2017-02-30 is refused in the same words as any other name
    raise NameNotAllowed(where=called, file=called, example="2017-01-01-mit-liv-min-styring.toml")


def _closes_on(table: SetupTable, valid_from: date) -> date | None:
    closes_on = table.find_date("closes_on", example="closes_on = 2029-12-31")
    if closes_on is not None and closes_on < valid_from:
        raise table.wrong("closes_on", example=f"closes_on = {valid_from}")
    return closes_on


def _text(table: SetupTable, key: str) -> Text:
    example = f'{key} = {{da = "på dansk", en = "in English"}}'
    inner = table.get_table(key, example=example)
    text = Text(inner.get_text("da", example=example), inner.get_text("en", example=example))
    inner.refuse_other_keys()
    return text


def _kroner(table: SetupTable, key: str) -> Oere:
    kroner = table.get_whole_number(key, at_least=1, at_most=_MOST_KRONER, example=f"{key} = 50000")
    return Oere(kroner * 100)


def _min_months(table: SetupTable, months: int) -> int:
    found = table.find_whole_number(
        "min_months", at_least=1, at_most=months, example=f"min_months = {months}"
    )
    return months if found is None else found


def _days(table: SetupTable, key: str) -> int:
    return table.get_whole_number(key, at_least=0, at_most=_MOST_DAYS, example=f"{key} = 14")


def _planning_limit_days(table: SetupTable) -> int | None:
    return table.find_whole_number(
        "planning_limit_days", at_least=1, at_most=_MOST_DAYS, example="planning_limit_days = 28"
    )


def _approval(table: SetupTable) -> ApprovalRules | None:
    if not table.has("approval"):
        return None
    inner, usual = (
        table.get_table("approval", example="approval = {assess_within_days = 14}"),
        ApprovalRules(),
    )
    rules = ApprovalRules(
        team_leader_from_oere=_kroner(inner, "team_leader_from_kroner")
        if inner.has("team_leader_from_kroner")
        else None,
        assess_days=_days_within(inner, "assess_within_days", usual.assess_days),
        comment_days=_days_within(inner, "comment_within_days", usual.comment_days),
        team_days=_days_within(inner, "team_decision_within_days", usual.team_days),
    )
    inner.refuse_other_keys()
    return rules


def _small_purchases(table: SetupTable) -> SmallPurchases | None:
    if not table.has("small_purchases"):
        return None
    inner = table.get_table("small_purchases", example="small_purchases = {approve_up_to_kroner = 300}")
    percent = inner.find_whole_number(
        "controlled_percent", at_least=1, at_most=100, example="controlled_percent = 10"
    )
    at_most = _kroner(inner, "approve_up_to_kroner")
    inner.refuse_other_keys()
    return SmallPurchases(at_most) if percent is None else SmallPurchases(at_most, percent)


def _days_within(table: SetupTable, key: str, usual: int) -> int:
    found = table.find_whole_number(key, at_least=1, at_most=_MOST_DAYS, example=f"{key} = {usual}")
    return usual if found is None else found


def _members(table: SetupTable, key: str, members: type[Member]) -> tuple[Member, ...] | None:
    """Return the members of an enumeration that a list names, None where there is no list."""
    if not table.has(key):
        return None
    example = f"{key} = {[member.value for member in members]}"
    written = table.get_texts(key, example=example)
    if not set(written) <= {member.value for member in members}:
        raise table.wrong(key, example=example)
    return tuple(members(one) for one in written)


def _payout_methods(table: SetupTable, tenant: Tenant) -> tuple[str, ...]:
    """A programme can pay only in ways that its municipality has switched on."""
    switched_on = [choice.identifier for choice in (*tenant.payout_providers, *tenant.card_issuers)]
    example = f"payout_methods = {switched_on}"
    methods = table.get_texts("payout_methods", example=example)
    if not set(methods) <= set(switched_on):
        raise table.wrong("payout_methods", example=example)
    return methods
