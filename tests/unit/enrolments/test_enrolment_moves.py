from __future__ import annotations

import pytest

from raaderum.enrolments.rules import (
    CLOSED,
    STATE_NAMES,
    EnrolmentMoveForbidden,
    EnrolmentNotOpen,
    EnrolmentState,
    check_move,
    check_under_way,
)

REFERRED, WAITING, OFFERED, REJECTED, DECLINED, RUN_IN, ACTIVE, ENDED = EnrolmentState
ALLOWED = {
    (REFERRED, WAITING),
    (REFERRED, OFFERED),
    (REFERRED, REJECTED),
    (REFERRED, DECLINED),
    (WAITING, OFFERED),
    (WAITING, REJECTED),
    (WAITING, DECLINED),
    (OFFERED, RUN_IN),
    (OFFERED, REJECTED),
    (OFFERED, DECLINED),
    (RUN_IN, ACTIVE),
    (RUN_IN, ENDED),
    (ACTIVE, ENDED),
}


@pytest.mark.parametrize("state", EnrolmentState)
@pytest.mark.parametrize("wanted", EnrolmentState)
def test_the_course_has_these_moves_and_no_others(state: EnrolmentState, wanted: EnrolmentState) -> None:
    if (state, wanted) in ALLOWED:
        check_move(state, wanted)
        return
    with pytest.raises(EnrolmentMoveForbidden) as refused:
        check_move(state, wanted)
    told = refused.value.message.danish
    assert f"»{STATE_NAMES[state]}«" in told
    assert f"»{STATE_NAMES[wanted]}«" in told


def test_a_closed_enrolment_stays_so() -> None:
    assert {ENDED, REJECTED, DECLINED} == CLOSED
    assert not [move for move in ALLOWED if move[0] in CLOSED]


def test_every_state_has_a_name_in_both_languages() -> None:
    assert set(STATE_NAMES) == set(EnrolmentState)


def test_an_act_for_enrolments_under_way_is_refused_for_others() -> None:
    check_under_way(ACTIVE, RUN_IN, ACTIVE)
    with pytest.raises(EnrolmentNotOpen) as refused:
        check_under_way(ENDED, RUN_IN, ACTIVE)
    assert "Forløbet er »afsluttet«" in refused.value.message.danish
