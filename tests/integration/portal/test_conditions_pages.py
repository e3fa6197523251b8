from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.conditions.service import conditions_of
from raaderum.enrolments.service import get_enrolment, offer, refer
from raaderum.kernel import clock
from raaderum.people.service import register_citizen
from raaderum.programmes.installed import programmes
from raaderum.testing.cases import Case, made_up_cpr, prepare_offer, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session
    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


@pytest.fixture
def offered(municipality: Municipality, act: Callable[..., Any]) -> Case:
    by, programme = municipality.coordinator, programmes().of_tenant(municipality.tenant.slug)[-1].slug
    citizen = act(register_citizen, name="Mia Mortensen", cpr=made_up_cpr(), by=by)
    support_person_id = municipality.support_person.person_id
    terms = {"citizen_id": citizen.id, "programme": programme, "support_person_id": support_person_id}
    enrolment = act(refer, **terms, by=by)
    act(prepare_offer, enrolment.id, programme=programme, age=27, by=by)
    act(offer, enrolment.id, by=by)
    return Case(municipality, citizen.id, enrolment.id, programme, enrolment.id)


def digest_on(page: str) -> str:
    found = re.search(r'name="digest" value="(\w{64})"', page)
    assert found
    return found[1]


def test_the_citizen_reads_accepts_and_fetches_the_letter(offered: Case, sign_in: SignIn) -> None:
    mia, path = sign_in(offered.municipality, offered.citizen), f"/sager/{offered.enrolment_id}"
    assert f"{path}/brev" not in mia.page(path)
    page = mia.page(f"{path}/vilkaar")
    assert "skat af pengene" in page
    assert "Underskrevet på papir" not in page
    assert "tid til at drømme" in mia.does(f"{path}/tilbud/ja", {"digest": digest_on(page)}).text
    accepted = mia.page(f"{path}/vilkaar")
    assert "med eget login" in accepted
    assert digest_on(page) in accepted
    letter = mia.open(f"{path}/brev")
    assert letter.mimetype == "application/pdf"
    assert letter.data.startswith(b"%PDF-")
    assert "Mia" not in letter.headers["Content-Disposition"]


def test_words_that_changed_meanwhile_are_shown_anew(
    offered: Case, sign_in: SignIn, act: Callable[..., Any]
) -> None:
    mia, path = sign_in(offered.municipality, offered.citizen), f"/sager/{offered.enrolment_id}"
    before = digest_on(mia.page(f"{path}/vilkaar"))

    def lower_the_ceiling(session: Session) -> None:
        get_enrolment(session, offered.enrolment_id, by=offered.citizen).ceiling = 30_000_00

    act(lower_the_ceiling)
    again = mia.send(f"{path}/tilbud/ja", {"digest": before})
    assert again.status_code == 409
    assert "Læs dem igen, som de er nu" in again.text
    assert "30.000,00 kr." in again.text
    assert digest_on(again.text) != before


def test_a_no_and_a_paper_are_registered(offered: Case, sign_in: SignIn, read: Callable[..., Any]) -> None:
    karen, path = (
        sign_in(offered.municipality, offered.municipality.coordinator),
        f"/sager/{offered.enrolment_id}",
    )
    missing = karen.send(f"{path}/tilbud/papir", {"signed_on": "", "language": "da"})
    assert (missing.status_code, "Skriv dagen." in missing.text) == (422, True)
    assert "har sagt nej tak" in karen.does(f"{path}/tilbud/nej", {"because": ""}).text
    assert read(conditions_of, offered.enrolment_id, by=offered.citizen).accepted is None
    assert (
        karen.send(f"{path}/tilbud/papir", {"signed_on": "2026-01-01", "language": "da"}).status_code == 409
    )


def test_pause_extension_and_deadlines_by_the_pages(case: Case, sign_in: SignIn) -> None:
    town, path = case.municipality, f"/sager/{case.enrolment_id}"
    karen, bente = sign_in(town, town.coordinator), sign_in(town, town.team_leader)
    first, last = clock.today() + timedelta(days=5), clock.today() + timedelta(days=11)
    pause = {"from_on": first.isoformat(), "until_on": last.isoformat(), "ground": "illness", "note": ""}
    assert "Trækningsretten er på pause." in karen.does(f"{path}/pause", pause).text
    assert "sygdom" in karen.page(f"{path}/frister")
    back = {"back_on": last.isoformat()}
    assert "Pausen er afsluttet." in karen.does(f"{path}/pause/slut", back).text
    extension = {"days": "14", "ground": "other", "note": "Køreskolen flytter."}
    assert karen.send(f"{path}/forlaengelse", extension).status_code == 403
    assert "Køreskolen flytter." in bente.does(f"{path}/forlaengelse", extension).text
    assert "Ingen frister" in karen.page("/frister")
    with clock.standing_still_at(clock.now() + timedelta(days=80)):
        assert "Ingen frister" in sign_in(town, town.coordinator).page("/frister")


def test_the_end_is_chosen_from_reasons_and_the_checklist_stays(case: Case, sign_in: SignIn) -> None:
    town, path = case.municipality, f"/sager/{case.enrolment_id}"
    requested_purchase(case)
    karen = sign_in(town, town.coordinator)
    page = karen.page(f"{path}/afslutning")
    assert "køb, der venter på godkendelse" in page
    assert "månederne er gået" not in page
    nothing = karen.send(f"{path}/afslut", {"because": "", "note": "", "ended_on": ""})
    assert (nothing.status_code, "Vælg en af mulighederne." in nothing.text) == (422, True)
    form = {"because": "moved_away", "note": "Flyttet til Odense.", "ended_on": ""}
    ended = karen.does(f"{path}/afslut", form).text
    assert "Grund: flyttet til en anden kommune" in ended
    assert "Flyttet til Odense." in sign_in(town, case.citizen).page(f"{path}/afslutning")


def test_a_citizen_stops_by_their_own_page(case: Case, sign_in: SignIn) -> None:
    mia, path = sign_in(case.municipality, case.citizen), f"/sager/{case.enrolment_id}"
    assert "Jeg vil stoppe" in mia.page(f"{path}/afslutning")
    assert "borgeren ønsker at stoppe" in mia.does(f"{path}/stop", {"note": ""}).text
    assert "Jeg vil stoppe" not in mia.page(f"{path}/afslutning")
