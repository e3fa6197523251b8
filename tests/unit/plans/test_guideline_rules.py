from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from raaderum.kernel.text import Text
from raaderum.plans.guideline_rules import (
    GuidelineCategoryUnknown,
    OutsideGuidelines,
    check_guideline_categories,
    check_reasons,
    guidelines_touched,
)
from raaderum.tenancy.directory import TenantDirectory
from raaderum.tenancy.guideline_file import Guideline, Verdict

CAR = Guideline(
    identifier="car",
    verdict=Verdict.NEEDS_JUDGEMENT,
    title=Text("Bil", "Car"),
    reason=Text("Kan give gæld.", "Can bring debt."),
    categories=("transport",),
    words=("bil", "varebil*", "brugt knallert"),
    not_words=("kørekort",),
)
DEBT = replace(
    CAR,
    identifier="debt",
    verdict=Verdict.OUTSIDE,
    title=Text("Gæld", "Debt"),
    categories=("debt",),
    words=("gæld*",),
    not_words=(),
)


@dataclass(frozen=True)
class Item:
    description: str
    category: str = "other"


@pytest.mark.parametrize(
    ("description", "is_touched"),
    [
        ("Bil", True),
        ("en BILS forsikring", True),
        ("bilen til mor", True),
        ("to biler", True),
        ("bilernes dæk", True),
        ("varebilsleje", True),
        ("En brugt knallert", True),
        ("billet til toget", False),
        ("billeder i ramme", False),
        ("mobil", False),
        ("automobil", False),
        ("kørekort til bil", False),
        ("bilkørekort", False),
        ("", False),
    ],
)
def test_a_word_touches_in_all_its_danish_endings_and_in_nothing_else(
    description: str, *, is_touched: bool
) -> None:
    assert bool(guidelines_touched([Item(description)], [CAR])) is is_touched


def test_a_category_touches_whatever_the_words() -> None:
    [touched] = guidelines_touched([Item("Kørekort til bil", "transport"), Item("Seng")], [DEBT, CAR])
    assert (touched.guideline, touched.descriptions) == (CAR, ("Kørekort til bil",))


def test_guidelines_come_in_their_own_order_with_all_their_items() -> None:
    items = [Item("Bil"), Item("Afdrag", "debt"), Item("Gældsbreve")]
    assert [
        (one.guideline.identifier, one.descriptions) for one in guidelines_touched(items, [DEBT, CAR])
    ] == [
        ("debt", ("Afdrag", "Gældsbreve")),
        ("car", ("Bil",)),
    ]


def test_only_what_lies_outside_asks_for_a_reason() -> None:
    touched = guidelines_touched([Item("Bil"), Item("gæld")], [DEBT, CAR])
    with pytest.raises(OutsideGuidelines) as refused:
        check_reasons(touched, set())
    assert "uden for rammerne: Gæld. Skriv, hvorfor" in refused.value.message.danish
    check_reasons(touched, {"debt"})
    check_reasons(guidelines_touched([Item("Bil")], [CAR]), set())


def test_our_four_municipalities_have_guidelines_that_name_known_categories() -> None:
    tenants = TenantDirectory.load(Path("tenants"))
    check_guideline_categories(tenants.tenants)
    verdicts = {
        tenant.slug: {one.identifier: one.verdict for one in tenant.guidelines} for tenant in tenants.tenants
    }
    assert verdicts["halsnaes"]["debt"] is Verdict.INSIDE
    assert verdicts["aarhus"]["debt"] is Verdict.NEEDS_JUDGEMENT
    for of_tenant in verdicts.values():
        assert of_tenant["statutory_support"] is Verdict.OUTSIDE
        assert of_tenant["car"] is of_tenant["property"] is Verdict.NEEDS_JUDGEMENT


def test_a_category_that_nothing_is_spent_on_is_refused_at_the_start() -> None:
    tenant = replace(
        TenantDirectory.load(Path("tenants")).by_slug("lejre"),
        guidelines=(replace(CAR, categories=("cars",)),),
    )
    with pytest.raises(GuidelineCategoryUnknown) as refused:
        check_guideline_categories([tenant])
    assert "lejre: retningslinjen »car« nævner kategorien »cars«" in refused.value.message.danish
