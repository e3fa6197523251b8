"""Green, yellow and red in the browser, the team's page, the guidelines and the doubt cases."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.actor import Actor
from raaderum.guidelines.service import read_library
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role
from raaderum.persistence.unit_of_work import reading
from raaderum.plans.calibration import QuarterColours
from raaderum.plans.service import draft_plan, fund_pool, propose_plan
from raaderum.portal.team_page import stripes_of
from raaderum.testing.cases import case_in_run_in, licence_item
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]

SURE = {"real_change": "yes", "realistic": "yes", "means_fit_ends": "yes", "colour": "green"}
DOUBT = {
    "question": "Må en borger med gæld købe bil?",
    "circumstances": "Arbejde på skiftehold, ingen bus.",
    "category": "transport",
    "guideline": "car",
    "decision": "with_conditions",
    "reason": "Driften kunne betales af lønnen.",
    "quarter": "2026-Q3",
}


@pytest.fixture
def case(municipality: Municipality, act: Callable[..., Any]) -> Case:
    """A case in the run-in, with money in the pool."""
    found = case_in_run_in(municipality)
    act(fund_pool, found.programme, amount=Oere(100_000_00), by=municipality.finance_officer, key="year")
    return found


@pytest.fixture
def plan_path(case: Case, act: Callable[..., Any]) -> Callable[..., str]:
    """Propose a plan of one item; return the address of its assessment."""

    def do(description: str = "Kørekort") -> str:
        item = replace(licence_item(case, Oere(20_000_00)), description=description)
        by = case.municipality.support_person
        plan = act(draft_plan, case.enrolment_id, motivation="Nu.", items=[item], by=by)
        act(propose_plan, plan.id, by=by)
        return f"/sager/{case.enrolment_id}/planer/{plan.id}/vurdering"

    return do


def test_a_yellow_is_commented_on_ends_green_and_is_approved_with_its_length(
    municipality: Municipality, plan_path: Callable[..., str], sign_in: SignIn
) -> None:
    karen, torben = (
        sign_in(municipality, one) for one in (municipality.coordinator, municipality.team_leader)
    )
    path = plan_path()
    unsure = {**SURE, "realistic": "unsure", "realistic_words": "Angst & bus", "colour": "yellow"}
    page = karen.does(path, unsure).text
    assert "sikker på planen, usikker på borgeren" in page
    assert "Angst &amp; bus" in page
    assert "/vurdering/kommentar" not in page
    again = karen.send(path, SURE)
    assert again.status_code == 422
    assert "Mindst én kollega skal kommentere" in again.text
    assert "kollegers kommentarer" in torben.page("/team")
    page = torben.does(f"{path}/kommentar", {"words": "Prøv det.", "advice": "green"}).text
    assert "Prøv det." in page
    assert "Godkend planen" in karen.does(path, SURE).text
    case_page = karen.does(
        f"{path}/godkend", {"colour": "green", "months": "12", "follow_up": "Hver anden uge"}
    ).text
    assert "Planen er godkendt, og pengene er bevilget." in case_page
    assert "Hver anden uge" in torben.page(path)
    team = torben.page("/team")
    assert "Mia Mortensen" in team
    assert "Du har set alle grønne planer." in torben.does(path.replace("vurdering", "set")).text
    colours = torben.page("/team/farver")
    assert "gul blev grøn" in colours
    assert 'class="part yellow"' in colours


def test_a_red_is_decided_by_the_team_and_approved_by_its_leader(
    municipality: Municipality, plan_path: Callable[..., str], sign_in: SignIn
) -> None:
    karen, torben = (
        sign_in(municipality, one) for one in (municipality.coordinator, municipality.team_leader)
    )
    path = plan_path()
    unsure = {"real_change": "no", "realistic": "unsure", "means_fit_ends": "no", "colour": "red"}
    assert "hele teamet" in karen.does(path, unsure).text.lower()
    alone = {f"vote_{municipality.team_leader.person_id}": "for"}
    refused = torben.send(f"{path}/teammoede", alone)
    assert refused.status_code == 422
    assert "1 af teamets 2 var til stede" in refused.text
    both = {**alone, f"vote_{municipality.coordinator.person_id}": "for", "words": "Vi tør."}
    page = torben.does(f"{path}/teammoede", both).text
    assert "teamet godkender" in page
    assert karen.send(f"{path}/godkend", {"colour": "red"}).status_code == 422
    assert "bevilget" in torben.does(f"{path}/godkend", {"colour": "red"}).text


def test_what_lies_outside_is_told_where_it_is_written_and_where_it_is_approved(
    municipality: Municipality, case: Case, plan_path: Callable[..., str], sign_in: SignIn
) -> None:
    path, told = plan_path("Gavekort til tøj"), "Kontanter udbetales ikke."
    karen = sign_in(municipality, municipality.coordinator)
    support_person = sign_in(municipality, municipality.support_person)
    assert told in support_person.page(f"/sager/{case.enrolment_id}/plan")
    assert told in karen.page(f"/sager/{case.enrolment_id}")
    refused = karen.send(path.replace("vurdering", "godkend"), {"colour": "green"})
    assert "Planen rører ved noget uden for rammerne: Kontanter." in refused.text
    reason = {"guideline": "cash", "words": "Butikken fakturerer ikke."}
    page = karen.does(f"{path}/begrundelse", reason).text
    assert "Butikken fakturerer ikke." in page
    assert "Skriv den som tvivlssag" in page
    assert "bevilget" in karen.does(path.replace("vurdering", "godkend"), {"colour": "green"}).text


def test_the_proposer_and_strangers_find_no_form(
    municipality: Municipality, case: Case, plan_path: Callable[..., str], sign_in: SignIn
) -> None:
    path = plan_path()
    own = Actor(municipality.support_person.person_id, Role.COORDINATOR)
    page = sign_in(municipality, own).page(path)
    assert "en kollega skal godkende den" in page
    assert 'name="colour"' not in page
    elsewhere = path.replace(str(case.enrolment_id), str(case_in_run_in(municipality).enrolment_id))
    assert sign_in(municipality, municipality.coordinator).open(elsewhere).status_code == 404
    assert sign_in(municipality, municipality.support_person).open(path).status_code == 403


def test_a_doubt_case_is_written_confirmed_followed_up_found_and_shared(
    municipality: Municipality, case: Case, sign_in: SignIn
) -> None:
    karen, torben = (
        sign_in(municipality, one) for one in (municipality.coordinator, municipality.team_leader)
    )
    assert "Skriv en tvivlssag" in karen.page(
        f"/tvivlssager/ny?forloeb={case.enrolment_id}&retningslinje=car"
    )
    named = {**DOUBT, "circumstances": "Mia har brug for bil", "enrolment_id": str(case.enrolment_id)}
    refused = karen.send("/tvivlssager/ny", named)
    assert "navnet på en, sagen handler om" in refused.text
    assert str(case.enrolment_id) in refused.text
    page = karen.does("/tvivlssager/ny", {**named, "circumstances": DOUBT["circumstances"]}).text
    assert "/offentliggoer" not in page
    page = torben.page("/tvivlssager")
    publish = page.split("/offentliggoer")[0].rsplit("/tvivlssager/", 1)[1]
    torben.does(f"/tvivlssager/{publish}/offentliggoer")
    page = torben.does(f"/tvivlssager/{publish}/opfoelgning", {"outcome": "helped", "became": "I job."}).text
    assert "I job." in page
    with municipality.at_work():
        representative = hire("Rie Repræsentant", Role.CITIZEN_REPRESENTATIVE)
    reader = sign_in(municipality, representative)
    assert DOUBT["question"] in reader.page(
        "/tvivlssager?retningslinje=car&kategori=transport&ord=skiftehold"
    )
    assert "Ingen sager passer." in reader.page("/tvivlssager?kategori=debt")
    assert reader.open("/tvivlssager/fil").status_code == 403
    shared = torben.open("/tvivlssager/fil")
    assert json.loads(shared.data)["precedents"][0]["question"] == DOUBT["question"]
    assert "attachment" in shared.headers["Content-Disposition"]
    upload = {"file": (io.BytesIO(shared.data.replace(b"bil?", b"varevogn?")), "sager.json")}
    torben.does("/tvivlssager/fil", upload)
    with municipality.at_work(), reading() as session:
        assert len(read_library(session, by=representative).precedents) == 2
    assert "Vælg mindst én fil" in torben.send("/tvivlssager/fil").text


def test_the_guidelines_are_for_everybody(municipality: Municipality, case: Case, sign_in: SignIn) -> None:
    page = sign_in(municipality, Actor(case.citizen_id, Role.CITIZEN)).page("/retningslinjer")
    assert "Gældsafvikling har hjulpet borgere" in page


def test_the_stripes_of_a_quarter_fill_the_bar_and_leave_out_what_there_is_none_of() -> None:
    stripes = stripes_of(QuarterColours("2026-Q1", green=2, yellow=0, red=1))
    assert [(one.colour, one.x, one.width, one.percent) for one in stripes] == [
        ("green", 0, 667, 67),
        ("red", 667, 333, 33),
    ]
