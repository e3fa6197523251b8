"""Outcome parameters: better, the same, worse; what is recorded last counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from raaderum.enrolments.rules import EnrolmentNotOpen
from raaderum.kernel import clock
from raaderum.people.roles import RoleMayNot
from raaderum.questionnaires.outcome_rules import Outcome, OutcomeMoment, OutcomeParameter, OutcomesMissing
from raaderum.questionnaires.outcomes import (
    outcomes_of,
    outcomes_of_all,
    record_outcomes,
)
from raaderum.questionnaires.rules import AnsweredInFuture

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.cases import Case

    Do = Callable[..., Any]

MIDWAY, END = OutcomeMoment.MIDWAY, OutcomeMoment.END
USE, NETWORK, NEED = (
    OutcomeParameter.SUBSTANCE_USE,
    OutcomeParameter.NETWORK,
    OutcomeParameter.NEED_OF_SUPPORT,
)
BETTER, SAME = Outcome.BETTER, Outcome.SAME


def test_what_is_recorded_anew_replaces_and_every_version_stays(
    case: Case, act: Do, read: Do, raw: Callable[[str], list[dict[str, Any]]]
) -> None:
    signe, karen = case.municipality.support_person, case.municipality.coordinator
    first = {USE: SAME, NETWORK: Outcome.WORSE}
    act(record_outcomes, case.enrolment_id, moment=MIDWAY, outcomes=first, by=signe)
    then = {USE: BETTER, NETWORK: Outcome.WORSE, NEED: Outcome.NOT_RELEVANT}
    act(record_outcomes, case.enrolment_id, moment=MIDWAY, outcomes=then, by=karen)
    act(record_outcomes, case.enrolment_id, moment=END, outcomes={USE: BETTER}, by=karen)
    stands = {
        (one.moment, one.parameter): (one.outcome, one.version)
        for one in read(outcomes_of, case.enrolment_id, by=case.citizen)
    }
    assert stands == {
        (MIDWAY, USE): (BETTER, 2),
        (MIDWAY, NETWORK): (Outcome.WORSE, 1),
        (MIDWAY, NEED): (Outcome.NOT_RELEVANT, 1),
        (END, USE): (BETTER, 1),
    }
    assert len(raw("outcome_record")) == 5
    assert len(read(outcomes_of_all, programme=case.programme)) == len(read(outcomes_of_all)) == 4
    assert read(outcomes_of_all, programme="another") == []


def test_nothing_recorded_or_recorded_too_soon_is_refused(
    case: Case, run_in: Case, act: Do, refused: Do
) -> None:
    karen = case.municipality.coordinator
    with refused(OutcomesMissing):
        act(record_outcomes, case.enrolment_id, moment=END, outcomes={}, by=karen)
    with refused(EnrolmentNotOpen):
        act(record_outcomes, run_in.enrolment_id, moment=END, outcomes={USE: SAME}, by=karen)
    tomorrow = clock.today() + timedelta(days=1)
    with refused(AnsweredInFuture):
        act(
            record_outcomes,
            case.enrolment_id,
            moment=END,
            outcomes={USE: SAME},
            by=karen,
            recorded_on=tomorrow,
        )
    with refused(RoleMayNot):
        act(record_outcomes, case.enrolment_id, moment=END, outcomes={USE: SAME}, by=case.citizen)
