from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from raaderum.demo.cohort.case_counts import CaseCounts, Left, left_of
from raaderum.demo.cohort.comparison import CohortCounts, Compared, compare
from raaderum.demo.cohort.history_counts import CohortMissesFigures, checked_counts, counts_of_history
from raaderum.demo.cohort.made_history import MadeUpHistory, make_history
from raaderum.demo.cohort.printing import lines_of
from raaderum.demo.cohort.published import PUBLISHED, Origin, Unit
from raaderum.demo.cohort.register_extract import make_register_extract


@pytest.fixture(scope="module")
def counts() -> CohortCounts:
    return counts_of_history(make_history(), make_register_extract())


@pytest.mark.parametrize(
    "figure", PUBLISHED, ids=lambda figure: f"{figure.table} {figure.where} {figure.measure}"
)
def test_every_published_figure_comes_out_of_the_made_up_citizens(
    counts: CohortCounts, figure: object
) -> None:
    (compared,) = [one for one in compare(counts) if one.published is figure]
    assert compared.is_near, (compared.computed, compared.published.value)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_figures_come_out_whatever_the_seed(seed: int) -> None:
    history = make_history(seed)
    assert checked_counts(history, make_register_extract(seed)).ltt.citizens == 97


def test_whole_counts_are_met_exactly(counts: CohortCounts) -> None:
    exact = [one for one in compare(counts) if one.published.unit in {Unit.CITIZENS, Unit.KRONER}]
    assert len(exact) > 10
    assert {one.difference for one in exact} == {Decimal(0)}


def test_a_history_that_misses_a_figure_is_refused() -> None:
    history = make_history()
    someone = replace(history.trial[30], ratings=None)
    spoilt = MadeUpHistory((*history.trial[:30], someone, *history.trial[31:]), history.ltt)
    with pytest.raises(CohortMissesFigures, match="answered"):
        checked_counts(spoilt, make_register_extract())


def test_the_job_programme_is_no_part_of_the_trials_figures(counts: CohortCounts) -> None:
    assert counts.of("all").citizens == 101
    assert counts.of("ltt").answered == 0


def test_what_comes_from_registers_is_told_apart(counts: CohortCounts) -> None:
    of_registers = {one.table for one in PUBLISHED if one.origin is Origin.REGISTERS}
    assert of_registers == {"Figur 5.1", "Figur 5.2", "Tabel 5.3", "Figur 5.4", "Figur 5.5"}
    printed = "\n".join(lines_of(compare(counts)))
    assert printed.count("*") == 1 + sum(one.origin is Origin.REGISTERS for one in PUBLISHED)
    assert "opdigtet registerudtræk" in printed


def test_the_print_says_how_many_are_near_and_marks_those_that_are_not(counts: CohortCounts) -> None:
    compared = compare(counts)
    assert lines_last(compared).startswith(f"{len(compared)} af {len(compared)} tal")
    wrong = (replace(compared[0], computed=Decimal(19)), *compared[1:])
    assert lines_last(wrong).startswith(f"{len(compared) - 1} af ")
    assert sum(line.endswith("UDEN FOR") for line in lines_of(wrong)) == 1
    assert sum(line.endswith("OUTSIDE") for line in lines_of(wrong, english=True)) == 1


def lines_last(compared: tuple[Compared, ...]) -> str:
    return list(lines_of(compared))[-1]


def test_a_figure_without_cases_is_zero_and_no_error() -> None:
    nobody = CohortCounts(
        dict.fromkeys(("aarhus", "halsnaes", "kolding", "lejre"), CaseCounts()),
        CaseCounts(),
        counts_of_history(make_history(), make_register_extract()).registers,
    )
    of_cases = [one for one in compare(nobody) if one.published.origin is Origin.CASES]
    assert {one.computed for one in of_cases} == {Decimal(0)}
    assert not any(one.is_near for one in of_cases if one.published.value > 1)


@pytest.mark.parametrize(
    ("spent", "left"),
    [
        (50_000_00, Left.NEARLY_NOTHING),
        (48_000_00, Left.NEARLY_NOTHING),
        (47_999_99, Left.OTHERWISE),
        (47_000_00, Left.ABOUT_3000),
        (43_000_00, Left.FROM_7000_TO_11000),
        (38_999_99, Left.OTHERWISE),
    ],
)
def test_what_is_left_is_told_in_the_notes_words(spent: int, left: Left) -> None:
    assert left_of(spent) is left
