"""Bad input about money in the browser: told in words where it was typed, and nothing is lost or kept."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import func, select

from raaderum.invoices.tables import InboxInvoice
from raaderum.persistence.unit_of_work import reading
from raaderum.provider_events.tables import ProviderEvent
from raaderum.purchases.tables import Purchase
from raaderum.receipts.tables import Receipt
from raaderum.reconciliation.tables import StatementFile, StatementLine
from raaderum.testing.sample_statements import SampleEntry, SampleStatement, statement_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.persistence.database import Base
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]

HUNDRED_MEGABYTES: Final = 100_000_000
OVERLONG: Final = "ø" * 2_001
TURNED: Final = "0040\u202e"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"amount": "1e9"}, "er ikke et beløb"),
        ({"amount": "-5"}, "over 0 kr."),
        ({"amount": "10000000"}, "ad gangen"),
        ({"amount": "9" * 40}, "er ikke et beløb"),
        ({"registration_number": "40"}, "fire cifre"),
        ({"registration_number": TURNED}, "fire cifre"),
        ({"account_number": "1" * 11}, "højst ti cifre"),
        ({"account_number": "1\x00"}, "usynligt tegn"),
        ({"payee_name": ""}, "hvem kontoen tilhører"),
        ({"payee_name": "ø" * 141}, "højst 140 tegn"),
        ({"payee_name": "Ud\x00lejer"}, "usynligt tegn"),
        ({"description": " "}, "Skriv, hvad der skal købes."),
    ],
)
def test_a_transfer_that_cannot_be_meant_is_told_and_not_asked_for(
    typed: dict[str, str], told: str, case: Case, sign_in: SignIn
) -> None:
    form = {
        "plan_item_id": str(case.plan_item_ids[0]),
        "description": "Depositum",
        "amount": "250",
        "payee_kind": "account",
        "payee_name": "Udlejer",
        "registration_number": "0040",
        "account_number": "440116243",
    }
    browser = sign_in(case.municipality, case.municipality.support_person)
    answer = browser.send(f"/sager/{case.enrolment_id}/overfoersler", form | typed)
    assert answer.status_code == 422
    assert told in answer.text
    assert kept(case.municipality, Purchase) == 0


def test_a_statement_that_is_none_is_shown_as_refused(municipality: Municipality, sign_in: SignIn) -> None:
    browser = sign_in(municipality, municipality.finance_officer)
    file = {"file": (BytesIO(b"MZ" + b"\0" * 99), "\u202efdp.exe")}
    assert "camt.053" in browser.does("/bank", file).text
    assert kept(municipality, StatementLine) == 0


def test_a_line_is_put_aside_with_a_reason_of_reasonable_length(
    municipality: Municipality, sign_in: SignIn
) -> None:
    browser = sign_in(municipality, municipality.finance_officer)
    content = statement_file(SampleStatement([SampleEntry(-5_00, "A1", text="Gebyr")]))
    browser.does("/bank", {"file": (BytesIO(content), "udtog.xml")})
    with municipality.at_work(), reading() as session:
        line_id = session.scalars(select(StatementLine.id)).one()
    answer = browser.send(f"/bank/{line_id}/afvis", {"because": OVERLONG})
    assert (answer.status_code, "højst 2000 tegn" in answer.text) == (422, True)
    assert OVERLONG in answer.text


def test_a_status_file_that_is_none_says_which_one_to_fetch(
    municipality: Municipality, sign_in: SignIn
) -> None:
    browser = sign_in(municipality, municipality.finance_officer)
    answer = browser.send("/betalingskoersler/svar", {"file": (BytesIO(b"PK\x03\x04"), "svar.zip")})
    assert (answer.status_code, "Hent den rigtige fil" in answer.text) == (422, True)
    assert kept(municipality, ProviderEvent) == 0


@pytest.mark.parametrize("path", ["/fakturaer", "/betalingskoersler/svar", "/sager/{case}/kvitteringer"])
def test_a_hundred_megabytes_are_refused_and_nothing_is_kept(path: str, case: Case, sign_in: SignIn) -> None:
    assert refused_unread(path, HUNDRED_MEGABYTES, case, sign_in) == 413
    assert [kept(case.municipality, one) for one in (InboxInvoice, ProviderEvent, Receipt)] == [0, 0, 0]


def test_a_statement_larger_than_any_bank_sends_is_refused_and_not_kept(case: Case, sign_in: SignIn) -> None:
    assert refused_unread("/bank", 3 * HUNDRED_MEGABYTES, case, sign_in) == 413
    assert kept(case.municipality, StatementFile) == 0


def refused_unread(path: str, size: int, case: Case, sign_in: SignIn) -> int:
    """Send a form that says how large it is, as its owner; return how it was answered."""
    town = case.municipality
    browser = sign_in(town, case.citizen if "kvitteringer" in path else town.finance_officer)
    options: dict[str, Any] = {"environ_overrides": {"CONTENT_LENGTH": str(size)}}
    content = {"file": (BytesIO(b"x"), "fil.xml")}
    return browser.send(path.format(case=case.enrolment_id), content, **options).status_code


def kept(municipality: Municipality, table: type[Base]) -> int:
    """Count the rows of a table."""
    with municipality.at_work(), reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
