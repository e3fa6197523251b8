"""What `docs/casework.md` names is what the rules name: its moves, its tables of words, its numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from raaderum.casework import task_sources
from raaderum.casework.task_rules import TASK_NAMES, TaskKind
from raaderum.enrolments import rules as enrolment_rules
from raaderum.enrolments.change_rules import GROUND_NAMES, LONGEST_CHANGE
from raaderum.enrolments.ending_rules import CLOSES_PURCHASES, ENDING_REASON_NAMES, EndingReason
from raaderum.goals.rules import CATEGORY_NAMES, MOST_WISHES
from raaderum.interviews.rules import MONTHS_AFTER_END
from raaderum.plans import size_of_change
from raaderum.plans.item_follow_ups import MONTHS_UNTIL_ASKED
from raaderum.plans.size_of_change import SIZE_NAMES
from raaderum.programmes.rules import ApprovalRules
from raaderum.purchases.signals import SIGNAL_NAMES
from raaderum.questionnaires.outcome_rules import PARAMETER_NAMES
from raaderum.questionnaires.rules import (
    END_ASKED_MONTHS_BEFORE,
    MOVEMENT_NAMES,
    RATING_NAMES,
    SCALES,
    Degree,
    Distance,
    Moment,
    Respondent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from raaderum.kernel.text import Text

RATINGS = dict(RATING_NAMES)


@pytest.fixture(scope="module")
def casework(repository: Path) -> str:
    return (repository / "docs/casework.md").read_text(encoding="utf-8")


def table(document: str, header: str) -> list[tuple[str, ...]]:
    """Return the rows of the table whose first header is this one."""
    lines = iter(document.splitlines())
    for line in lines:
        if line.startswith(f"| {header} |"):
            next(lines)
            break
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
    assert rows, header
    return rows


def italic(text: Text) -> str:
    return f"*{text.danish}*"


def words(names: Iterable[Text]) -> list[tuple[str, str]]:
    return [(italic(name), name.english) for name in names]


def test_the_moves_of_the_diagram_are_those_of_the_course(casework: str) -> None:
    drawn = set(re.findall(r"^    (\w+) --> (\w+):", casework, flags=re.MULTILINE))
    moves = enrolment_rules._MOVES
    assert drawn == {(str(state), str(wanted)) for state, others in moves.items() for wanted in others}


def test_the_diagram_begins_with_the_referral_and_ends_where_nothing_follows(casework: str) -> None:
    assert re.findall(r"\[\*\] --> (\w+)", casework) == [str(enrolment_rules.EnrolmentState.REFERRED)]
    last = set(re.findall(r"(\w+) --> \[\*\]", casework))
    assert last == {str(state) for state in enrolment_rules.CLOSED}


def test_every_state_stands_in_the_table_by_its_name_on_the_screens(casework: str) -> None:
    rows = [row[:2] for row in table(casework, "state")]
    assert rows == [(italic(name), f"`{state}`") for state, name in enrolment_rules.STATE_NAMES.items()]


def test_every_reason_for_an_end_stands_in_the_table(casework: str) -> None:
    rows = table(casework, "reason")
    assert [row[:2] for row in rows] == words(ENDING_REASON_NAMES.values())
    closing = {row[0] for row in rows if "open purchases are given up" in row[2]}
    assert closing == {italic(ENDING_REASON_NAMES[reason]) for reason in CLOSES_PURCHASES}


def test_the_reason_that_a_programme_must_have_names_its_key(casework: str) -> None:
    told = {row[0]: row[2] for row in table(casework, "reason")}
    assert "`no_effect_months`" in told[italic(ENDING_REASON_NAMES[EndingReason.NO_EFFECT])]


@pytest.mark.parametrize(
    ("header", "names"),
    [
        pytest.param(
            "support person: belief at the start, judgement at the end",
            {degree: RATINGS[degree] for degree in Degree},
            id="degrees",
        ),
        pytest.param("from start to end, by the citizen's own answers", MOVEMENT_NAMES, id="movements"),
        pytest.param("what has changed", PARAMETER_NAMES, id="outcome parameters"),
        pytest.param("what the dream is about", CATEGORY_NAMES, id="goal categories"),
        pytest.param("ground of a pause or extension", GROUND_NAMES, id="grounds"),
        pytest.param("task", TASK_NAMES, id="tasks"),
        pytest.param("what is unusual", SIGNAL_NAMES, id="signals"),
    ],
)
def test_a_list_stands_there_word_for_word(header: str, names: Mapping[str, Text], casework: str) -> None:
    assert sorted(row[:2] for row in table(casework, header)) == sorted(words(names.values()))


def test_the_scale_of_distance_says_which_answer_there_is_when(casework: str) -> None:
    scales = {moment: SCALES[moment, Respondent.CITIZEN] for moment in Moment}
    assert table(casework, "citizen: distance to the goal") == [
        (
            italic(RATINGS[distance]),
            RATINGS[distance].english,
            *("yes" if distance in scales[moment] else "no" for moment in Moment),
        )
        for distance in Distance
    ]


def test_the_sizes_of_change_stand_with_their_thresholds(casework: str) -> None:
    rows = {row[0]: row[1] for row in table(casework, "size")}
    assert [cell.split(" (")[0] for cell in rows] == [italic(name) for name in SIZE_NAMES.values()]
    none, minor, _, entire = rows.values()
    assert _percents(none) == [size_of_change.LARGEST_NONE * 100]
    assert _percents(minor) == [size_of_change.LARGEST_MINOR * 100]
    assert size_of_change.MOST_EXTRA == 2
    assert "one or two extra items" in minor
    assert _percents(entire) == [
        size_of_change.LARGEST_MINOR * 100,
        size_of_change.LARGEST_KEPT_OF_ENTIRE * 100,
    ]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        pytest.param(TaskKind.SCREEN, f"{task_sources.DAYS_TO_SCREEN} days after", id="screen"),
        pytest.param(TaskKind.DECIDE_PURCHASE, f"{task_sources.DAYS_TO_DECIDE} days after", id="decide"),
        pytest.param(TaskKind.CONTROL_PURCHASE, f"{task_sources.DAYS_TO_CONTROL} days after", id="control"),
        pytest.param(
            TaskKind.FIND_SUPPORT_PERSON, f"{task_sources.DAYS_TO_FIND_SUPPORT} days after", id="support"
        ),
        pytest.param(
            TaskKind.ASK_QUESTIONNAIRE,
            f"{task_sources.DAYS_BEFORE_OTHERS_ASK} days later",
            id="questionnaire",
        ),
        pytest.param(
            TaskKind.APPROVE_INVOICE, f"{task_sources.DAYS_TO_APPROVE_INVOICE} days after", id="invoice"
        ),
        pytest.param(TaskKind.HAVE_PLAN_READY, "from 7 days before", id="plan"),
        pytest.param(TaskKind.ROUND_OFF, "from 30 days before", id="end"),
    ],
)
def test_a_task_is_due_when_the_table_says(kind: TaskKind, told: str, casework: str) -> None:
    due = {row[0]: row[2] for row in table(casework, "task")}
    assert told in due[italic(TASK_NAMES[kind])]


def test_the_days_told_before_a_deadline_are_those_of_the_tasks() -> None:
    warned = dict(task_sources._WARNED_BEFORE.values())
    assert (warned[TaskKind.HAVE_PLAN_READY], warned[TaskKind.ROUND_OFF]) == (7, 30)


def test_the_deadlines_of_an_assessment_and_of_the_talks_are_those_of_the_rules(casework: str) -> None:
    told = {row[0]: row[1] for row in table(casework, "what")}
    usual = ApprovalRules()
    steps = f"assess {usual.assess_days}, comment {usual.comment_days}, team {usual.team_days} days"
    assert steps in told["a step of an assessment"]
    months = " and ".join(str(number) for number in MONTHS_AFTER_END.values())
    assert f"{months} months after the end" in told["interviews"]
    assert f"from {END_ASKED_MONTHS_BEFORE} months before" in told["questionnaires"]


def test_the_limits_named_in_the_text_are_those_of_the_rules(casework: str) -> None:
    assert f"Room for {MOST_WISHES}." in casework
    assert f"at most {LONGEST_CHANGE} days" in casework
    assert MONTHS_UNTIL_ASKED == 3
    assert "Three months after an item's first purchase" in casework


def _percents(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"(\d+) %", text)]
