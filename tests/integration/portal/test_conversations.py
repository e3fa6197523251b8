"""Interviews and questionnaires in the browser: the forms of each role, and what nobody may see yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from raaderum.goals.rules import StrategyKind
from raaderum.goals.strategy import add_strategy_line
from raaderum.kernel import clock
from raaderum.questionnaires.service import ratings_of
from raaderum.testing.cases import case_in_run_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]

COMMENT = "Jeg tør godt nu"


@pytest.fixture
def browsers(case: Case, sign_in: SignIn) -> dict[str, Browser]:
    municipality = case.municipality
    return {
        "citizen": sign_in(municipality, case.citizen),
        "support_person": sign_in(municipality, municipality.support_person),
        "coordinator": sign_in(municipality, municipality.coordinator),
    }


@pytest.fixture
def place(case: Case) -> str:
    return f"/sager/{case.enrolment_id}"


def test_neither_page_shows_the_others_answer_until_both_are_in(
    browsers: dict[str, Browser], place: str
) -> None:
    form = {"rating": "some_way", "comment": COMMENT}
    shown = browsers["citizen"].does(f"{place}/spoergeskemaer/start/svar", form).text
    assert "Svaret er gemt." in shown
    assert "<strong>et stykke fra</strong>" in shown
    for who in ("support_person", "coordinator"):
        for page in (f"{place}/samtaler", place):
            assert COMMENT not in browsers[who].page(page)
            assert "<strong>et stykke fra</strong>" not in browsers[who].page(page)
        assert "Vises, når begge svar er inde." in browsers[who].page(f"{place}/samtaler")
    browsers["support_person"].does(f"{place}/spoergeskemaer/start/svar", {"rating": "lesser"})
    for browser in browsers.values():
        page = browser.page(f"{place}/samtaler")
        assert COMMENT in page
        assert "<strong>et stykke fra</strong>" in page
        assert "<strong>i mindre grad</strong>" in page
        assert "Vises, når begge svar er inde." not in page


def test_a_wrong_answer_is_shown_again_with_what_was_written(
    browsers: dict[str, Browser], place: str
) -> None:
    answer = browsers["citizen"].send(f"{place}/spoergeskemaer/start/svar", {"comment": COMMENT})
    assert answer.status_code == 422
    assert "er ikke et af svarene" in answer.text
    assert COMMENT in answer.text
    nonsense = browsers["citizen"].send(f"{place}/spoergeskemaer/midtvejs/svar", {"rating": "far"})
    assert nonsense.status_code == 404


def test_a_citizen_declines_and_answers_after_all(browsers: dict[str, Browser], place: str) -> None:
    shown = browsers["citizen"].does(f"{place}/spoergeskemaer/start/nej-tak").text
    assert "ønskede ikke at svare" in shown
    assert "Svar alligevel" in shown
    shown = browsers["citizen"].does(f"{place}/spoergeskemaer/start/svar", {"rating": "close"}).text
    assert "<strong>tæt på</strong>" in shown
    assert "rettet, version 2" in shown


def test_a_coordinator_registers_both_from_paper_and_all_see_the_difference(
    browsers: dict[str, Browser], place: str, case: Case, read: Callable[..., Any]
) -> None:
    karen = browsers["coordinator"]
    day = clock.today().isoformat()
    paper = f"{place}/spoergeskemaer/end"
    form = {"rating": "achieved", "answered_on": day, "comment": COMMENT}
    assert "<strong>opnået</strong>" in karen.does(f"{paper}/citizen/papir", form).text
    shown = karen.does(f"{paper}/support_person/papir", {"rating": "lesser", "answered_on": ""}).text
    assert "Borgeren ser lysere på det end støttepersonen. Forskel på skalaen: 3 trin." in shown
    assert "på papir" in shown
    declined = karen.does(f"{place}/spoergeskemaer/start/citizen/papir", {"declined": "yes"}).text
    assert "ønskede ikke at svare" in declined
    (rating,) = [one for one in read(ratings_of) if one.enrolment_id == case.enrolment_id]
    assert rating.declined == 1


def test_outcomes_are_recorded_and_stay_where_nothing_was_chosen(
    browsers: dict[str, Browser], place: str
) -> None:
    signe = browsers["support_person"]
    signe.does(f"{place}/udvikling/midway", {"network": "better", "mental_health": "not_relevant"})
    shown = signe.does(f"{place}/udvikling/midway", {"network": "worse", "mental_health": ""}).text
    assert ">værre</td>" in shown
    assert ">ikke relevant</td>" in shown
    assert ">bedre</td>" not in shown
    assert signe.send(f"{place}/udvikling/midway").status_code == 422


def test_an_interview_goes_from_the_strategy_to_the_citizens_approval(
    browsers: dict[str, Browser], place: str, case: Case, act: Callable[..., Any]
) -> None:
    karen, mia = browsers["coordinator"], browsers["citizen"]
    line = {"kind": StrategyKind.STOP, "words": "Undgå druk-slænget", "by": case.citizen}
    act(add_strategy_line, case.enrolment_id, **line)
    before = karen.page(f"{place}/samtaler")
    assert "Undgå druk-slænget" in before
    assert "Det vil jeg holde op med" in before
    assert karen.send(f"{place}/samtaler/midway/referat", {"words": "For tidligt"}).status_code == 422
    assert karen.send(f"{place}/samtaler/midway/holdt", {"held_on": ""}).status_code == 422
    karen.does(f"{place}/samtaler/midway/holdt", {"held_on": clock.today().isoformat()})
    karen.does(f"{place}/samtaler/midway/referat", {"words": "Mia går til <b>skak</b>."})
    assert "skak" not in browsers["support_person"].page(f"{place}/samtaler")
    assert "Mia går til &lt;b&gt;skak&lt;/b&gt;." in mia.page(f"{place}/samtaler")
    wanted = mia.does(f"{place}/samtaler/midway/aendringer", {"version": "1", "comment": "Også bordtennis"})
    assert "Også bordtennis" in wanted.text
    karen.does(f"{place}/samtaler/midway/referat", {"words": "Skak og bordtennis."})
    assert mia.send(f"{place}/samtaler/midway/godkend", {"version": "1"}).status_code == 409
    approved = mia.does(f"{place}/samtaler/midway/godkend", {"version": "2"}).text
    assert "godkendt af borgeren" in approved
    assert "Tidligere versioner" in approved
    assert "Skak og bordtennis." in browsers["support_person"].page(f"{place}/samtaler")


def test_the_citizen_declines_an_interview_and_says_yes_to_follow_up(
    browsers: dict[str, Browser], place: str
) -> None:
    mia = browsers["citizen"]
    assert "borgeren ønskede den ikke" in mia.does(f"{place}/samtaler/end/nej-tak").text
    assert "et halvt og et helt år efter" in mia.page(f"{place}/samtaler")
    assert "Der er ikke spurgt endnu." in mia.page(f"{place}/samtaler")
    assert "<strong>Ja, sagt " in mia.does(f"{place}/opfoelgning", {"says": "yes"}).text
    assert "<strong>Nej, sagt " in mia.does(f"{place}/opfoelgning", {"says": "no"}).text
    assert browsers["coordinator"].send(f"{place}/opfoelgning", {"says": "yes"}).status_code == 422


def test_the_page_reads_in_english_and_shows_each_role_its_own_forms(
    browsers: dict[str, Browser], place: str
) -> None:
    page = browsers["citizen"].page(f"{place}/samtaler?lang=en")
    assert "Interviews and questionnaires" in page
    assert "How far are you from your long-term goal today?" in page
    assert "/papir" not in page
    assert "/holdt" not in page
    own = browsers["support_person"].page(f"{place}/samtaler")
    assert own.count("/svar") == 2
    assert "/papir" not in own
    paper = browsers["coordinator"].page(f"{place}/samtaler")
    assert paper.count("/papir") == 4
    assert "/svar" not in paper


def test_while_the_citizen_dreams_the_end_is_asked_later_and_nothing_of_it_can_be_sent(
    municipality: Municipality, sign_in: SignIn
) -> None:
    case = case_in_run_in(municipality)
    mia = sign_in(municipality, case.citizen)
    page = mia.page(f"/sager/{case.enrolment_id}/samtaler")
    assert page.count("stilles senere") == 2
    assert page.count("venter på svar") == 2
    assert "/spoergeskemaer/end/svar" not in page
    early = mia.send(f"/sager/{case.enrolment_id}/spoergeskemaer/end/svar", {"rating": "close"})
    assert early.status_code == 422
    assert "tid til at drømme" in early.text
