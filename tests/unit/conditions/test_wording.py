from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from raaderum.conditions.rules import LANGUAGES, ConditionsChanged, SignedOutsideOffer, check_signed
from raaderum.conditions.wording import EDITION, terms_of
from raaderum.kernel.money import Oere
from raaderum.kernel.text import Text
from raaderum.programmes.directory import ProgrammeDirectory
from raaderum.programmes.rules import ProgrammeVersion, RefundPolicy
from raaderum.tenancy.directory import TenantDirectory

OURS = Path(__file__).parents[3] / "tenants"
VERSIONS = list(ProgrammeDirectory.load(OURS, TenantDirectory.load(OURS)))
LTT = next(one for one in VERSIONS if one.slug == "langtidsledige-tager-teten")
LEJRE = next(one for one in VERSIONS if one.tenant_slug == "lejre")
WORDS_OF_THIS_EDITION = "bf05117ec6f38d73"


def words(rules: ProgrammeVersion, language: str = "da", *, ceiling: int = 50_000_00) -> str:
    return terms_of(rules, municipality="Kommunen", ceiling=Oere(ceiling)).in_language(language).text


@pytest.mark.parametrize("rules", VERSIONS, ids=lambda one: one.file)
def test_every_programmes_conditions_say_all_that_a_citizen_must_know(rules: ProgrammeVersion) -> None:
    danish, english = words(rules), words(rules, "en")
    for said in (
        "50.000,00 kr.", f"{rules.months} måneder", "støtteperson", "kommunen betaler", "kvitteringen senest",
        "serviceloven", "LAB", "LAS", "erstatter aldrig", "ikke skat", "ikke trukket fra i dine ydelser",
        "tro og love", "kræve dem betalt tilbage", "Du kan stoppe", "bede om en anden", rules.law.danish,
    ):  # fmt: skip
        assert said in danish, said
    for said in (
        "never replaces",
        "no tax",
        "not counted against your benefits",
        "solemnly",
        rules.law.english,
    ):
        assert said in english, said
    assert "{" not in danish + english


def test_what_becomes_of_the_rest_is_said_in_plain_words() -> None:
    assert "Hele beløbet er dit at bruge" in words(
        next(one for one in VERSIONS if one.tenant_slug == "kolding")
    )
    assert "går tilbage til puljen" in words(LTT)


def test_the_job_programme_tells_its_week_its_four_weeks_and_its_six_to_twelve_months() -> None:
    assert "7 dage til at tænke dig om" in words(LTT)
    assert "højst 28 dage til at lave din plan" in words(LTT)
    assert "i 6 til 12 måneder" in words(LTT)
    assert "tænke dig om" not in words(LEJRE)
    assert "tid til at drømme og planlægge" in words(LEJRE)


def test_a_lower_ceiling_and_the_municipalitys_own_paragraph_are_part_of_the_text() -> None:
    assert "op til 12.345,00 kr." in words(LEJRE, ceiling=12_345_00)
    own = replace(LEJRE, own_conditions=Text("Ring, hvis du bliver forhindret.", "Call if you cannot come."))
    assert "Ring, hvis du bliver forhindret." in words(own)
    assert "Call if you cannot come." in words(own, "en")


def test_the_hash_is_of_exactly_the_text_and_finds_the_language_that_was_shown() -> None:
    terms = terms_of(LTT, municipality="Aarhus Kommune", ceiling=Oere(50_000_00))
    for language in LANGUAGES:
        wording = terms.in_language(language)
        assert wording.digest == hashlib.sha256(wording.text.encode()).hexdigest()
        assert terms.shown_with(wording.digest) == wording
    assert terms.version == f"2015-01-01/{EDITION}"


def test_other_words_than_those_that_hold_now_are_not_accepted() -> None:
    before = terms_of(LTT, municipality="Aarhus Kommune", ceiling=Oere(50_000_00)).in_language("da")
    now = terms_of(LTT, municipality="Aarhus Kommune", ceiling=Oere(40_000_00))
    with pytest.raises(ConditionsChanged):
        now.shown_with(before.digest)


def test_whoever_changes_a_word_counts_the_edition_up() -> None:
    one = replace(LTT, name=Text("N", "N"), law=Text("L", "L"), refund_policy=RefundPolicy.BACK_TO_POOL)
    other = replace(
        one, min_months=12, planning_limit_days=None, reflection_days=0, own_conditions=Text("O", "O")
    )
    variants = (one, replace(other, refund_policy=RefundPolicy.WHOLE_AMOUNT))
    everything = "".join(words(rules, language) for rules in variants for language in LANGUAGES)
    digest = hashlib.sha256(everything.encode()).hexdigest()
    assert (EDITION, digest[:16]) == (1, WORDS_OF_THIS_EDITION)


@pytest.mark.parametrize("signed_on", [date(2026, 10, 31), date(2026, 11, 23)], ids=str)
def test_a_paper_is_signed_between_the_offer_and_today(signed_on: date) -> None:
    offered_on, today = date(2026, 11, 1), date(2026, 11, 22)
    check_signed(offered_on, offered_on=offered_on, today=today)
    check_signed(today, offered_on=offered_on, today=today)
    with pytest.raises(SignedOutsideOffer):
        check_signed(signed_on, offered_on=offered_on, today=today)
