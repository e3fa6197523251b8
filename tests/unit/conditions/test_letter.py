from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from raaderum.conditions.letter import LetterFacts, letter_of
from raaderum.conditions.letter_pdf import LEFT_OUT, as_far_as_covered, pdf_of
from raaderum.kernel.text import Text

FACTS = LetterFacts(
    municipality="Halsnæs Kommune",
    citizen_name="Åse Ærø Øby",
    programme=Text("Mit liv – min styring", "My life – my steering"),
    law=Text("Lov fra 2017", "The 2017 act"),
    written_on=date(2026, 11, 22),
    accepted_on=date(2026, 10, 1),
    started_on=date(2026, 10, 20),
    last_day=date(2027, 10, 19),
    ended_on=None,
)


def words(facts: LetterFacts, language: str = "da") -> str:
    return " ".join(letter_of(facts, language).paragraphs)


def test_the_letter_says_who_under_which_law_and_that_the_money_is_free_of_tax() -> None:
    for said in ("Halsnæs Kommune bekræfter, at Åse Ærø Øby deltager", "Lov fra 2017", "skattefrit"):
        assert said in words(FACTS)
    assert "ikke trækkes fra i offentlige ydelser" in words(FACTS)
    assert "fra 20. oktober 2026 til og med 19. oktober 2027" in words(FACTS)
    english = words(FACTS, "en")
    for said in (
        "confirms that Åse Ærø Øby takes part",
        "The 2017 act",
        "free of tax",
        "not counted against",
    ):
        assert said in english


def test_before_the_plan_and_after_the_end_the_letter_says_so() -> None:
    planning = replace(FACTS, started_on=None, last_day=None)
    assert "begynder, når planen er godkendt" in words(planning)
    assert "Forløbet sluttede 1. maj 2027" in words(replace(FACTS, ended_on=date(2027, 5, 1)))
    left_early = words(replace(planning, ended_on=date(2026, 11, 1)))
    assert "Forløbet sluttede 1. november 2026" in left_early
    assert "begynder" not in left_early


def test_the_letter_holds_no_amount() -> None:
    for language in ("da", "en"):
        assert "kr" not in words(FACTS, language).replace("bekræfter", "").casefold().split()


def test_the_same_letter_is_the_same_file_and_another_day_another() -> None:
    letter = letter_of(FACTS, "da")
    assert pdf_of(letter) == pdf_of(letter)
    assert pdf_of(letter).startswith(b"%PDF-")
    assert pdf_of(letter_of(replace(FACTS, written_on=date(2026, 11, 23)), "da")) != pdf_of(letter)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Łucja Nguyễn-Ångström", "Łucja Nguyễn-Ångström"),
        ("A\u030ase", "Åse"),
        ("Владимир Ελένη", "Владимир Ελένη"),
        ("Mia \U0001f331\U0001f331 Holm", f"Mia {LEFT_OUT} Holm"),
        ("محمد", LEFT_OUT),
        ("Mia \u202eHolm\u202c\x07", "Mia Holm"),
    ],
    ids=["latin", "composed", "cyrillic-greek", "emoji", "arabic", "invisible"],
)
def test_a_name_is_shown_as_far_as_the_typeface_goes(name: str, shown: str) -> None:
    assert as_far_as_covered(name) == shown
    assert len(pdf_of(letter_of(replace(FACTS, citizen_name=name), "da"))) > 5_000
