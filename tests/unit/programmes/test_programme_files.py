from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from raaderum.kernel.errors import NotFound, RuleBroken, SetupInvalid
from raaderum.kernel.identifiers import derived_id
from raaderum.kernel.money import Oere
from raaderum.programmes.directory import (
    NameUnknown,
    PinnedVersionMissing,
    ProgrammeDirectory,
    ProgrammeExpired,
    ProgrammeNotYetOpen,
    ProgrammeUnknown,
    VersionsOverlap,
    check_names,
)
from raaderum.programmes.rules import ApprovalRules, ProgrammeVersion, RefundPolicy, programme_id
from raaderum.tenancy.directory import TenantDirectory
from raaderum.tenancy.setup_errors import (
    KeyMissing,
    KeyUnknown,
    NameNotAllowed,
    SetupFileUnreadable,
    ValueWrong,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    LoadWith = Callable[..., ProgrammeDirectory]

OURS = Path(__file__).parents[3] / "tenants"
TENANT = """
id = "00000000-0000-4000-8000-000000000001"
name = "Landsby Kommune"
municipality_code = 999
languages = ["da"]
invoices_paid_by = "supplier_invoice"
ledger_export = {identifier = "file", mode = "sandbox"}
payout_providers = [
    {identifier = "supplier_invoice", mode = "sandbox"}, {identifier = "prepaid_card", mode = "sandbox"},
]
accounts = {default = "2"}
"""
DREAMS = """
target_group = "dreamers"
ceiling_kroner = 50000
months = 12
max_sub_goals = 5
reflection_days = 0
receipt_days = 14
payout_methods = ["supplier_invoice"]
refund_policy = "back_to_pool"
appropriation_kroner_per_year = 2375000
name = {da = "Drømme", en = "Dreams"}
law = {da = "Lov fra 2017", en = "The 2017 act"}
"""
FIRST = "2017-01-01-dreams.toml"
SECOND = "2022-07-01-dreams.toml"


@pytest.fixture
def load_with(tmp_path: Path) -> LoadWith:
    """Load a municipality with these programme files."""
    folder = tmp_path / "tenants"
    (folder / "landsby" / "programmes").mkdir(parents=True)
    (folder / "landsby" / "tenant.toml").write_text(TENANT, encoding="utf-8")

    def load(files: dict[str, str]) -> ProgrammeDirectory:
        for name, content in files.items():
            (folder / "landsby" / "programmes" / name).write_text(content, encoding="utf-8")
        return ProgrammeDirectory.load(folder, TenantDirectory.load(folder))

    return load


def closing(on: str) -> str:
    return f"closes_on = {on}\n{DREAMS}"


def test_a_file_becomes_a_version_with_amounts_in_oere(load_with: LoadWith) -> None:
    (version,) = load_with({FIRST: DREAMS})
    assert (version.tenant_slug, version.slug, version.valid_from) == ("landsby", "dreams", date(2017, 1, 1))
    assert version.ceiling_oere == 50_000_00
    assert version.appropriation_oere == 2_375_000_00
    assert (version.months, version.min_months) == (12, 12)
    assert version.refund_policy is RefundPolicy.BACK_TO_POOL
    assert version.payout_methods == ("supplier_invoice",)
    assert (version.name.danish, version.name.english) == ("Drømme", "Dreams")
    assert (version.closes_on, version.planning_limit_days, version.capacity_per_year) == (None, None, None)
    assert version.file == "landsby/programmes/2017-01-01-dreams.toml"


def test_optional_rules_are_read(load_with: LoadWith) -> None:
    more = "min_months = 6\nplanning_limit_days = 28\ncapacity_per_year = 25\ncloses_on = 2018-12-31\n"
    (version,) = load_with({FIRST: more + DREAMS})
    assert (version.min_months, version.planning_limit_days, version.capacity_per_year) == (6, 28, 25)
    assert version.closes_on == date(2018, 12, 31)


@pytest.mark.parametrize(
    ("day", "valid_from"),
    [
        (date(2017, 1, 1), date(2017, 1, 1)),
        (date(2022, 6, 30), date(2017, 1, 1)),
        (date(2022, 7, 1), date(2022, 7, 1)),
        (date(2026, 1, 1), date(2022, 7, 1)),
    ],
)
def test_a_version_is_in_force_until_the_next_one_begins(
    load_with: LoadWith, day: date, valid_from: date
) -> None:
    programmes = load_with({FIRST: DREAMS, SECOND: DREAMS.replace("months = 12", "months = 15")})
    assert programmes.version_in_force("landsby", "dreams", on=day).valid_from == valid_from


def test_an_enrolment_keeps_the_version_it_began_under(load_with: LoadWith) -> None:
    programmes = load_with({FIRST: DREAMS, SECOND: DREAMS.replace("months = 12", "months = 15")})
    assert programmes.version_in_force("landsby", "dreams", on=date(2023, 1, 1)).months == 15
    assert programmes.pinned("landsby", "dreams", date(2017, 1, 1)).months == 12


def test_an_enrolment_keeps_its_version_also_when_the_programme_has_closed(load_with: LoadWith) -> None:
    programmes = load_with({FIRST: closing("2019-12-31")})
    assert programmes.pinned("landsby", "dreams", date(2017, 1, 1)).closes_on == date(2019, 12, 31)


def test_a_programme_takes_referrals_to_its_last_day_and_none_after_it(load_with: LoadWith) -> None:
    programmes = load_with({FIRST: closing("2019-12-31")})
    assert programmes.version_in_force("landsby", "dreams", on=date(2019, 12, 31)).slug == "dreams"
    with pytest.raises(ProgrammeExpired, match="2019-12-31") as caught:
        programmes.version_in_force("landsby", "dreams", on=date(2020, 1, 1))
    assert isinstance(caught.value, RuleBroken)


def test_between_two_versions_a_programme_can_be_closed(load_with: LoadWith) -> None:
    programmes = load_with({FIRST: closing("2019-12-31"), SECOND: DREAMS})
    with pytest.raises(ProgrammeExpired):
        programmes.version_in_force("landsby", "dreams", on=date(2022, 6, 30))
    assert programmes.version_in_force("landsby", "dreams", on=date(2022, 7, 1)).closes_on is None


def test_before_its_first_day_a_programme_is_not_yet_open(load_with: LoadWith) -> None:
    with pytest.raises(ProgrammeNotYetOpen, match="2017-01-01") as caught:
        load_with({FIRST: DREAMS}).version_in_force("landsby", "dreams", on=date(2016, 12, 31))
    assert isinstance(caught.value, RuleBroken)


@pytest.mark.parametrize(("tenant", "programme"), [("landsby", "nightmares"), ("byen", "dreams")])
def test_an_unknown_programme_is_an_error_of_the_not_found_family(
    load_with: LoadWith, tenant: str, programme: str
) -> None:
    programmes = load_with({FIRST: DREAMS})
    with pytest.raises(ProgrammeUnknown) as caught:
        programmes.version_in_force(tenant, programme, on=date(2020, 1, 1))
    assert isinstance(caught.value, NotFound)
    with pytest.raises(ProgrammeUnknown):
        programmes.pinned(tenant, programme, date(2017, 1, 1))


def test_a_pinned_version_whose_file_is_gone_names_the_file(load_with: LoadWith) -> None:
    with pytest.raises(PinnedVersionMissing, match=r"landsby/programmes/2016-01-01-dreams\.toml"):
        load_with({FIRST: DREAMS}).pinned("landsby", "dreams", date(2016, 1, 1))


@pytest.mark.parametrize("last_day", ["2022-07-01", "2030-01-01"])
def test_versions_that_overlap_are_refused(load_with: LoadWith, last_day: str) -> None:
    with pytest.raises(VersionsOverlap) as caught:
        load_with({FIRST: closing(last_day), SECOND: DREAMS})
    assert caught.value.values["file"] == f"landsby/programmes/{FIRST}"
    assert caught.value.values["other"] == f"landsby/programmes/{SECOND}"


def test_a_version_that_closes_the_day_before_the_next_does_not_overlap(load_with: LoadWith) -> None:
    assert len(list(load_with({FIRST: closing("2022-06-30"), SECOND: DREAMS}))) == 2


def test_two_versions_of_one_day_are_refused(load_with: LoadWith) -> None:
    (version,) = load_with({FIRST: DREAMS})
    with pytest.raises(VersionsOverlap):
        ProgrammeDirectory([version, dataclasses.replace(version, months=15)])


def test_a_tenants_versions_come_by_programme_and_date(load_with: LoadWith) -> None:
    programmes = load_with({SECOND: DREAMS, FIRST: DREAMS, "2018-01-01-awake.toml": DREAMS})
    assert [version.file.split("/")[-1] for version in programmes.of_tenant("landsby")] == [
        "2018-01-01-awake.toml",
        FIRST,
        SECOND,
    ]
    assert programmes.of_tenant("byen") == ()


@pytest.mark.parametrize(
    "name",
    ["dreams.toml", "2017-1-1-dreams.toml", "2017-02-30-dreams.toml", "2017-01-01-Drømme.toml", "notes.txt"],
)
def test_a_file_whose_name_gives_no_date_and_slug_is_refused(load_with: LoadWith, name: str) -> None:
    with pytest.raises(NameNotAllowed) as caught:
        load_with({name: DREAMS})
    assert name in caught.value.message.danish
    assert "2017-01-01-" in caught.value.message.danish


def test_hidden_files_are_passed_over_and_a_tenant_may_have_no_programme(load_with: LoadWith) -> None:
    assert list(load_with({".2017-01-01-dreams.toml.swp": "rubbish"})) == []


@pytest.mark.parametrize(
    ("line", "instead", "error", "key"),
    [
        ("ceiling_kroner = 50000", "", KeyMissing, "ceiling_kroner"),
        ("ceiling_kroner = 50000", "ceiling_kroner = 0", ValueWrong, "ceiling_kroner"),
        ("ceiling_kroner = 50000", "ceiling_kroner = -1", ValueWrong, "ceiling_kroner"),
        ("ceiling_kroner = 50000", "ceiling_kroner = 50000.00", ValueWrong, "ceiling_kroner"),
        ("ceiling_kroner = 50000", 'ceiling_kroner = "50.000"', ValueWrong, "ceiling_kroner"),
        ("ceiling_kroner = 50000", "ceiling_kroner = 50000\nceiling = 5", KeyUnknown, "ceiling"),
        ("months = 12", "months = 0", ValueWrong, "months"),
        ("months = 12", "months = 61", ValueWrong, "months"),
        ("months = 12", "months = 12\nmin_months = 13", ValueWrong, "min_months"),
        ("months = 12", "months = 12\nmin_months = 0", ValueWrong, "min_months"),
        ("months = 12", "months = 12\ncloses_on = 2016-12-31", ValueWrong, "closes_on"),
        ("months = 12", 'months = 12\ncloses_on = "2018-12-31"', ValueWrong, "closes_on"),
        ("months = 12", "months = 12\ncloses_on = 2018-12-31T12:00:00", ValueWrong, "closes_on"),
        ("months = 12", "months = 12\ncapacity_per_year = 0", ValueWrong, "capacity_per_year"),
        ("months = 12", 'months = 12\nselections = ["guessed"]', ValueWrong, "selections"),
        ("months = 12", 'months = 12\narms = ["group", "group"]', ValueWrong, "arms"),
        ("months = 12", "months = 12\narms = []", ValueWrong, "arms"),
        ("months = 12", 'months = 12\ngroup_course = "yes"', ValueWrong, "group_course"),
        ("months = 12", "months = 12\nplanning_limit_days = 0", ValueWrong, "planning_limit_days"),
        ("max_sub_goals = 5", "max_sub_goals = 0", ValueWrong, "max_sub_goals"),
        ("reflection_days = 0", "reflection_days = -1", ValueWrong, "reflection_days"),
        ("receipt_days = 14", "receipt_days = 400", ValueWrong, "receipt_days"),
        ('refund_policy = "back_to_pool"', 'refund_policy = "keep"', ValueWrong, "refund_policy"),
        ('["supplier_invoice"]', "[]", ValueWrong, "payout_methods"),
        ('["supplier_invoice"]', '["cash"]', ValueWrong, "payout_methods"),
        ('["supplier_invoice"]', '["supplier_invoice", "supplier_invoice"]', ValueWrong, "payout_methods"),
        ('name = {da = "Drømme", en = "Dreams"}', 'name = "Drømme"', ValueWrong, "name"),
        ('name = {da = "Drømme", en = "Dreams"}', 'name = {da = "Drømme"}', KeyMissing, "name.en"),
        ('en = "Dreams"', 'en = "Dreams", de = "Träume"', KeyUnknown, "name.de"),
        ("2375000", "0", ValueWrong, "appropriation_kroner_per_year"),
    ],
)
def test_a_fault_is_told_with_file_key_and_what_to_write(
    load_with: LoadWith, line: str, instead: str, error: type[SetupInvalid], key: str
) -> None:
    assert line in DREAMS
    with pytest.raises(error) as caught:
        load_with({FIRST: DREAMS.replace(line, instead)})
    assert caught.value.where == f"landsby/programmes/{FIRST}"
    assert caught.value.values["key"] == key
    for text in (caught.value.message.danish, caught.value.message.english):
        assert f"landsby/programmes/{FIRST}" in text
        assert key in text


def test_a_file_that_is_no_toml_is_told(load_with: LoadWith) -> None:
    with pytest.raises(SetupFileUnreadable, match=FIRST):
        load_with({FIRST: "months = = 12"})


def test_the_digest_depends_on_the_rules_and_not_on_the_layout(load_with: LoadWith) -> None:
    (version,) = load_with({FIRST: DREAMS})
    turned = "# a comment\n" + "\n\n".join(reversed(DREAMS.strip().splitlines()))
    (same,) = load_with({FIRST: turned})
    assert same.rules_digest == version.rules_digest
    assert len(version.rules_digest) == 64


def test_the_rules_of_approval_are_the_usual_ones_where_the_file_is_silent(load_with: LoadWith) -> None:
    (silent,) = load_with({FIRST: DREAMS})
    version = load_with({SECOND: OTHER_DREAMS}).pinned("landsby", "dreams", date(2022, 7, 1))
    assert silent.approval_rules == ApprovalRules(None, assess_days=14, comment_days=7, team_days=14)
    assert version.approval_rules == ApprovalRules(
        Oere(30_000_00), assess_days=14, comment_days=5, team_days=14
    )


@pytest.mark.parametrize("line", ["team_leader_from_kroner = 0", "assess_within_days = 0", "days = 7"])
def test_a_wrong_rule_of_approval_stops_the_start(load_with: LoadWith, line: str) -> None:
    with pytest.raises(SetupInvalid, match=rf"approval\.{line.split(maxsplit=1)[0]}"):
        load_with({FIRST: f"{DREAMS}\n[approval]\n{line}\n"})


@pytest.mark.parametrize(
    "field", [field.name for field in dataclasses.fields(ProgrammeVersion)], ids=lambda name: name
)
def test_the_digest_depends_on_every_rule(load_with: LoadWith, field: str) -> None:
    (version,) = load_with({FIRST: DREAMS})
    others = load_with({SECOND: OTHER_DREAMS}).pinned("landsby", "dreams", date(2022, 7, 1))
    other = dataclasses.replace(others, tenant_slug="byen", slug="nightmares")
    changed = dataclasses.replace(version, **{field: getattr(other, field)})
    assert changed != version
    assert changed.rules_digest != version.rules_digest


OTHER_DREAMS = """
closes_on = 2029-12-31
target_group = "sleepers"
ceiling_kroner = 60000
months = 15
min_months = 6
max_sub_goals = 4
reflection_days = 7
planning_limit_days = 28
receipt_days = 7
payout_methods = ["prepaid_card"]
refund_policy = "whole_amount"
capacity_per_year = 25
selections = ["drawn"]
arms = ["individual", "group"]
group_course = true
appropriation_kroner_per_year = 1
max_extension_days = 90
no_effect_months = 6
own_conditions = {da = "Kom til tiden.", en = "Be on time."}
name = {da = "Søvn", en = "Sleep"}
approval = {team_leader_from_kroner = 30000, comment_within_days = 5}
small_purchases = {approve_up_to_kroner = 300, controlled_percent = 20}
small_transfers.at_most_kroner = 500
small_transfers.per_month_kroner = 900
small_transfers.own_lane = {at_most_kroner = 100, per_month_kroner = 300}
receipts = {needed_from_kroner = 100, grace_hours = 48}
card = {release_days_before_need = 3, per_payment_kroner = 1500, blocked_categories = ["7995"], hold_days = 8}
law = {da = "Lov fra 2022", en = "The 2022 act"}
"""


def test_the_names_that_programmes_use_must_be_known(load_with: LoadWith) -> None:
    programmes = load_with({FIRST: DREAMS, SECOND: OTHER_DREAMS})
    check_names(programmes, {"dreamers", "sleepers"}, {"supplier_invoice", "prepaid_card"})
    with pytest.raises(NameUnknown) as caught:
        check_names(programmes, {"dreamers"}, {"supplier_invoice", "prepaid_card"})
    assert caught.value.where == f"landsby/programmes/{SECOND}"
    assert (caught.value.values["key"], caught.value.values["name"]) == ("target_group", "sleepers")
    with pytest.raises(NameUnknown) as caught:
        check_names(programmes, {"dreamers", "sleepers"}, {"supplier_invoice"})
    assert (caught.value.values["key"], caught.value.values["name"]) == ("payout_methods", "prepaid_card")


def test_a_programme_has_one_id_through_all_versions_and_another_in_another_municipality() -> None:
    tenants = TenantDirectory.load(OURS)
    kolding, lejre = tenants.by_slug("kolding"), tenants.by_slug("lejre")
    slug = "personligt-borgerstyret-budget"
    assert programme_id(kolding, slug) == derived_id(kolding.id, f"programme:{slug}")
    assert programme_id(kolding, slug) != programme_id(lejre, slug)
