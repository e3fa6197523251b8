"""Two people writing a plan at once: the second is told, and what a person wrote is never too long unsaid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.kernel.money import Oere
from raaderum.plans.rules import ItemInvalid, MotivationTooLong, PlanMovedOn
from raaderum.plans.service import draft_plan, items_of, latest_version
from raaderum.testing.cases import Case, licence_item

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.plans.rules import ItemDraft


def test_whoever_wrote_on_top_of_an_older_version_is_told(
    run_in: Case, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    municipality = run_in.municipality
    words = {"motivation": "", "items": [licence_item(run_in, Oere(1_000_00))]}
    draft_by = municipality.support_person
    act(draft_plan, run_in.enrolment_id, **words, by=draft_by, based_on=0)
    with refused(PlanMovedOn) as refusal:
        act(draft_plan, run_in.enrolment_id, **words, by=municipality.coordinator, based_on=0)
    assert (refusal.code, refusal.where) == ("plan_moved_on", "based_on")
    assert refusal.danish.startswith("Version 1 er skrevet, mens du skrev. Intet af det, du skrev, er tabt")
    act(draft_plan, run_in.enrolment_id, **words, by=municipality.coordinator, based_on=1)
    assert read(latest_version, run_in.enrolment_id) == 2


def test_without_saying_what_it_builds_on_a_version_is_kept_anyway(
    run_in: Case, act: Callable[..., Any]
) -> None:
    words = {"motivation": "", "items": [licence_item(run_in, Oere(1_000_00))]}
    by = run_in.municipality.support_person
    versions = [act(draft_plan, run_in.enrolment_id, **words, by=by).version for _ in range(3)]
    assert versions == [1, 2, 3]


@pytest.mark.parametrize(
    ("field", "length"), [("theory_of_change", 10_000_000), ("who_will_teach", 501), ("description", 501)]
)
def test_an_item_of_a_book_is_refused_with_how_much_there_is_room_for(
    run_in: Case, act: Callable[..., Any], refused: Callable[..., Any], field: str, length: int
) -> None:
    item = _with(run_in, **{field: "å" * length})
    with refused(ItemInvalid) as refusal:
        act(
            draft_plan,
            run_in.enrolment_id,
            motivation="",
            items=[item],
            by=run_in.municipality.support_person,
        )
    assert refusal.where == f"items[0].{field}"
    assert f"Post 1: teksten fylder {length} tegn; der er plads til" in refusal.danish


def test_a_motivation_of_ten_megabytes_is_refused(
    run_in: Case, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    items = [licence_item(run_in, Oere(1_000_00))]
    by = run_in.municipality.support_person
    with refused(MotivationTooLong):
        act(draft_plan, run_in.enrolment_id, motivation="a" * 10_000_000, items=items, by=by)


def test_who_will_teach_is_kept_with_the_item(
    run_in: Case, act: Callable[..., Any], read: Callable[..., Any]
) -> None:
    items = [_with(run_in, who_will_teach=" Min nabo Ole 🎸 "), licence_item(run_in, Oere(1_00))]
    plan = act(
        draft_plan, run_in.enrolment_id, motivation="", items=items, by=run_in.municipality.coordinator
    )
    assert [item.who_will_teach for item in read(items_of, plan.id)] == ["Min nabo Ole 🎸", ""]


def _with(case: Case, **words: str) -> ItemDraft:
    return replace(licence_item(case, Oere(1_000_00)), **words)  # type: ignore[arg-type] # only texts
