from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from raaderum.guidelines.errors import PrecedentFileWrong, PrecedentIncomplete, QuarterWrong
from raaderum.guidelines.exchange import LARGEST_FILE, read_file
from raaderum.guidelines.rules import Decision, DoubtCase, Outcome, check_told, shown_counts
from raaderum.plans.rules import SpendingCategory

CASE = DoubtCase(
    question="Må en borger med gæld købe bil?",
    circumstances="Arbejde på skiftehold, ingen bus.",
    guideline="car",
    category=SpendingCategory.TRANSPORT,
    decision=Decision.WITH_CONDITIONS,
    reason="Driften kunne betales af lønnen.",
    quarter="2026-Q3",
)


def test_the_same_case_has_the_same_fingerprint_and_another_has_not() -> None:
    assert replace(CASE).fingerprint == CASE.fingerprint
    assert replace(CASE, reason="Noget andet.").fingerprint != CASE.fingerprint


@pytest.mark.parametrize("field", ["question", "circumstances", "reason"])
def test_a_case_says_what_a_reader_needs(field: str) -> None:
    for words in ("  ", "a" * 5_001):
        changes: dict[str, Any] = {field: words}
        with pytest.raises(PrecedentIncomplete) as refused:
            check_told(replace(CASE, **changes))
        assert refused.value.where == field


@pytest.mark.parametrize("quarter", ["2026-11-22", "2026-Q5", "", "2026"])
def test_time_is_told_by_the_quarter_alone(quarter: str) -> None:
    with pytest.raises(QuarterWrong):
        check_told(replace(CASE, quarter=quarter))


def test_a_count_below_five_is_not_shown() -> None:
    assert shown_counts(["helped"] * 5 + ["did_not_help"] * 4) == {"helped": 5}
    assert shown_counts([]) == {}


def file(**changes: Any) -> bytes:  # noqa: ANN401 - a file holds anything
    one = {
        "question": CASE.question,
        "circumstances": CASE.circumstances,
        "guideline": "car",
        "category": "transport",
        "decision": "with_conditions",
        "reason": CASE.reason,
        "outcome": "helped",
        "became": "Borgeren har stadig arbejde.",
        "quarter": "2026-Q3",
        "origin": "Halsnæs Kommune",
    } | changes
    return json.dumps(
        {"format": "raaderum-precedents", "version": 1, "origin": "Halsnæs Kommune", "precedents": [one]}
    ).encode()


def test_a_file_is_read_to_the_letter() -> None:
    [shared] = read_file(file())
    assert (shared.case, shared.outcome, shared.origin) == (CASE, Outcome.HELPED, "Halsnæs Kommune")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "ikke JSON"),
        (b"\xff\xfe", "ikke JSON"),
        (b"[]", "ikke fra et bibliotek"),
        (b"[" * 100_000, "ikke JSON"),
        (b" " * (LARGEST_FILE + 1), "for stor"),
        (b'{"format": "raaderum-precedents", "version": 1}', "ingen sager"),
        (b'{"format": "raaderum-precedents", "version": 2, "precedents": []}', "ikke fra et bibliotek"),
        (file(enrolment_id="x"), "sag 1 mangler noget eller har for meget"),
        (file(question=7), "andet end tekst"),
        (file(question="nul\x00"), "andet end tekst"),
        (file(category="cars"), "ukendt værdi"),
        (file(origin=""), "hvor den er fra"),
        (file(quarter="i går"), "sag 1: Skriv kvartalet"),
        (file(became="Ring 20304050"), "sag 1: Teksten indeholder noget, der ligner et telefonnummer"),
    ],
    ids=range(14),
)
def test_another_file_is_refused_with_its_reason(content: bytes, says: str) -> None:
    with pytest.raises(PrecedentFileWrong) as refused:
        read_file(content)
    assert says in refused.value.message.danish
