"""The citizen's words in the browser: taken down, confirmed, wished, released and handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from raaderum.goals.service import write_goal
from raaderum.testing.cases import case_in_run_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]

DREAM = "Jeg vil ha' mit eget sted, æøå 🏠\nog en hund"


def test_staff_are_told_that_only_the_citizen_rewrites_the_dream(
    municipality: Municipality, sign_in: SignIn
) -> None:
    case = case_in_run_in(municipality)
    signe = sign_in(municipality, municipality.support_person)
    path = f"/sager/{case.enrolment_id}/droem/diktat"
    assert "Kun borgeren selv kan skrive den om" in signe.page(path)
    refused = signe.send(path, {"words": "Noget pænere", "categories": ["housing"]})
    assert refused.status_code == 422
    assert "Noget pænere" in refused.text
    assert "Kun borgeren selv" in refused.text


def test_the_citizen_confirms_rewrites_and_wishes(municipality: Municipality, sign_in: SignIn) -> None:
    case = case_in_run_in(municipality)
    mia = sign_in(municipality, case.citizen)
    own = f"/sager/{case.enrolment_id}"
    assert "Ja, det er mine ord" in mia.page(own)
    assert "Ja, det er mine ord" not in mia.does(f"{own}/droem/ja").text
    step = mia.does(f"{own}/delmaal/{case.sub_goal_id}", {"words": "Få kørekort til sommer"})
    assert "Få kørekort til sommer" in step.text
    assert "Guitar 🎸" in mia.does(f"{own}/oensker", {"words": "Guitar 🎸"}).text
    line = {"kind": "stop", "words": "Sove til klokken tre"}
    assert "Sove til klokken tre" in mia.does(f"{own}/strategi", line).text
    assert "Udgave 2" in mia.page(f"{own}/egne-ord")


def test_words_that_were_released_are_fetched_to_the_byte_until_they_are_taken_back(
    municipality: Municipality, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    case = case_in_run_in(municipality)
    act(write_goal, case.enrolment_id, words=DREAM, categories=[], by=case.citizen)
    mia, karen = sign_in(municipality, case.citizen), sign_in(municipality, municipality.coordinator)
    words = f"/sager/{case.enrolment_id}/egne-ord"
    page = mia.does(words, {"recipient": "Jobcentret"}).text
    file = page[page.index(f"{words}/") :].split('"', 1)[0]
    assert karen.open(file).get_data() == DREAM.encode()
    mia.does(file.replace("/fil", "/tilbage"))
    assert karen.open(file).status_code == 422
    assert mia.open(file).get_data() == DREAM.encode()
