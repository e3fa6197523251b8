from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import Accepted, Completed, Outcome, Refused, Text, Unknown
from raaderum.plugin_host.guard import AT_ONCE, Question, answers_in_waves, looked_up, outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SENT = "Køreskolen 12.500 kr. 610170-1234"
GOOD = [
    Completed("2026-000001"),
    Accepted("batch-7"),
    Refused("no_funds", Text("nej", "no")),
    Unknown("time-out"),
]


@pytest.fixture
def held_up() -> Iterator[threading.Event]:
    """What a slow provider waits for; let go at the end, so that no thread is left behind."""
    event = threading.Event()
    yield event
    event.set()


def fail(error: BaseException) -> Callable[[], object]:
    def call() -> object:
        raise error

    return call


def patient(event: threading.Event) -> Callable[[], Outcome]:
    def call() -> Outcome:
        event.wait(timeout=10)
        return Completed("late")

    return call


@pytest.mark.parametrize("guard", [outcome_of, looked_up])
@pytest.mark.parametrize("answer", GOOD)
def test_a_providers_answer_goes_through_as_it_is(
    guard: Callable[[Callable[[], object]], Outcome | None], answer: Outcome
) -> None:
    assert guard(lambda: answer) == answer


@pytest.mark.parametrize("guard", [outcome_of, looked_up])
@pytest.mark.parametrize("error", [RuntimeError(SENT), KeyError(SENT), TimeoutError(SENT), SystemExit(SENT)])
def test_an_exception_means_unknown_and_its_text_is_told_nowhere(
    guard: Callable[[Callable[[], object]], Outcome | None],
    error: BaseException,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = guard(fail(error))
    assert isinstance(answer, Unknown)
    assert type(error).__name__ in answer.reason
    assert type(error).__name__ in caplog.text
    assert SENT not in f"{answer} {caplog.text}"
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize("guard", [outcome_of, looked_up])
@pytest.mark.parametrize(
    "nonsense",
    [True, "paid", 200, {"status": "ok"}, object(), Completed, Completed(None), Completed("\0"), ()],  # type: ignore[arg-type] # that is the nonsense
)
def test_a_nonsense_answer_means_unknown(
    guard: Callable[[Callable[[], object]], Outcome | None], nonsense: object
) -> None:
    assert isinstance(guard(lambda: nonsense), Unknown)


def test_none_is_an_answer_to_a_look_up_but_not_to_an_order() -> None:
    assert looked_up(lambda: None) is None
    assert isinstance(outcome_of(lambda: None), Unknown)


def test_no_question_gives_no_answer() -> None:
    assert [wave for wave in answers_in_waves([]) if wave] == []


def test_the_slow_one_is_unknown_and_holds_nobody_up(held_up: threading.Event) -> None:
    questions = [
        Question("slow", patient(held_up)),
        Question("quick", lambda: Completed("a")),
        Question("quick", lambda: Completed("b")),
    ]
    begun = time.monotonic()
    waves = answers_in_waves(questions, first_wave=0.05, patience=0.15)
    assert next(waves) == {1: Completed("a"), 2: Completed("b")}
    assert next(waves) == {0: Unknown("time-out")}
    assert list(waves) == []
    assert time.monotonic() - begun < 2


def test_an_answer_within_patience_comes_in_the_second_wave() -> None:
    answered = threading.Event()

    def a_little_later() -> Outcome:
        answered.wait(timeout=10)
        return Completed("a")

    waves = answers_in_waves([Question("one", a_little_later)], first_wave=0.01, patience=10)
    assert next(waves) == {}
    answered.set()
    assert next(waves) == {0: Completed("a")}


def test_a_question_that_was_never_asked_is_no_unknown_payment(held_up: threading.Event) -> None:
    questions = [Question("slow", patient(held_up)) for _ in range(AT_ONCE + 3)]
    *_, last = answers_in_waves(questions, first_wave=0.01, patience=0.05)
    assert [last[number] for number in range(AT_ONCE)] == [Unknown("time-out")] * AT_ONCE
    assert [last[number] for number in range(AT_ONCE, AT_ONCE + 3)] == [None] * 3


def test_questions_are_asked_at_the_same_time() -> None:
    together = threading.Barrier(8)

    def meet() -> Outcome:
        together.wait(timeout=5)
        return Completed("met")

    answers = {
        number: answer
        for wave in answers_in_waves([Question("one", meet)] * 8, patience=6)
        for number, answer in wave.items()
    }
    assert set(answers.values()) == {Completed("met")}
