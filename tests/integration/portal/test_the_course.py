"""The whole course through the pages: from the referral to the paid invoice."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from raaderum.enrolments.screening_rules import ConversationTopic
from raaderum.kernel import clock
from raaderum.ledger.service import trial_balance
from raaderum.plugin_api import AnswerType
from raaderum.plugin_host.installed import plugins
from raaderum.portal.form_guard import FIELD
from raaderum.programmes.installed import programmes
from raaderum.testing import sample_invoices
from raaderum.testing.cases import SUPPLIER, SUPPLIER_CVR, made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser
    from werkzeug.test import TestResponse

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]

TOPICS: Final = [topic.value for topic in ConversationTopic]
DREAM: Final = "Jeg vil ha' min egen cykel\nog et sted at stille den."


def hidden(page: str, action_ends: str) -> str:
    """Return the address of the one form of a page whose address ends so."""
    found = re.findall(rf'action="([^"]*{action_ends})"', page)
    assert len(found) == 1, (action_ends, found)
    address: str = found[0]
    return address


def press(browser: Browser, page: str, action_ends: str, form: dict[str, Any] | None = None) -> str:
    """Send the form of a page whose address ends so, and return the page that it leads to."""
    token = re.search(rf'name="{FIELD}" value="(\w+)"', page)
    assert token
    answer: TestResponse = browser.client.post(
        hidden(page, action_ends), data={FIELD: token[1], **(form or {})}, content_type="multipart/form-data"
    )
    assert answer.status_code == 303, answer.text
    landed = browser.client.get(answer.headers["Location"])
    assert landed.status_code == 200
    return landed.text


def test_from_the_referral_to_the_paid_invoice(
    municipality: Municipality,
    sign_in: SignIn,
    do_work: Callable[[], int],
    read: Callable[..., Any],
) -> None:
    karen = sign_in(municipality, municipality.coordinator)
    signe = sign_in(municipality, municipality.support_person)
    frida = sign_in(municipality, municipality.finance_officer)
    fund(frida)
    path = refer_and_accept(karen)
    dream(signe, path)
    plan_and_approve(signe, karen, path)
    code = buy(signe, karen, path)
    invoice = take_in(frida, code)
    # It is 100 kr. below the order: the finance officer says that no more is to come, so the rest is freed.
    approved = press(frida, invoice, "/godkend", {"more": "last"})
    assert "Betalingen er sat i gang, men endnu ikke gennemført" in approved
    assert not is_paid(signe.page(path))
    do_work()
    case = signe.page(path)
    assert is_paid(case)
    for words in ("3.900,00 kr.", "godkendt til 4.000,00 kr.", "600,50 kr."):
        assert words in case
    trail = frida.page(path.replace("/sager/", "/regnskab/"))
    for words in ("2026-7", "Brugt herrecykel", "Så kommer jeg på arbejde.", "En god lås", "min egen cykel"):
        assert words in trail
    assert "Bøgerne stemmer" in frida.page("/regnskab")
    assert sum(row.summed for row in read(trial_balance)) == 0


def fund(frida: Browser) -> None:
    programme = programmes().of_tenant(frida.municipality.tenant.slug)[-1]
    form = {"programme": programme.slug, "amount": "500.000", "key": str(frida.municipality.id)}
    assert "500.000,00 kr." in press(frida, frida.page("/regnskab"), "/regnskab", form)


def refer_and_accept(karen: Browser) -> str:
    """Bring a new citizen to the run-in; return the path of the case."""
    programme = programmes().of_tenant(karen.municipality.tenant.slug)[-1]
    cpr = made_up_cpr(age=33)
    form = {
        "name": "Bo Borger",
        "cpr": f"{cpr.digits[:6]}-{cpr.digits[6:]}",
        "programme": programme.slug,
        "support_person_id": str(karen.municipality.support_person.person_id),
    }
    screening = press(karen, karen.page("/indstilling"), "/indstilling", form)
    assert "Borgeren er oprettet og indstillet" in screening
    questions = plugins().target_groups[programme.target_group].questions
    answers = {one.name: "yes" for one in questions if one.answer is AnswerType.YES_NO}
    case = press(karen, screening, "/screening", {**answers, "judgement": "Bo kan bære det."})
    assert "Bo kan bære det." in case
    assert "opfyldt" in case
    path = hidden(case, "/venteliste").removesuffix("/venteliste").removeprefix(karen.address(""))
    talk = {"not_too_complex": "fits", "not_too_complex.words": "Nej.", "conclusion": "suitable"}
    unsaid = dict.fromkeys(TOPICS, "not_talked_about")
    case = press(
        karen, karen.page(f"{path}/samtale"), "/samtale", {**unsaid, **talk, "reason": "Bo er med på det."}
    )
    assert "Bo er med på det." in case
    assert "Læs vilkårene, og svar" in press(karen, case, "/tilbud")
    signed = {"signed_on": clock.today().isoformat(), "language": "da"}
    assert "tid til at drømme" in press(karen, karen.page(f"{path}/vilkaar"), "/tilbud/papir", signed)
    return path


def dream(signe: Browser, path: str) -> None:
    form = {"words": DREAM, "categories": ["housing"]}
    case = press(signe, signe.page(f"{path}/droem/diktat"), "/droem/diktat", form)
    assert DREAM.replace("'", "&#39;") in case
    assert "En god lås" in press(signe, case, "/delmaal", {"words": "En god lås"})


def plan_and_approve(signe: Browser, karen: Browser, path: str) -> None:
    row = {
        "description": "Cykel",
        "amount": "4.500,50",
        "theory_of_change": "Så kommer jeg på arbejde.",
        "sub_goal_id": chosen(signe.page(f"{path}/plan"), "En god lås"),
        "category": "transport",
    }
    form = {f"items[1].{name}": typed for name, typed in row.items()}
    case = press(signe, signe.page(f"{path}/plan"), "/plan", {"motivation": "Nu.", "propose": "yes", **form})
    assert "til godkendelse" in case
    assert "/godkend" not in case
    case = press(karen, karen.page(path), "/godkend", {"colour": "green"})
    assert "pengene er bevilget" in case
    assert "4.500,50 kr." in case


def buy(signe: Browser, karen: Browser, path: str) -> str:
    """Have a purchase asked for and approved; return its code."""
    wish = {
        "plan_item_id": chosen(signe.page(f"{path}/koeb"), "Cykel"),
        "description": "Brugt herrecykel",
        "supplier_name": SUPPLIER,
        "supplier_cvr": SUPPLIER_CVR,
        "amount": "4.000",
    }
    case = press(signe, signe.page(f"{path}/koeb"), "/koeb", wish)
    assert "venter på godkendelse" in case
    code = re.search(r"RD-\w{8}", case)
    assert code
    case = press(karen, karen.page(path), "/godkend")
    assert "godkendt, endnu ikke betalt" in case
    assert f"Skriv {code[0]} på bestillingen" in case
    return code[0]


def take_in(frida: Browser, code: str) -> str:
    """Have the supplier's invoice taken in; return its page."""
    content = sample_invoices.peppol_invoice(
        number="2026-7",
        supplier_name=SUPPLIER,
        supplier_cvr=SUPPLIER_CVR,
        order_reference=code,
        amount_with_vat=3_900_00,
    )
    form = {"files": (BytesIO(content), "2026-7.xml")}
    invoice = press(frida, frida.page("/fakturaer"), "/fakturaer", form)
    assert "passer til et køb" in invoice
    return invoice


def chosen(page: str, words: str) -> str:
    """Return the value of the option that begins with `words`."""
    option = re.search(rf'<option value="([0-9a-f-]{{36}})">{words}', page)
    assert option, page
    return option[1]


def is_paid(page: str) -> bool:
    return ">betalt</span>" in page
