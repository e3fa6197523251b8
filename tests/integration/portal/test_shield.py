"""What a citizen shows to whoever asks for money, and the discreet word to the support person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.kernel.money import format_kroner
from raaderum.notices.service import own_notices
from raaderum.persistence.unit_of_work import reading
from raaderum.testing.cases import GRANT, case_with_grant

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]


def test_the_screen_says_who_decides_and_never_what_is_left(
    municipality: Municipality, sign_in: SignIn
) -> None:
    case = case_with_grant(municipality)
    browser = sign_in(municipality, case.citizen)
    shown = browser.page(f"/sager/{case.enrolment_id}/nej")
    assert municipality.tenant.name in shown
    assert format_kroner(GRANT) in browser.page(f"/sager/{case.enrolment_id}")
    assert "kr." not in shown


def test_a_call_is_asked_for_once_an_hour_and_says_not_why(
    municipality: Municipality, sign_in: SignIn
) -> None:
    case = case_with_grant(municipality)
    browser = sign_in(municipality, case.citizen)
    for _ in range(3):
        browser.send(f"/sager/{case.enrolment_id}/nej")
    with municipality.at_work(), reading() as session:
        told = own_notices(session, by=municipality.support_person)
    assert len(told) == 1
    assert "pres" not in f"{told[0].words.subject} {told[0].words.body}".lower()


def test_nothing_of_it_stands_on_the_citizens_own_timeline(
    municipality: Municipality, sign_in: SignIn
) -> None:
    case = case_with_grant(municipality)
    browser = sign_in(municipality, case.citizen)
    before = browser.page(f"/sager/{case.enrolment_id}/tidslinje")
    browser.send(f"/sager/{case.enrolment_id}/nej")
    after = browser.page(f"/sager/{case.enrolment_id}/tidslinje")
    assert after.count("<li") == before.count("<li")
    assert "opkald" not in after
