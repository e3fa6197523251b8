"""A municipality at work with its spreadsheets, and one citizen's rows in every table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from raaderum.exchange.columns import COLUMNS
from raaderum.exchange.imports import take_in
from raaderum.exchange.rules import Kind
from raaderum.kernel.money import Oere
from raaderum.people.tables import Staff
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.service import fund_pool
from raaderum.programmes.installed import programmes
from raaderum.testing.cases import made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.audit.actor import Actor
    from raaderum.exchange.report import ImportReport
    from raaderum.persistence.database import Base
    from raaderum.testing.municipality import Municipality

MIA: Final = made_up_cpr(age=27, serial=1_001).digits
BO: Final = made_up_cpr(age=31, serial=2_002).digits
DREAM: Final = "Jeg vil ha' et sted at bo – og høns 🐓 \u202eבית\u202c"
GOALS: Final = (
    ("sagsnummer", "droem", "kategorier", "delmaal_1", "delmaal_2"),
    ("S-1", DREAM, "bolig;health", "Spare op", "Flytte"),
)
PLAN: Final = (
    (
        "sagsnummer",
        "post_nummer",
        "delmaal",
        "beskrivelse",
        "kategori",
        "beloeb_kr",
        "forandringsteori",
        "forventet_dato",
    ),
    ("S-1", "1", "2", "Depositum", "bolig", "20.000,50", "Så har jeg et sted.", "2026-03-01"),
    ("S-1", "3", "1", "Høns", "pets", "1000.5", "De giver ro.", ""),
)
RATINGS: Final = (
    ("sagsnummer", "tidspunkt", "hvem", "svar", "dato"),
    ("S-1", "start", "borger", "meget langt fra", "2026-02-02"),
    ("S-1", "start", "stoetteperson", "oensker_ikke", "02-02-2026"),
)
PURCHASES: Final = (
    (
        "sagsnummer",
        "koebsnummer",
        "post_nummer",
        "beskrivelse",
        "leverandoer",
        "cvr",
        "beloeb_kr",
        "dato",
        "godkendt_dato",
        "betalt_dato",
    ),
    ("S-1", "K-1", "1", "Depositum", "Boligforeningen", "12345674", "19.000", "2026-02-10", "", "2026-02-20"),
    ("S-1", "K-2", "3", "To høns", "Gården", "", "400", "2026-02-11", "2026-02-12", ""),
    ("S-1", "K-3", "3", "Foder", "Gården", "", "99,95", "2026-02-12", "", ""),
)


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


class Office:
    """A municipality at work with its spreadsheets."""

    def __init__(self, municipality: Municipality) -> None:
        self.of = municipality
        with municipality.at_work(), reading() as session:
            staff = session.scalars(
                select(Staff).where(Staff.id == municipality.support_person.person_id)
            ).one()
            self.email = staff.email
            self.programme = programmes().of_tenant(municipality.tenant.slug)[-1].slug

    def take_in(
        self,
        kind: Kind | None,
        rows: Sequence[Sequence[str]],
        *,
        dry_run: bool = False,
        by: Actor | None = None,
    ) -> ImportReport:
        with self.of.at_work():
            return take_in(
                kind, as_csv(rows), file_name="ark.csv", dry_run=dry_run, by=by or self.of.administrator
            )

    def enrolments(self, *rows: dict[str, str]) -> list[list[str]]:
        """Return rows of active enrolments with what each says otherwise."""
        names = [column.name for column in COLUMNS[Kind.ENROLMENTS]]
        usual = {
            "sagsnummer": "S-1",
            "cpr": MIA,
            "ordning": self.programme,
            "indstillet_dato": "2026-01-05",
            "indstillet_af": "borger",
            "stoetteperson": self.email,
            "tilbud_dato": "2026-01-06",
            "accepteret_dato": "2026-01-13",
            "begyndt_dato": "01-02-2026",
        }
        return [names, *([{**usual, **row}.get(name, "") for name in names] for row in rows)]

    def fund(self, kroner: int = 500_000) -> None:
        with self.of.at_work(), unit_of_work() as session:
            fund_pool(session, self.programme, amount=Oere(kroner * 100), by=self.of.finance_officer, key="x")

    def with_a_case(self) -> Office:
        """Take in one citizen whose case is active."""
        assert self.take_in(Kind.CITIZENS, (("cpr", "navn"), (MIA, "Mia Ærø"), (BO, "Bo"))).saved
        assert self.take_in(Kind.ENROLMENTS, self.enrolments({})).saved
        return self

    def with_everything(self) -> Office:
        self.with_a_case().fund()
        for kind, rows in (
            (Kind.GOALS, GOALS),
            (Kind.PLAN, PLAN),
            (Kind.RATINGS, RATINGS),
            (Kind.PURCHASES, PURCHASES),
        ):
            report = self.take_in(kind, rows)
            assert report.saved, report.errors
        return self

    def count(self, table: type[Base]) -> int:
        with self.of.at_work(), reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0
