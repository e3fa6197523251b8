from __future__ import annotations

import pytest

from raaderum.enrolments.place_rules import (
    SOURCE_NAMES,
    AuthorityWithoutReferral,
    OfferOutOfTurn,
    ProgrammeFull,
    ReferralSource,
    check_place,
    check_source,
    check_turn,
)


def test_there_is_a_place_until_the_last_one_is_taken() -> None:
    check_place(25, taken=24, year=2026, is_waiting=False)
    with pytest.raises(ProgrammeFull) as refused:
        check_place(25, taken=25, year=2026, is_waiting=False)
    assert refused.value.message.danish == ("Alle 25 pladser i 2026 er taget. Sæt borgeren på ventelisten.")


def test_one_who_waits_already_is_told_to_go_on_waiting() -> None:
    with pytest.raises(ProgrammeFull) as refused:
        check_place(1, taken=3, year=2026, is_waiting=True)
    assert refused.value.message.danish.endswith("til en plads bliver ledig, eller året skifter.")
    assert refused.value.message.english.endswith("until a place becomes free or the year turns.")


def test_a_programme_without_a_capacity_is_never_full() -> None:
    check_place(None, taken=10_000, year=2026, is_waiting=False)


def test_the_first_in_line_needs_no_reason_and_the_others_do() -> None:
    check_turn(0, "")
    check_turn(3, "Borgeren mister sin bolig på fredag.")
    with pytest.raises(OfferOutOfTurn) as refused:
        check_turn(3, " \n")
    assert refused.value.message.danish.startswith("På ventelisten står 3 før borgeren.")


def test_only_an_authoritys_referral_names_an_authority() -> None:
    check_source(ReferralSource.AUTHORITY, "Jobcentret")
    check_source(ReferralSource.CITIZEN, " ")
    with pytest.raises(AuthorityWithoutReferral):
        check_source(ReferralSource.STAFF, "Jobcentret")
    assert set(SOURCE_NAMES) == set(ReferralSource)
