"""What every page carries against strangers' words and websites."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end
from raaderum.goals.rules import GoalCategory
from raaderum.goals.service import add_sub_goal, write_goal
from raaderum.invoices.service import dismiss_invoice
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role, may
from raaderum.people.service import register_citizen
from raaderum.persistence.unit_of_work import reading
from raaderum.plans.rules import Colour, ItemDraft, SpendingCategory
from raaderum.plans.service import approve_plan, draft_plan, fund_pool, items_of, propose_plan, return_plan
from raaderum.portal.routes import PAGES
from raaderum.purchases.service import refuse_purchase, request_purchase
from raaderum.testing import sample_invoices
from raaderum.testing.cases import case_in_run_in, case_with_grant, made_up_cpr
from raaderum.testing.municipality import hire

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any
    from uuid import UUID

    from flask import Flask
    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality
    from raaderum.testing.sample_invoices import SampleParameters

    SignIn = Callable[[Municipality, Actor], Browser]
    Act = Callable[..., Any]

PAYLOADS: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "' onmouseover='alert(3)",
    "</textarea></title></style><svg onload=alert(4)>",
    "javascript:alert(5)",
    "{{ 7 * 7 }}{% raise %}",
    "<style>*{display:none}</style>",
)
ALL_OF_THEM: Final = " ".join(PAYLOADS)


class Elements(HTMLParser):
    """Every element and attribute of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def check_harmless(page: str) -> Elements:
    """Nothing runs, nothing is styled inline, nothing comes from elsewhere."""
    elements = Elements(page)
    assert not elements.names & {"script", "style", "iframe", "object", "embed", "base"}
    for name, value in elements.attributes:
        assert not name.startswith("on"), (name, value)
        assert name != "style", value
        if name in {"href", "src", "action", "formaction"}:
            assert value.startswith(("/", "#", "?")), value
            assert not value.startswith("//"), value
    return elements


def test_every_page_has_the_security_headers(app: Flask, municipality: Municipality, sign_in: SignIn) -> None:
    browser, slug = sign_in(municipality, municipality.team_leader), municipality.tenant.slug
    addresses = ["/", f"/{slug}/log-ind", f"/{slug}/sager", f"/{slug}/regnskab", f"/{slug}/nope", "/nope/x"]
    answers = [browser.client.get(address) for address in addresses]
    answers.append(browser.client.post(f"/{slug}/indstilling"))
    answers.append(app.test_client().get(f"/{slug}/sager"))
    for answer in answers:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "style-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_stylesheet_is_kept_by_the_browser_and_changes_its_address_with_its_content(app: Flask) -> None:
    client = app.test_client()
    address = next(
        value
        for name, value in Elements(client.get("/").text).attributes
        if value.startswith("/portal-files/portal.css")
    )
    assert "?v=" in address
    with client.get(address) as answer:
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.mimetype == "text/css"


def test_what_people_write_is_shown_as_they_wrote_it_and_does_nothing(
    municipality: Municipality, sign_in: SignIn, act: Act, receive: Callable[..., Any]
) -> None:
    enrolment_id, invoice_ids = _poison(municipality, act, receive)
    with municipality.at_work():
        leader = hire(f"Leder {ALL_OF_THEM}", Role.TEAM_LEADER)
    shown = ""
    for actor in (
        leader,
        municipality.coordinator,
        municipality.support_person,
        municipality.finance_officer,
    ):
        browser = sign_in(municipality, actor)
        for page in PAGES:
            if page.name in {"download_invoice", "show_start"} or not may(actor, page.act):
                continue
            if not set(re.findall(r"<uuid:(\w+)>", page.path)) <= {"enrolment_id", "invoice_id"}:
                continue
            for invoice_id in invoice_ids if "invoice_id" in page.path else [None]:
                path = page.path.replace("<uuid:enrolment_id>", str(enrolment_id))
                answer = browser.open(path.replace("<uuid:invoice_id>", str(invoice_id)))
                assert answer.status_code == 200, path
                if answer.mimetype == "text/html":
                    shown += check_harmless(answer.text).text
    for number, payload in enumerate(PAYLOADS):
        assert shown.count(payload) > 20, (number, payload)


