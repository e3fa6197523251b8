"""The programmes that we ship, held against what the sources say of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from raaderum.programmes.directory import ProgrammeDirectory
from raaderum.programmes.rules import RefundPolicy
from raaderum.tenancy.directory import TenantDirectory

OURS = Path(__file__).parents[3] / "tenants"
PLAIN = "personligt-borgerstyret-budget"
LTT = "langtidsledige-tager-teten"
EACH = [
    ("aarhus", LTT),
    ("aarhus", PLAIN),
    ("halsnaes", "mit-liv-min-styring"),
    ("kolding", PLAIN),
    ("lejre", PLAIN),
]


@pytest.fixture(scope="module")
def programmes() -> ProgrammeDirectory:
    return ProgrammeDirectory.load(OURS, TenantDirectory.load(OURS))


def test_there_are_five_programmes_in_four_municipalities(programmes: ProgrammeDirectory) -> None:
    assert sorted({(version.tenant_slug, version.slug) for version in programmes}) == EACH


@pytest.mark.parametrize(("tenant", "programme"), EACH)
def test_each_grants_up_to_fifty_thousand_kroner_and_five_sub_goals(
    programmes: ProgrammeDirectory, tenant: str, programme: str
) -> None:
    version = programmes.version_in_force(tenant, programme, on=date(2018, 1, 1))
    assert version.ceiling_oere == 50_000_00
    assert version.months == 12
    assert version.max_sub_goals == 5
    assert version.receipt_days == 14


@pytest.mark.parametrize(("tenant", "programme"), EACH)
def test_each_takes_referrals_today(programmes: ProgrammeDirectory, tenant: str, programme: str) -> None:
    assert programmes.version_in_force(tenant, programme, on=date(2026, 6, 1)).closes_on is None


def test_ltt_has_a_week_of_reflection_four_weeks_to_plan_and_six_to_twelve_months(
    programmes: ProgrammeDirectory,
) -> None:
    version = programmes.version_in_force("aarhus", LTT, on=date(2016, 1, 1))
    assert (version.reflection_days, version.planning_limit_days) == (7, 28)
    assert (version.min_months, version.months) == (6, 12)


def test_kolding_runs_twelve_months_under_the_first_act_and_fifteen_under_the_second(
    programmes: ProgrammeDirectory,
) -> None:
    days = (date(2022, 6, 30), date(2022, 7, 1))
    assert [programmes.version_in_force("kolding", PLAIN, on=day).months for day in days] == [12, 15]


def test_kolding_lets_the_citizen_use_the_whole_amount_and_halsnaes_takes_the_rest_back(
    programmes: ProgrammeDirectory,
) -> None:
    assert programmes.of_tenant("kolding")[0].refund_policy is RefundPolicy.WHOLE_AMOUNT
    (halsnaes,) = programmes.of_tenant("halsnaes")
    assert halsnaes.refund_policy is RefundPolicy.BACK_TO_POOL
    assert halsnaes.appropriation_oere == 2_375_000_00


def test_no_two_versions_have_the_same_digest(programmes: ProgrammeDirectory) -> None:
    digests = [version.rules_digest for version in programmes]
    assert len(set(digests)) == len(digests) == 6
