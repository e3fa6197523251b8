"""Taking a file in costs as many statements for many rows as for few."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from sqlalchemy import select

from raaderum.exchange.columns import COLUMNS
from raaderum.exchange.imports import take_in
from raaderum.exchange.rules import Kind
from raaderum.kernel.money import Oere
from raaderum.ledger.proof import prove_books
from raaderum.people.duplicates import likely_duplicates
from raaderum.people.tables import Staff
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.service import fund_pool
from raaderum.programmes.installed import programmes
from raaderum.testing.cases import made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from raaderum.testing.municipality import Municipality

    Counting = Callable[[], AbstractContextManager[list[str]]]

FEW, MANY = range(3), range(3, 23)


def test_no_kind_of_row_costs_a_statement_of_its_own(
    new_municipality: Callable[[], Municipality], counting: Counting
) -> None:
    few, many = (taken_in(new_municipality(), cases, counting) for cases in (FEW, MANY))
    assert list(few) == list(Kind)
    # Accounts are opened by a call each, sent without waiting: it counts as one statement.
    assert many == few


def test_looking_for_duplicates_opens_all_names_in_one_query(
    municipality: Municipality, counting: Counting
) -> None:
    taken_in(municipality, MANY, counting)
    with municipality.at_work(), reading() as session, counting() as statements:
        assert likely_duplicates(session, by=municipality.coordinator)
    assert len(statements) <= 5, statements


def taken_in(municipality: Municipality, cases: range, counting: Counting) -> dict[Kind, int]:
    """Take in every kind for the cases; return how many statements each took."""
    with municipality.at_work():
        programme = programmes().of_tenant(municipality.tenant.slug)[-1].slug
        with unit_of_work() as session:
            fund_pool(session, programme, amount=Oere(1_000_000_00), by=municipality.finance_officer, key="x")
            email = session.scalars(
                select(Staff.email).where(Staff.id == municipality.support_person.person_id)
            ).one()
        sent: dict[Kind, int] = {}
        for kind in Kind:
            rows = [row for number in cases for row in rows_of(kind, number, programme, email)]
            with counting() as statements:
                report = take_in(
                    kind, as_csv(kind, rows), file_name="a.csv", dry_run=False, by=municipality.administrator
                )
            assert report.saved, report.errors
            sent[kind] = len(statements)
        with reading() as session:
            assert prove_books(session).holds
    return sent


def rows_of(kind: Kind, number: int, programme: str, email: str) -> list[dict[str, str]]:
    case = {"sagsnummer": f"S-{number}"}
    cpr = made_up_cpr(age=30, serial=number).digits
    match kind:
        case Kind.CITIZENS:
            return [{"cpr": cpr, "navn": "Bo Ærø"}]
        case Kind.ENROLMENTS:
            course = {"indstillet_dato": "2026-01-05", "tilbud_dato": "2026-01-06"}
            begun = {"accepteret_dato": "2026-01-13", "begyndt_dato": "2026-02-01"}
            who = {"cpr": cpr, "ordning": programme, "indstillet_af": "borger", "stoetteperson": email}
            return [case | course | begun | who]
        case Kind.GOALS:
            return [case | {"droem": "Et sted at bo", "kategorier": "housing", "delmaal_1": "Spare op"}]
        case Kind.PLAN:
            item = {
                "beskrivelse": "Depositum",
                "kategori": "bolig",
                "forandringsteori": "Så har jeg et sted.",
            }
            return [case | item | {"post_nummer": "1", "delmaal": "1", "beloeb_kr": "5.000"}]
        case Kind.RATINGS:
            said = {"tidspunkt": "start", "dato": "2026-02-02", "svar": "oensker_ikke"}
            return [case | said | {"hvem": who} for who in ("borger", "stoetteperson")]
        case Kind.PURCHASES:
            bought = {"post_nummer": "1", "beskrivelse": "Depositum", "leverandoer": "Boligforeningen"}
            days = {"dato": "2026-02-10", "godkendt_dato": "2026-02-11", "betalt_dato": "2026-02-20"}
            return [case | bought | days | {"koebsnummer": f"K-{number}", "beloeb_kr": "4.000"}]


def as_csv(kind: Kind, rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    names = [column.name for column in COLUMNS[kind] if any(column.name in row for row in rows)]
    writer = csv.DictWriter(text, names, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
