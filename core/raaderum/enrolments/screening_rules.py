"""What a screening takes: answers of the right kind, and a conversation that ends in a conclusion; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.kernel.errors import InvalidInput, RuleBroken
from raaderum.kernel.text import Text
from raaderum.people.cpr import masked
from raaderum.plugin_api import AnswerType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from raaderum.plugin_api import Answer, Question

MOST_WORDS: Final = 20_000
_LONGEST_NAME: Final = 100


class ConversationTopic(StrEnum):
    """What is talked about before an offer.

    The national evaluation says where it went wrong: too little known of the citizen's resources and
    circumstances, language and cognitive level among them, and whether the citizen bears "the anxiety
    that comes". The bar of the whole scheme stands last.
    """

    RESOURCES_AND_CIRCUMSTANCES = "resources_and_circumstances"
    LANGUAGE = "language"
    COGNITIVE_LEVEL = "cognitive_level"
    BEARING_THE_PRESSURE = "bearing_the_pressure"
    SUPPORTING_NETWORK = "supporting_network"
    NOT_TOO_COMPLEX = "not_too_complex"


TOPIC_QUESTIONS: Final[Mapping[ConversationTopic, Text]] = {
    ConversationTopic.RESOURCES_AND_CIRCUMSTANCES: Text(
        "Kender vi borgerens ressourcer, baggrund og situation godt nok?",
        "Do we know the citizen's resources, background and circumstances well enough?",
    ),
    ConversationTopic.LANGUAGE: Text(
        "Kan vi tale sammen om budgettet uden sprogbarrierer?",
        "Can we talk about the budget without barriers of language?",
    ),
    ConversationTopic.COGNITIVE_LEVEL: Text(
        "Kan borgeren overskue et budget og en plan (kognitivt funktionsniveau)?",
        "Can the citizen keep track of a budget and a plan (cognitive level)?",
    ),
    ConversationTopic.BEARING_THE_PRESSURE: Text(
        "Er borgeren stærk nok til presset og »den angst, der kommer«?",
        "Is the citizen strong enough for the pressure and “the anxiety that comes”?",
    ),
    ConversationTopic.SUPPORTING_NETWORK: Text(
        "Er der et netværk, som støtter borgeren?", "Is there a network that supports the citizen?"
    ),
    ConversationTopic.NOT_TOO_COMPLEX: Text(
        "Er problemerne ikke mere komplekse, end at borgeren kan få gavn af et budget?",
        "Are the problems no more complex than that the citizen can benefit from a budget?",
    ),
}


class Fit(StrEnum):
    """How a topic fits the citizen."""

    FITS = "fits"
    FITS_WITH_SUPPORT = "fits_with_support"
    DOES_NOT_FIT = "does_not_fit"
    NOT_TALKED_ABOUT = "not_talked_about"


FIT_NAMES: Final[Mapping[Fit, Text]] = {
    Fit.FITS: Text("passer", "fits"),
    Fit.FITS_WITH_SUPPORT: Text("passer med støtte", "fits with support"),
    Fit.DOES_NOT_FIT: Text("passer ikke", "does not fit"),
    Fit.NOT_TALKED_ABOUT: Text("ikke talt om", "not talked about"),
}


class Conclusion(StrEnum):
    """What the conversation ends in."""

    SUITABLE = "suitable"
    SUITABLE_WITH_SUPPORT = "suitable_with_support"
    NOT_SUITABLE = "not_suitable"


CONCLUSION_NAMES: Final[Mapping[Conclusion, Text]] = {
    Conclusion.SUITABLE: Text("borgeren kan få gavn af et budget", "the citizen can benefit from a budget"),
    Conclusion.SUITABLE_WITH_SUPPORT: Text(
        "borgeren kan få gavn af et budget med ekstra støtte",
        "the citizen can benefit from a budget with extra support",
    ),
    Conclusion.NOT_SUITABLE: Text("et budget passer ikke nu", "a budget does not fit now"),
}


@dataclass(frozen=True, slots=True)
class TopicNote:
    """How one topic fits, and what was said about it."""

    fit: Fit
    words: str = ""


class QuestionUnknown(InvalidInput):
    """An answer to something that the target group does not ask."""

    code = "question_unknown"
    text = Text(
        "Målgruppen spørger ikke om »{question}«. Spørgsmålene hedder: {known}.",
        "The target group does not ask about “{question}”. The questions are called: {known}.",
    )


class AnswerOfWrongKind(InvalidInput):
    """An answer that its question cannot take."""

    code = "answer_of_wrong_kind"
    text = Text(
        "Svaret på »{question}« skal være {kind}, eller tomt, hvis ingen ved det.",
        "The answer to “{question}” must be {kind_english}, or empty if nobody knows.",
    )


class BarNotJudged(InvalidInput):
    """Whether the problems are too complex was not judged, or no reason was given."""

    code = "bar_not_judged"
    text = Text(
        "Vurdér, om problemerne er for komplekse til, at et budget kan gavne borgeren, og skriv hvorfor.",
        "Judge whether the problems are too complex for the citizen to benefit from a budget, and write why.",
    )


class ConclusionReasonMissing(InvalidInput):
    """A conclusion without its reason."""

    code = "conclusion_reason_missing"
    text = Text("Skriv, hvorfor I endte dér.", "Write why you ended there.")


class ConclusionContradicts(RuleBroken):
    """The conclusion is an offer, although the bar of the scheme was judged not to fit."""

    code = "conclusion_contradicts"
    text = Text(
        "Problemerne er vurderet for komplekse, så konklusionen kan ikke være et tilbud. Ret en af dem.",
        "The problems were judged too complex, so the conclusion cannot be an offer. Change one of them.",
    )


class ConversationMissing(RuleBroken):
    """An offer was about to be made before anybody had talked with the citizen."""

    code = "conversation_missing"
    text = Text(
        "Tag screeningssamtalen med borgeren, og skriv konklusionen ned, før der gives et tilbud.",
        "Have the screening conversation with the citizen, and write down its conclusion before an offer.",
    )


class ConversationAdvisesAgainst(RuleBroken):
    """An offer was about to be made although the latest conversation ended in that it does not fit."""

    code = "conversation_advises_against"
    text = Text(
        "Den seneste samtale endte med, at et budget ikke passer nu. Tag en ny, eller luk indstillingen.",
        "The latest conversation found that a budget does not fit now. Hold another, or close the referral.",
    )


_KINDS: Final[Mapping[AnswerType, Text]] = {
    AnswerType.YES_NO: Text("ja eller nej", "yes or no (true or false)"),
    AnswerType.NUMBER: Text("et helt tal", "a whole number"),
}


def check_answers(questions: Sequence[Question], answers: Mapping[str, Answer]) -> None:
    """Raise `QuestionUnknown` or `AnswerOfWrongKind` for the first answer that no question can take."""
    asked = {question.name: question for question in questions}
    for name, answer in answers.items():
        if name not in asked:
            # The caller wrote the name: it may hold anything, also what must not be shown again.
            called = masked(name[:_LONGEST_NAME])
            raise QuestionUnknown(where=f"answers.{called}", question=called, known=", ".join(asked))
        if answer is not None and not _takes(asked[name], answer):
            kind = _kind_of(asked[name])
            raise AnswerOfWrongKind(
                where=f"answers.{name}", question=name, kind=kind.danish, kind_english=kind.english
            )


def check_conversation(
    topics: Mapping[ConversationTopic, TopicNote], *, conclusion: Conclusion, reason: str
) -> None:
    """Raise unless the bar was judged with a reason, and the conclusion has one and agrees with it."""
    bar = topics.get(ConversationTopic.NOT_TOO_COMPLEX, TopicNote(Fit.NOT_TALKED_ABOUT))
    if bar.fit is Fit.NOT_TALKED_ABOUT or not bar.words.strip():
        raise BarNotJudged(where=ConversationTopic.NOT_TOO_COMPLEX)
    if not reason.strip():
        raise ConclusionReasonMissing(where="reason")
    if bar.fit is Fit.DOES_NOT_FIT and conclusion is not Conclusion.NOT_SUITABLE:
        raise ConclusionContradicts(where="conclusion")


def check_conclusion(conclusion: Conclusion | None) -> None:
    """Raise unless the latest conversation, if there was one, speaks for an offer."""
    if conclusion is None:
        raise ConversationMissing(where="conversation")
    if conclusion is Conclusion.NOT_SUITABLE:
        raise ConversationAdvisesAgainst(where="conversation")


def _takes(question: Question, answer: Answer) -> bool:
    """Say whether the answer is of the question's kind; whether it makes sense is the plugin's to say."""
    match question.answer:
        case AnswerType.YES_NO:
            return isinstance(answer, bool)
        case AnswerType.NUMBER:
            return isinstance(answer, int) and not isinstance(answer, bool)
        case AnswerType.CHOICE:
            return isinstance(answer, str) and answer in question.choices


def _kind_of(question: Question) -> Text:
    if question.answer is AnswerType.CHOICE:
        choices = ", ".join(question.choices)
        return Text(f"en af: {choices}", f"one of: {choices}")
    return _KINDS[question.answer]
