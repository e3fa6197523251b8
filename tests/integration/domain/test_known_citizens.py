from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.service import entries_before
from raaderum.enrolments.admissions import open_admission
from raaderum.enrolments.known_citizens import enrolments_of_citizens
from raaderum.enrolments.place_rules import AuthorityWithoutReferral, ReferralSource
from raaderum.enrolments.service import refer
from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.people.cpr import Cpr, CprImpossible
from raaderum.people.duplicates import (
    AlreadyToldApart,
    NoteMissing,
    SamePerson,
    likely_duplicates,
    look_up_citizen,
    mark_not_a_duplicate,
)
from raaderum.people.likeness import LikenessSign
from raaderum.people.roles import RoleMayNot
from raaderum.people.service import register_citizen
from raaderum.testing.cases import made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.testing.municipality import Municipality

REPLACEMENT = "650391-1234"
REAL = "050391-1236"
"""No valid check digit, and so nobody had it before 2007, when such numbers were first given."""


@pytest.fixture
def register(municipality: Municipality, act: Callable[..., Any]) -> Callable[[str, str], UUID]:
    def do(name: str, cpr: str) -> UUID:
        registered: UUID = act(
            register_citizen, name=name, cpr=Cpr.parse(cpr), by=municipality.coordinator
        ).id
        return registered

    return do


@pytest.fixture
def listed(municipality: Municipality, read: Callable[..., Any]) -> Callable[[], list[Any]]:
    return lambda: read(likely_duplicates, by=municipality.team_leader)


def test_a_citizen_is_found_by_the_whole_number_and_the_question_is_logged_without_it(
    municipality: Municipality,
    register: Callable[[str, str], UUID],
    act: Callable[..., Any],
    read: Callable[..., Any],
) -> None:
    registered = register("Mia Holm", REPLACEMENT)
    by = municipality.coordinator
    assert act(look_up_citizen, Cpr.parse(REPLACEMENT), by=by).id == registered
    assert act(look_up_citizen, made_up_cpr(serial=4711), by=by) is None
    missed, found = read(entries_before, None, most=2)
    assert (found.event, found.subject_id, found.detail) == ("citizen.looked_up", registered, {"found": 1})
    assert (missed.event, missed.subject_type, missed.detail) == ("citizen.looked_up", "nobody", {"found": 0})


def test_a_citizen_of_another_municipality_is_not_found(
    new_municipality: Callable[..., Municipality],
    register: Callable[[str, str], UUID],
    act: Callable[..., Any],
    municipality: Municipality,
) -> None:
    elsewhere = new_municipality()
    register("Mia Holm", REPLACEMENT)
    assert elsewhere.id != municipality.id
    assert act(look_up_citizen, Cpr.parse(REAL), by=municipality.coordinator) is None


def test_a_support_person_looks_nobody_up(
    municipality: Municipality, act: Callable[..., Any], read: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(RoleMayNot):
        act(look_up_citizen, Cpr.parse(REAL), by=municipality.support_person)
    with refused(RoleMayNot):
        read(likely_duplicates, by=municipality.support_person)


@pytest.mark.parametrize("written", ["310291-1234", "050391-12A6", "0503911234 5"])
def test_a_number_with_an_impossible_date_or_letters_is_no_cpr_number(
    written: str, refused: Callable[..., Any]
) -> None:
    with refused(CprImpossible) as refusal:
        Cpr.parse(written)
    assert written not in refusal.danish


def test_one_person_under_a_replacement_number_and_their_own_is_listed(
    register: Callable[[str, str], UUID], listed: Callable[[], list[Any]]
) -> None:
    first, second = register("Søren Åberg", REPLACEMENT), register("aaberg, soeren", REAL)
    register("Søren Åberg", "050372-1236")
    [pair] = listed()
    assert (pair.first.id, pair.second.id) == (first, second)
    assert (pair.first_name, pair.second_name) == ("Søren Åberg", "aaberg, soeren")
    assert pair.signs == (LikenessSign.SAME_NAME_AND_BIRTH_DATE, LikenessSign.REPLACEMENT_NUMBER)


def test_one_digit_of_the_date_of_birth_may_be_mistyped(
    register: Callable[[str, str], UUID], listed: Callable[[], list[Any]]
) -> None:
    register("Mia Holm", REAL)
    register("Mia Holm", "060391-1236")
    [pair] = listed()
    assert pair.signs == (LikenessSign.SAME_NAME_AND_ONE_DIGIT,)


def test_a_pair_that_was_told_apart_stays_so_and_the_note_is_sealed(
    municipality: Municipality,
    register: Callable[[str, str], UUID],
    listed: Callable[[], list[Any]],
    act: Callable[..., Any],
    read: Callable[..., Any],
    raw: Callable[[str], list[dict[str, Any]]],
    refused: Callable[..., Any],
) -> None:
    first, second, third = (register("Mia Holm", cpr) for cpr in (REAL, REPLACEMENT, "650391-1235"))
    assert len(listed()) == 3
    note, by = {"note": "Tvillinger, set begge."}, municipality.coordinator
    act(mark_not_a_duplicate, second, first, **note, by=by)
    assert {(pair.first.id, pair.second.id) for pair in listed()} == {(first, third), (second, third)}
    [row] = raw("not_a_duplicate")
    assert (row["first_citizen_id"], row["second_citizen_id"]) == (first, second)
    assert b"Tvillinger" not in bytes(row["note_sealed"])
    with refused(AlreadyToldApart):
        act(mark_not_a_duplicate, first, second, **note, by=by)
    logged = read(entries_before, None, most=2)
    assert [entry.event for entry in logged] == ["citizen.not_a_duplicate"] * 2
    assert {entry.subject_id for entry in logged} == {first, second}


def test_only_two_citizens_with_a_reason_can_be_told_apart(
    municipality: Municipality,
    register: Callable[[str, str], UUID],
    act: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    first, second = register("Mia Holm", REAL), register("Mia Holm", REPLACEMENT)
    by = municipality.coordinator
    with refused(SamePerson):
        act(mark_not_a_duplicate, first, first, note="Ja.", by=by)
    with refused(NoteMissing):
        act(mark_not_a_duplicate, first, second, note=" ", by=by)
    with refused(NotFound):
        act(mark_not_a_duplicate, first, new_id(), note="Ja.", by=by)


def test_a_registered_citizen_is_referred_with_who_referred_and_what_they_said(
    municipality: Municipality,
    register: Callable[[str, str], UUID],
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    citizen_id, by = register("Mia Holm", REAL), municipality.coordinator
    terms = {
        "citizen_id": citizen_id,
        "programme": "mit-liv-min-styring",
        "support_person_id": municipality.support_person.person_id,
    }
    with refused(AuthorityWithoutReferral):
        act(refer, **terms, source=ReferralSource.CITIZEN, authority="Jobcentret", by=by)
    said = {"note": "Kender hende fra væresteder.", "authority": "Jobcentret"}
    enrolment_id = act(refer, **terms, **said, source=ReferralSource.AUTHORITY, by=by).id
    admission = act(open_admission, enrolment_id, by=by)
    assert admission.referral_source is ReferralSource.AUTHORITY
    assert (admission.referral_note, admission.referring_authority) == tuple(said.values())
    known = read(enrolments_of_citizens, [citizen_id], by=by)
    assert [one.id for one in known[citizen_id]] == [enrolment_id]
    assert not read(enrolments_of_citizens, [citizen_id], by=municipality.administrator)