def test_what_is_typed_into_a_form_comes_back_harmless(municipality: Municipality, sign_in: SignIn) -> None:
    case = case_in_run_in(municipality)
    browser, citizen = sign_in(municipality, municipality.coordinator), sign_in(municipality, case.citizen)
    answers = [
        browser.send("/indstilling", {"name": ALL_OF_THEM, "cpr": ALL_OF_THEM}),
        browser.send(f"/sager/{case.enrolment_id}/plan", {"motivation": ALL_OF_THEM}),
        browser.send(
            f"/sager/{case.enrolment_id}/plan",
            {"items[0].description": ALL_OF_THEM, "items[0].amount": ALL_OF_THEM},
        ),
        citizen.send(f"/sager/{case.enrolment_id}/droem", {"words": "", "categories": [ALL_OF_THEM]}),
    ]
    for answer in answers:
        assert answer.status_code == 422
        check_harmless(answer.text)
    address = browser.address(f"/sager?tilstand=&x={ALL_OF_THEM}")
    check_harmless(browser.client.get(address).text)


def _poison(municipality: Municipality, act: Act, receive: Callable[..., Any]) -> tuple[UUID, list[UUID]]:
    """Make a case in which every text that anybody can write is an attack."""
    case = case_with_grant(municipality)
    enrolment_id = case.enrolment_id
    signe, karen, frida = municipality.support_person, municipality.coordinator, municipality.finance_officer
    act(register_citizen, name=f"Mia {ALL_OF_THEM}", cpr=made_up_cpr(age=41), by=karen)
    act(write_goal, enrolment_id, words=ALL_OF_THEM, categories=[GoalCategory.HOUSING], by=case.citizen)
    act(add_sub_goal, enrolment_id, words=ALL_OF_THEM, by=signe)
    item = ItemDraft(case.sub_goal_id, ALL_OF_THEM, SpendingCategory.OTHER, Oere(9_000_00), ALL_OF_THEM)
    act(fund_pool, case.programme, amount=Oere(50_000_00), by=frida, key="mere")
    plan = act(draft_plan, enrolment_id, motivation=ALL_OF_THEM, items=[item], by=signe)
    act(propose_plan, plan.id, by=signe)
    act(approve_plan, plan.id, colour=Colour.GREEN, by=karen)
    returned = act(draft_plan, enrolment_id, motivation=ALL_OF_THEM, items=[item], by=signe)
    act(propose_plan, returned.id, by=signe)
    act(return_plan, returned.id, comment=ALL_OF_THEM, by=karen)
    item_id = _only_item(municipality, plan.id)
    wish = {"plan_item_id": item_id, "description": ALL_OF_THEM, "supplier_name": ALL_OF_THEM, "by": signe}
    act(request_purchase, enrolment_id, **wish, supplier_cvr=None, amount=Oere(1_00))
    refused = act(request_purchase, enrolment_id, **wish, supplier_cvr=None, amount=Oere(2_00))
    act(refuse_purchase, refused.id, because=ALL_OF_THEM, by=karen)
    poisoned: SampleParameters = {
        "supplier_name": ALL_OF_THEM,
        "order_reference": ALL_OF_THEM,
        "description": ALL_OF_THEM,
    }
    contents = [
        sample_invoices.peppol_invoice(**poisoned),
        sample_invoices.oioubl_credit_note(**poisoned),
        ALL_OF_THEM.encode(),
    ]
    invoices = [receive(content, file_name=f"{ALL_OF_THEM}.xml") for content in contents]
    act(dismiss_invoice, invoices[1].id, because=ALL_OF_THEM, by=frida)
    act(end, enrolment_id, because=EndingReason.CITIZEN_LEAVES, note=ALL_OF_THEM, by=karen)
    return enrolment_id, [invoice.id for invoice in invoices]


def _only_item(municipality: Municipality, plan_id: UUID) -> UUID:
    with municipality.at_work(), reading() as session:
        return items_of(session, plan_id)[0].id
