"""The way in through the pages: a known citizen, duplicates, the waiting list and the draw."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.enrolments.service import put_on_waiting_list, refer
from raaderum.people.cpr import Cpr
from raaderum.people.service import register_citizen
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.programmes.installed import programmes
from raaderum.testing.cases import made_up_cpr, prepare_offer

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]

LTT = "langtidsledige-tager-teten"


@pytest.fixture
def karen(municipality: Municipality, sign_in: SignIn) -> Browser:
    return sign_in(municipality, municipality.coordinator)


def registered(municipality: Municipality, name: str, cpr: str) -> UUID:
    with municipality.at_work(), unit_of_work() as session:
        return register_citizen(session, name=name, cpr=Cpr.parse(cpr), by=municipality.coordinator).id


def referred(
    municipality: Municipality,
    name: str,
    *,
    prepare: bool = True,
    programme: str | None = None,
    age: int = 27,
) -> UUID:
    """Return the enrolment of a new citizen who has been referred."""
    citizen_id = registered(municipality, name, made_up_cpr(age=age).digits)
    slug = programme or programmes().of_tenant(municipality.tenant.slug)[-1].slug
    assert municipality.support_person.person_id
    with municipality.at_work(), unit_of_work() as session:
        enrolment = refer(
            session,
            citizen_id=citizen_id,
            programme=slug,
            support_person_id=municipality.support_person.person_id,
            by=municipality.coordinator,
        )
        if prepare:
            prepare_offer(session, enrolment.id, programme=slug, age=age, by=municipality.coordinator)
        return enrolment.id


def test_a_registered_citizen_is_found_and_referred_with_who_referred(
    municipality: Municipality, karen: Browser
) -> None:
    registered(municipality, "Mia Mortensen", "650391-1234")
    missed = karen.send("/borgere/find", {"cpr": "050391-1236"})
    assert (
        missed.status_code,
        "citizen_not_here" in missed.text or "Brug »Ny indstilling«" in missed.text,
    ) == (
        404,
        True,
    )
    found = karen.does("/borgere/find", {"cpr": "650391-1234"}).text
    assert "Mia Mortensen" in found
    assert "650391" not in found
    citizen_id = re.search(r'name="citizen_id" value="([0-9a-f-]{36})"', found)
    assert citizen_id
    form = {
        "citizen_id": citizen_id[1],
        "programme": programmes().of_tenant(municipality.tenant.slug)[-1].slug,
        "support_person_id": str(municipality.support_person.person_id),
        "source": "citizen",
        "note": "Hun ringede selv.",
    }
    wrong = karen.send("/indstilling/kendt", {**form, "authority": "Jobcentret"})
    assert wrong.status_code == 422
    assert "Hun ringede selv." in wrong.text
    assert "Mia Mortensen" in wrong.text
    screening = karen.does("/indstilling/kendt", form)
    assert "Borgeren er indstillet" in screening.text
    case = karen.client.get(screening.request.path.removesuffix("/screening")).text
    assert "Hun ringede selv." in case
    assert karen.send("/indstilling/kendt", {**form, "citizen_id": "nobody"}).status_code == 422


def test_likely_duplicates_are_told_apart_with_a_note(municipality: Municipality, karen: Browser) -> None:
    first = registered(municipality, "Søren Åberg", "650391-1234")
    second = registered(municipality, "aaberg, soeren", "050391-1236")
    page = karen.page("/borgere/dubletter")
    for words in ("Søren Åberg", "aaberg, soeren", "samme navn og fødselsdag", "erstatnings-CPR"):
        assert words in page
    pair = {"first_id": str(first), "second_id": str(second)}
    refused = karen.send("/borgere/dubletter", pair)
    assert (refused.status_code, "Skriv, hvordan du ved" in refused.text) == (422, True)
    after = karen.does("/borgere/dubletter", {**pair, "note": "Fætre."}).text
    assert "Søren Åberg" not in after
    assert "Ingen borgere ligner hinanden" in after


def test_a_screening_again_begins_with_the_answers_of_the_last_one(
    municipality: Municipality, karen: Browser
) -> None:
    page = karen.page(f"/sager/{referred(municipality, 'Mia Mortensen')}/screening")
    assert "Borgeren kan bære det." in page
    assert re.search(r'value="(yes|no)" checked', page)
    talk = karen.page(f"/sager/{referred(municipality, 'Mia Mortensen')}/samtale")
    assert talk.count('value="fits_with_support" checked') == 6
    assert "har nogen at ringe til" in talk


def test_a_talk_that_leaves_the_bar_open_is_shown_again_with_what_was_written(
    municipality: Municipality, karen: Browser
) -> None:
    enrolment_id = referred(municipality, "Mia Mortensen", prepare=False)
    topics = dict.fromkeys(
        (
            "resources_and_circumstances", "language", "cognitive_level", "bearing_the_pressure",
            "supporting_network", "not_too_complex",
        ),
        "not_talked_about",
    )  # fmt: skip
    form: dict[str, Any] = {**topics, "language.words": "Hun taler bedst arabisk.", "conclusion": "suitable"}
    refused = karen.send(f"/sager/{enrolment_id}/samtale", {**form, "reason": "Fordi."})
    assert refused.status_code == 422
    assert "Hun taler bedst arabisk." in refused.text


def test_the_waiting_list_is_shown_and_an_offer_past_it_asks_why(
    municipality: Municipality, karen: Browser, sign_in: SignIn
) -> None:
    first, second = referred(municipality, "Første Borger"), referred(municipality, "Anden Borger")
    assert "Nr. 1 på ventelisten" in karen.does(f"/sager/{first}/venteliste").text
    with municipality.at_work(), unit_of_work() as session:
        put_on_waiting_list(session, second, by=municipality.coordinator)
    waiting = karen.page("/venteliste")
    assert waiting.index("Første Borger") < waiting.index("Anden Borger")
    assert "Hvorfor er det denne borgers tur?" in karen.page(f"/sager/{second}")
    assert "Hvorfor er det denne borgers tur?" not in karen.page(f"/sager/{first}")
    assert karen.send(f"/sager/{second}/tilbud").status_code == 422
    offered = karen.does(f"/sager/{second}/tilbud", {"because": "Mister sin bolig."}).text
    assert "Mister sin bolig." in offered
    signe = sign_in(municipality, municipality.support_person)
    assert "Nr. 1 på ventelisten" in signe.page(f"/sager/{first}")
    assert "Mister sin bolig." not in signe.page(f"/sager/{second}")


def test_a_draw_is_announced_carried_out_and_can_be_checked_on_the_page(
    new_municipality: Callable[..., Municipality], sign_in: SignIn
) -> None:
    aarhus = new_municipality(like="aarhus")
    torben = sign_in(aarhus, aarhus.team_leader)
    names = ["Ane Aa", "Bo Bi", "Carl Ce"]
    cases = [referred(aarhus, name, prepare=False, programme=LTT, age=40) for name in names]
    announced = torben.does("/lodtraekning", {"programme": LTT, "places": "2", "arm": "group"}).text
    assert "2 af 3 trækkes" in announced
    draw_id = re.search(r'name="draw_id" value="([0-9a-f-]{36})"', announced)
    assert draw_id
    drawn = torben.does("/lodtraekning/traek", {"draw_id": draw_id[1]}).text
    assert "Efterprøvet: resultatet passer til frøet." in drawn
    assert drawn.count("ikke udtrukket") == 1
    pages = [torben.page(f"/sager/{case}") for case in cases]
    assert sum("udtrukket, kollektivt forløb" in page for page in pages) == 2
    again = torben.send("/lodtraekning/traek", {"draw_id": draw_id[1]})
    assert (again.status_code, "Resultatet står fast" in again.text) == (409, True)
    left_over = next(case for case, page in zip(cases, pages, strict=True) if "udtrukket" not in page)
    assert (
        "udpeget, individuelt forløb" in torben.does(f"/sager/{left_over}/udpeg", {"arm": "individual"}).text
    )
    too_many = torben.send("/lodtraekning", {"programme": LTT, "places": "1", "arm": "group"})
    assert "Ingen indstillede venter" in too_many.text
