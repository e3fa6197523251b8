"""A case that came from a spreadsheet looks like any other, its payments too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.enrolments.tables import Enrolment
from raaderum.exchange.imports import take_in
from raaderum.exchange.rules import Kind
from raaderum.kernel.money import Oere
from raaderum.people.tables import Staff
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.service import fund_pool
from raaderum.programmes.installed import programmes
from raaderum.testing.cases import made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality


def imported_case(municipality: Municipality) -> UUID:
    cpr = made_up_cpr(age=27, serial=6_006).digits
    programme = programmes().of_tenant(municipality.tenant.slug)[-1].slug
    with municipality.at_work():
        with unit_of_work() as session:
            fund_pool(session, programme, amount=Oere(100_000_00), by=municipality.finance_officer, key="x")
            own = Staff.id == municipality.support_person.person_id
            email = session.scalars(select(Staff.email).where(own)).one()
        files = {
            Kind.CITIZENS: f"cpr;navn\n{cpr};Mia",
            Kind.ENROLMENTS: "sagsnummer;cpr;ordning;indstillet_dato;indstillet_af;stoetteperson;tilbud_dato;"
            "accepteret_dato;begyndt_dato\n"
            f"S-1;{cpr};{programme};2026-01-05;borger;{email};2026-01-06;2026-01-13;2026-02-01",
            Kind.GOALS: "sagsnummer;droem;kategorier;delmaal_1\nS-1;Et hus;housing;Spare op",
            Kind.PLAN: "sagsnummer;post_nummer;delmaal;beskrivelse;kategori;beloeb_kr;forandringsteori\n"
            "S-1;1;1;Depositum;bolig;20000;Så har jeg et sted.",
            Kind.PURCHASES: "sagsnummer;koebsnummer;post_nummer;beskrivelse;leverandoer;beloeb_kr;"
            "dato;betalt_dato\n"
            "S-1;K-1;1;Depositum til lejligheden;Boligforeningen;19000;2026-02-10;2026-02-20",
        }
        for kind, text in files.items():
            by = municipality.administrator
            report = take_in(kind, text.encode(), file_name="x.csv", dry_run=False, by=by)
            assert report.saved, report.errors
        with reading() as session:
            return session.scalars(select(Enrolment.id)).one()


def test_the_case_its_plan_and_what_was_paid_are_shown(
    municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    case_id = imported_case(municipality)
    page = sign_in(municipality, municipality.coordinator).page(f"/sager/{case_id}")
    assert "Depositum til lejligheden" in page
    assert "19.000,00 kr." in page


def test_the_money_can_be_walked_from_the_posting_to_the_dream(
    municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    case_id = imported_case(municipality)
    finance = sign_in(municipality, municipality.finance_officer)
    trail = finance.page(f"/regnskab/{case_id}")
    for word in ("Depositum til lejligheden", "Boligforeningen", "19.000,00 kr."):
        assert word in trail, word
    assert "S-1" not in finance.page("/udbetalinger")
