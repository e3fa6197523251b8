from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.enrolments.screening_rules import (
    CONCLUSION_NAMES,
    FIT_NAMES,
    TOPIC_QUESTIONS,
    AnswerOfWrongKind,
    BarNotJudged,
    Conclusion,
    ConclusionContradicts,
    ConclusionReasonMissing,
    ConversationAdvisesAgainst,
    ConversationMissing,
    ConversationTopic,
    Fit,
    QuestionUnknown,
    TopicNote,
    check_answers,
    check_conclusion,
    check_conversation,
)
from raaderum.kernel.text import Text
from raaderum.plugin_api import AnswerType, Question

if TYPE_CHECKING:
    from raaderum.plugin_api import Answer

NAME = Text("spørgsmål", "question")
QUESTIONS = [
    Question("homeless", NAME, AnswerType.YES_NO),
    Question("months", NAME, AnswerType.NUMBER),
    Question("income", NAME, AnswerType.CHOICE, {"none": NAME, "some": NAME}),
]
BAR = ConversationTopic.NOT_TOO_COMPLEX
JUDGED = {BAR: TopicNote(Fit.FITS, "Gælden kan vi tage en ad gangen.")}


def test_every_question_takes_its_own_kind_of_answer_and_not_known() -> None:
    check_answers(QUESTIONS, {"homeless": False, "months": -1, "income": "some"})
    check_answers(QUESTIONS, dict.fromkeys(("homeless", "months", "income")))
    check_answers(QUESTIONS, {})


@pytest.mark.parametrize(
    ("name", "answer", "kind"),
    [
        ("homeless", 1, "ja eller nej"),
        ("homeless", "yes", "ja eller nej"),
        ("months", True, "et helt tal"),
        ("months", "12", "et helt tal"),
        ("income", "lots", "en af: none, some"),
        ("income", 0, "en af: none, some"),
        ("income", "", "en af: none, some"),
    ],
)
def test_an_answer_of_the_wrong_kind_is_refused_by_name(name: str, answer: Answer, kind: str) -> None:
    with pytest.raises(AnswerOfWrongKind) as refused:
        check_answers(QUESTIONS, {"homeless": True, name: answer})
    assert refused.value.where == f"answers.{name}"
    assert refused.value.message.danish.startswith(f"Svaret på »{name}« skal være {kind}")


def test_an_answer_to_something_nobody_asks_is_refused_with_the_names_that_are_asked() -> None:
    with pytest.raises(QuestionUnknown) as refused:
        check_answers(QUESTIONS, {"homeles": True})
    assert refused.value.where == "answers.homeles"
    assert "Spørgsmålene hedder: homeless, months, income." in refused.value.message.danish


def test_a_cpr_number_in_the_name_of_an_answer_is_not_repeated() -> None:
    with pytest.raises(QuestionUnknown) as refused:
        check_answers(QUESTIONS, {"610170-1234": True})
    assert "1234" not in f"{refused.value} {refused.value.where} {refused.value.message.danish}"


def test_a_conversation_needs_no_more_than_the_bar_and_a_reason() -> None:
    check_conversation(JUDGED, conclusion=Conclusion.SUITABLE, reason="Borgeren er klar.")


@pytest.mark.parametrize(
    "topics",
    [
        {},
        {ConversationTopic.LANGUAGE: TopicNote(Fit.FITS, "Dansk.")},
        {BAR: TopicNote(Fit.NOT_TALKED_ABOUT, "Nåede vi ikke.")},
        {BAR: TopicNote(Fit.FITS, " \n")},
    ],
    ids=["nothing", "another topic", "not talked about", "no reason"],
)
def test_whether_the_problems_are_too_complex_is_always_judged_with_a_reason(
    topics: dict[ConversationTopic, TopicNote],
) -> None:
    with pytest.raises(BarNotJudged) as refused:
        check_conversation(topics, conclusion=Conclusion.SUITABLE, reason="Borgeren er klar.")
    assert refused.value.where == "not_too_complex"


def test_a_conclusion_has_a_reason() -> None:
    with pytest.raises(ConclusionReasonMissing):
        check_conversation(JUDGED, conclusion=Conclusion.NOT_SUITABLE, reason=" ")


@pytest.mark.parametrize("conclusion", [Conclusion.SUITABLE, Conclusion.SUITABLE_WITH_SUPPORT])
def test_problems_judged_too_complex_do_not_end_in_an_offer(conclusion: Conclusion) -> None:
    too_complex = {BAR: TopicNote(Fit.DOES_NOT_FIT, "Alt på en gang.")}
    with pytest.raises(ConclusionContradicts):
        check_conversation(too_complex, conclusion=conclusion, reason="Alligevel.")
    check_conversation(too_complex, conclusion=Conclusion.NOT_SUITABLE, reason="Ikke nu.")


def test_an_offer_hangs_on_the_newest_conclusion() -> None:
    check_conclusion(Conclusion.SUITABLE)
    check_conclusion(Conclusion.SUITABLE_WITH_SUPPORT)
    with pytest.raises(ConversationMissing):
        check_conclusion(None)
    with pytest.raises(ConversationAdvisesAgainst):
        check_conclusion(Conclusion.NOT_SUITABLE)


def test_every_topic_fit_and_conclusion_has_words() -> None:
    assert set(TOPIC_QUESTIONS) == set(ConversationTopic)
    assert set(FIT_NAMES) == set(Fit)
    assert set(CONCLUSION_NAMES) == set(Conclusion)
