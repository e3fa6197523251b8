"""Casework as people walk it in a browser: from the referral to the ended case with its checklist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect
from tests.journeys.people import DESKTOP, PHONE, faults_of, sign_in

from raaderum.kernel.identifiers import new_id
from raaderum.people.roles import PERMISSIONS, Role
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.service import draft_plan, fund_pool, propose_plan
from raaderum.portal.routes import PAGES
from raaderum.testing.cases import (
    GRANT,
    POOL,
    case_in_run_in,
    case_with_grant,
    licence_item,
    made_up_cpr,
)
from raaderum.testing.whole_case import whole_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

PROGRAMME: Final = "mit-liv-min-styring"
DREAM: Final = "Jeg vil sove en hel nat. Og vågne et sted, der er mit."
PEOPLE: Final = {
    "Mia Mortensen": Role.CITIZEN,
    "Signe Støtte": Role.SUPPORT_PERSON,
    "Torben Teamleder": Role.TEAM_LEADER,
    "Frida Finans": Role.FINANCE_OFFICER,
    "Anders Administrator": Role.ADMINISTRATOR,
}
"""A coordinator opens no page that a team leader does not."""
AT_THE_CASE: Final = frozenset({Role.CITIZEN, Role.SUPPORT_PERSON, Role.TEAM_LEADER})
"""Who see the same page differently, so that each looks at all of theirs."""
_DOWNLOADS: Final = frozenset(
    {
        "download_words", "download_evidence", "download_letter", "download_invoice", "download_template",
        "download_precedents", "download_receipt", "download_response",
    }
)  # fmt: skip


def test_a_course_goes_from_referral_to_the_checklist_of_the_ended_case(
    served: str, municipality: Municipality, open_window: Callable[..., Page], complaints: list[str]
) -> None:
    fund(municipality, PROGRAMME)
    karen, nora, signe = open_window(), open_window(width=PHONE), open_window(width=PHONE)

    sign_in(karen, served, municipality, "Karen Koordinator")
    refer_and_offer(karen, f"{served}/{municipality.tenant.slug}/indstilling")

    sign_in(nora, served, municipality, "Nora Nygaard")
    nora.get_by_role("link", name="Læs vilkårene, og svar").click()
    nora.get_by_role("button", name="Ja, jeg siger ja til vilkårene").click()
    write_the_dream(nora)

    sign_in(signe, served, municipality, "Signe Støtte")
    signe.get_by_role("link", name="Nora Nygaard").click()
    propose_a_plan(signe)

    karen.reload()
    karen.get_by_label("Grøn").check()
    karen.get_by_role("button", name="Godkend og bevilg 4.000,00 kr.").click()
    expect(karen.locator(".figure")).to_have_text("4.000,00 kr.")

    nora.get_by_role("link", name="Afslutning").click()
    expect(nora.get_by_role("link", name="Tilbage til mit forløb")).to_be_visible()
    nora.get_by_text("Jeg vil stoppe").click()
    nora.get_by_role("button", name="Ja, jeg stopper nu").click()
    expect(nora.get_by_role("status")).to_have_text("Dit forløb er afsluttet.")

    karen.get_by_role("link", name="Afslutning").click()
    checklist = karen.get_by_role("row")
    expect(checklist.filter(has_text="borgerens slutspørgeskema")).to_contain_text("1 mangler")
    expect(checklist.filter(has_text="køb, der venter")).to_contain_text("på plads")
    assert [faults_at_both_widths(page) for page in (karen, nora, signe)] == [[], [], []]
    assert [said for said in complaints if "422" not in said] == []


def refer_and_offer(page: Page, address: str) -> None:
    """Refer a citizen, screen, talk, and make the offer."""
    page.goto(address)
    page.get_by_label("Borgerens navn").fill("Nora Nygaard")
    page.get_by_label("CPR-nummer").fill("310231-1111")
    page.get_by_label("Støtteperson").select_option(index=1)
    page.get_by_label("Ordning").select_option(PROGRAMME)
    page.get_by_role("button", name="Opret og indstil").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("CPR-nummer").fill(made_up_cpr(age=24).digits)
    page.get_by_role("button", name="Opret og indstil").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Screening")
    for answer in page.get_by_label("ja", exact=True).all():
        answer.check()
    page.get_by_label("Faglig vurdering").fill("Nora kan bære det med en fast støtteperson.")
    page.get_by_role("button", name="Gem screeningen").click()
    page.get_by_role("link", name="Skriv samtalen ned").click()
    for answer in page.get_by_label("passer", exact=True).all():
        answer.check()
    page.get_by_label("Problemernes kompleksitet: hvad blev sagt?").fill("Hun har styr på hverdagen.")
    page.get_by_label("borgeren kan få gavn af et budget", exact=True).check()
    page.get_by_label("Hvorfor?").fill("Hun ved, hvad hun vil.")
    page.get_by_role("button", name="Gem samtalen").click()
    page.get_by_role("button", name="Giv tilbud").click()
    expect(page.get_by_role("heading", name="Der er givet et tilbud")).to_be_visible()


def write_the_dream(page: Page) -> None:
    """Write wish, dream and sub-goal as the citizen."""
    page.get_by_role("link", name="Ønsker og strategi").click()
    page.get_by_label("Hvad kunne du ønske dig?").fill("En seng")
    page.get_by_role("button", name="Tilføj ønsket").click()
    page.get_by_role("link", name="Tilbage til mit forløb").click()
    page.get_by_role("link", name="Skriv drømmen ned").click()
    page.get_by_label("Dine egne ord").fill(DREAM)
    page.get_by_label("bolig").check()
    page.get_by_role("button", name="Gem drømmen").click()
    page.get_by_label("Delmålet med dine egne ord").fill("Få en seng")
    page.get_by_role("button", name="Tilføj", exact=True).click()
    expect(page.get_by_role("blockquote")).to_have_text(DREAM)


def propose_a_plan(page: Page) -> None:
    """Write a plan of one item, and send it to approval."""
    page.get_by_role("link", name="Skriv en plan").click()
    page.get_by_label("Borgerens motivation").fill("Nu er jeg klar.")
    item = page.get_by_role("group", name="Post 1", exact=True)
    item.get_by_label("Hvad skal købes?").fill("En seng")
    item.get_by_label("Beløb").fill("4.000")
    item.get_by_label("Slags").select_option("housing")
    item.get_by_label("Hvorfor fører pengene til forandring?").fill("Når jeg sover, kan jeg resten.")
    page.get_by_role("button", name="Gem og send til godkendelse").click()
    expect(page.get_by_text("Planen venter på en koordinator.")).to_be_visible()


def test_the_two_answers_are_blind_to_each_other_until_both_are_in(
    served: str, municipality: Municipality, open_window: Callable[..., Page]
) -> None:
    case = case_with_grant(municipality)
    mia, signe = open_window(width=PHONE), open_window()
    for page, name in ((mia, "Mia Mortensen"), (signe, "Signe Støtte")):
        sign_in(page, served, municipality, name)
        page.goto(f"{served}/{municipality.tenant.slug}/sager/{case.enrolment_id}/samtaler")
    start = mia.get_by_role("region", name="Spørgeskema ved start")
    start.get_by_label("langt fra", exact=True).check()
    start.get_by_role("button", name="Gem mit svar").click()

    signe.reload()
    start = signe.get_by_role("region", name="Spørgeskema ved start")
    expect(start.get_by_text("Vises, når begge svar er inde.")).to_be_visible()
    expect(start.get_by_role("strong")).to_have_count(0)
    start.get_by_label("i høj grad", exact=True).check()
    start.get_by_role("button", name="Gem mit svar").click()

    mia.reload()
    for page in (mia, signe):
        start = page.get_by_role("region", name="Spørgeskema ved start")
        expect(start.get_by_role("strong")).to_have_text(["langt fra", "i høj grad"])


def test_a_yellow_plan_gets_a_colleagues_comment_before_it_turns_green(
    served: str, municipality: Municipality, open_window: Callable[..., Page]
) -> None:
    address = f"{served}/{municipality.tenant.slug}{proposed_plan(municipality)}"
    karen, torben = open_window(), open_window(width=PHONE)
    sign_in(karen, served, municipality, "Karen Koordinator")
    karen.goto(address)
    assess(karen, real_change="ja", colour="Gul")

    sign_in(torben, served, municipality, "Torben Teamleder")
    torben.get_by_role("link", name="Teamet").click()
    torben.get_by_role("link", name="Mia Mortensen").click()
    torben.get_by_label("Hvad ser du?").fill("Hun holder, hvad hun lover.")
    torben.get_by_label("grøn", exact=True).check()
    torben.get_by_role("button", name="Send kommentaren").click()
    expect(torben.get_by_role("status")).to_have_text("Kommentaren er sendt.")

    karen.reload()
    expect(karen.get_by_text("Hun holder, hvad hun lover.")).to_be_visible()
    assess(karen, real_change="ja", realistic="ja", colour="Grøn")
    karen.get_by_role("button", name="Godkend og bevilg 20.000,00 kr.").click()
    expect(karen.get_by_role("status")).to_have_text("Planen er godkendt, og pengene er bevilget.")


def assess(page: Page, *, real_change: str, colour: str, realistic: str = "usikker") -> None:
    """Answer the three criteria and choose a colour."""
    answers = {"væsentlig ændring": real_change, "realistisk": realistic, "midlerne": "ja", "ydelser": "nej"}
    for question, answer in {**answers, "gæld senere": "nej"}.items():
        page.get_by_role("group", name=re.compile(question)).get_by_label(answer, exact=True).check()
    page.get_by_label(re.compile(f"{colour} – ")).check()
    page.get_by_role("button", name="Gem vurderingen").click()
    expect(page.get_by_role("status")).to_have_text("Vurderingen er gemt.")


def test_a_trial_import_says_where_the_file_is_wrong_and_saves_nothing(
    served: str, municipality: Municipality, open_window: Callable[..., Page]
) -> None:
    page = open_window()
    sign_in(page, served, municipality, "Anders Administrator")
    page.get_by_role("navigation").get_by_text("Administration", exact=True).click()
    page.get_by_role("link", name="Indlæsning").click()
    for button in ("Prøv uden at gemme", "Indlæs og gem"):
        page.get_by_label("Regneark").set_input_files(
            {"name": "borgere.csv", "mimeType": "text/csv", "buffer": b"cpr;navn\n999999-9999;Nora\n"}
        )
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("heading", name="Intet er gemt")).to_be_visible()
        expect(page.get_by_role("rowheader", name="række 2")).to_contain_text("cpr")
    assert faults_of(page) == []


def test_every_page_fits_at_both_widths_and_every_field_has_a_name(
    served: str, new_municipality: Callable[..., Municipality], open_window: Callable[..., Page]
) -> None:
    municipality = new_municipality("aarhus")
    whole = whole_case(municipality)
    own = f"{served}/{municipality.tenant.slug}"
    wanted = [one for one in PAGES if one.name not in _DOWNLOADS]
    looked_at: set[str] = set()
    for name, role in PEOPLE.items():
        page = open_window()
        sign_in(page, served, municipality, name)
        for one in wanted:
            is_new = one.name not in looked_at or role in AT_THE_CASE
            if role in PERMISSIONS[one.act] and is_new:
                looked_at.add(one.name)
                path = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: whole.ids[match[1]], one.path)
                answer = page.goto(own + path)
                assert answer is not None
                assert answer.ok, (name, one.name)
                assert faults_at_both_widths(page) == [], (name, one.name)
        page.goto(f"{own}/nope")
        assert faults_at_both_widths(page) == [], name
    assert looked_at == {one.name for one in wanted}


def faults_at_both_widths(page: Page) -> list[str]:
    found = []
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width}: {fault}" for fault in faults_of(page)]
    return found


def fund(municipality: Municipality, programme: str) -> None:
    with municipality.at_work(), unit_of_work() as session:
        fund_pool(session, programme, amount=POOL, by=municipality.finance_officer, key=str(new_id()))


def proposed_plan(municipality: Municipality) -> str:
    """Have a plan proposed for a new citizen; return the path of its assessment."""
    case: Case = case_in_run_in(municipality)
    fund(municipality, case.programme)
    with municipality.at_work(), unit_of_work() as session:
        plan = draft_plan(
            session,
            case.enrolment_id,
            motivation="Jeg vil videre.",
            items=[licence_item(case, GRANT)],
            by=municipality.support_person,
        )
        propose_plan(session, plan.id, by=municipality.support_person)
        return f"/sager/{case.enrolment_id}/planer/{plan.id}/vurdering"
