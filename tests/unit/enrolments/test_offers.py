from __future__ import annotations

import pytest

from raaderum.enrolments.rules import CriteriaNotMet, JudgementMissing, check_offer
from raaderum.kernel.text import Text
from raaderum.plugin_api import CriterionOutcome, CriterionResult

MET, NOT_MET, OPEN = CriterionOutcome


def result(danish: str, english: str, outcome: CriterionOutcome) -> CriterionResult:
    return CriterionResult(english, Text(danish, english), outcome, Text("fordi", "because"))


AGE = result("alder", "age", MET)
HOME = result("hjemløs", "homeless", NOT_MET)
BEARS_IT = result("kan bære det", "can bear it", OPEN)


def test_a_citizen_who_meets_every_criterion_can_be_offered_a_place() -> None:
    check_offer([AGE, AGE], "")


@pytest.mark.parametrize("judgement", ["", "Borgeren kan bære det."])
def test_an_unmet_criterion_refuses_the_offer_whatever_the_judgement(judgement: str) -> None:
    with pytest.raises(CriteriaNotMet) as refused:
        check_offer([AGE, HOME, BEARS_IT], judgement)
    assert refused.value.message.danish.startswith("Borgeren er uden for målgruppen: hjemløs.")
    assert "Ret svarene, eller afslut indstillingen" in refused.value.message.danish
    assert "homeless" in refused.value.message.english


@pytest.mark.parametrize("judgement", ["", "  \n"])
def test_an_open_criterion_needs_a_written_judgement(judgement: str) -> None:
    with pytest.raises(JudgementMissing) as refused:
        check_offer([AGE, BEARS_IT], judgement)
    assert refused.value.message.danish == "Skriv din faglige vurdering: kan bære det."
    check_offer([AGE, BEARS_IT], "Borgeren kan bære det.")
