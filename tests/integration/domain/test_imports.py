"""A municipality's spreadsheets taken in: all or nothing, as often as one likes, and the books fit."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.integration.domain.spreadsheets import (
    BO,
    DREAM,
    GOALS,
    MIA,
    PLAN,
    PURCHASES,
    RATINGS,
    Office,
    as_csv,
)

from raaderum.audit.service import entries_before, first_break
from raaderum.audit.tables import AuditEntry
from raaderum.enrolments.tables import Enrolment
from raaderum.exchange.exports import FileFormat, chosen_columns, hand_out
from raaderum.exchange.imports import take_in
from raaderum.exchange.rules import Kind, KindUnclear
from raaderum.exchange.tables import ImportedRow
from raaderum.goals.service import opened_goals
from raaderum.ledger.proof import prove_books
from raaderum.ledger.service import budget_statement, transactions_of
from raaderum.payouts.service import payouts_of
from raaderum.people.roles import RoleMayNot
from raaderum.people.service import name_of_citizen
from raaderum.people.tables import Citizen
from raaderum.persistence.sealed_fields import open_field
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plans.service import plans_of
from raaderum.purchases.rules import PurchaseState
from raaderum.purchases.service import approve_purchase, purchases_of
from raaderum.purchases.tables import Purchase
from raaderum.questionnaires.tables import Questionnaire
from raaderum.testing.cases import case_with_grant, made_up_cpr

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.exchange.report import ImportReport
    from raaderum.testing.municipality import Municipality


@pytest.fixture
def office(municipality: Municipality) -> Office:
    return Office(municipality)


def the_case(session: Session) -> UUID:
    return session.scalars(select(Enrolment.id)).one()


def places(report: ImportReport) -> list[tuple[int, str]]:
    return [(error.row, error.column) for error in report.errors]


def test_a_dry_run_says_the_same_and_saves_nothing(office: Office) -> None:
    rows = (("cpr", "navn"), (MIA, "Mia"), (BO, "Bo"))
    tried = office.take_in(Kind.CITIZENS, rows, dry_run=True)
    assert (tried.counts[0].new, tried.saved, office.count(Citizen), office.count(AuditEntry)) == (
        2,
        False,
        0,
        5,
    )
    taken = office.take_in(Kind.CITIZENS, rows)
    assert (taken.counts, taken.saved, office.count(Citizen)) == (tried.counts, True, 2)


def test_one_wrong_row_saves_nothing_and_every_row_is_looked_at(office: Office) -> None:
    report = office.take_in(Kind.CITIZENS, (("cpr", "navn"), (MIA, "Mia"), ("1", "Bo"), (BO, "")))
    assert places(report) == [(3, "cpr"), (4, "navn")]
    assert (report.saved, office.count(Citizen), office.count(ImportedRow)) == (False, 0, 0)


def test_the_same_file_again_doubles_nothing(office: Office) -> None:
    office.with_everything()
    before = [office.count(table) for table in (Citizen, Enrolment, Purchase, Questionnaire, ImportedRow)]
    files = (
        (Kind.CITIZENS, (("cpr", "navn"), (MIA, "Mia Ærø"), (BO, "Bo"))),
        (Kind.ENROLMENTS, office.enrolments({})),
        (Kind.GOALS, GOALS),
        (Kind.PLAN, PLAN),
        (Kind.RATINGS, RATINGS),
        (Kind.PURCHASES, PURCHASES),
    )
    for kind, rows in files:
        report = office.take_in(kind, rows)
        assert report.saved, report.errors
        assert (report.counts[0].new, report.counts[0].already_there) == (0, len(rows) - 1)
    assert before == [
        office.count(table) for table in (Citizen, Enrolment, Purchase, Questionnaire, ImportedRow)
    ]
    with office.of.at_work(), reading() as session:
        assert budget_statement(session, the_case(session)).spent == 19_000_00


def test_the_same_key_with_something_else_says_which_columns_differ(office: Office) -> None:
    office.with_everything()
    changed = [
        PURCHASES[0],
        ("S-1", "K-1", "1", "Depositum", "Andre", "12345674", "18.000", *PURCHASES[1][7:]),
    ]
    [error] = office.take_in(Kind.PURCHASES, changed).errors
    assert "leverandoer, beloeb_kr" in error.reason.danish


def test_a_row_that_is_twice_in_a_file_counts_once(office: Office) -> None:
    report = office.take_in(Kind.CITIZENS, (("cpr", "navn"), (MIA, "Mia"), (MIA, "Mia"), (MIA, "Maja")))
    assert (report.counts[0].new, report.counts[0].already_there, places(report)) == (1, 1, [(4, "navn")])


def test_a_case_is_where_its_dates_say(office: Office) -> None:
    office.take_in(Kind.CITIZENS, (("cpr", "navn"), (MIA, "Mia"), (BO, "Bo")))
    none = dict.fromkeys(("tilbud_dato", "accepteret_dato", "begyndt_dato"), "")
    courses = (
        {"sagsnummer": "1", **none, "tilstand": "rejected"},
        {"sagsnummer": "2", "afsluttet_dato": "2026-06-01", "afslutningsgrund": "moved_away"},
        {"sagsnummer": "3", "begyndt_dato": ""},
        {"sagsnummer": "4", "cpr": BO, **none, "tilstand": "på venteliste"},
    )
    report = office.take_in(Kind.ENROLMENTS, office.enrolments(*courses))
    assert report.saved, report.errors
    with office.of.at_work(), reading() as session:
        states = session.scalars(select(Enrolment.state).order_by(Enrolment.id)).all()
    assert sorted(states) == ["ended", "rejected", "run_in", "waiting"]


@pytest.mark.parametrize(
    ("says", "column"),
    [
        ({"accepteret_dato": ""}, "begyndt_dato"),
        ({"tilbud_dato": "2026-01-01"}, "tilbud_dato"),
        ({"begyndt_dato": "2099-01-01"}, "begyndt_dato"),
        ({"afsluttet_dato": "2026-06-01"}, "afslutningsgrund"),
        ({"afslutningsgrund": "died"}, "afslutningsgrund"),
        ({"afsluttet_dato": "2026-06-01", "afslutningsgrund": "kedsomhed"}, "afslutningsgrund"),
        ({"ordning": "findes-ikke"}, "ordning"),
        ({"indstillet_dato": "1999-01-01"}, "ordning"),
        ({"stoetteperson": "ingen@kommune.example"}, "stoetteperson"),
        ({"cpr": "6101904999"}, "cpr"),
        ({"ramme_kr": "50.000,01"}, "ramme_kr"),
        ({"tilstand": "ended"}, "tilstand"),
        ({"sagsnummer": "x" * 51}, "sagsnummer"),
        ({"arm": "hund"}, "arm"),
    ],
    ids=str,
)
def test_what_a_case_cannot_be_is_told_by_its_column(
    office: Office, says: dict[str, str], column: str
) -> None:
    office.take_in(Kind.CITIZENS, (("cpr", "navn"), (MIA, "Mia")))
    report = office.take_in(Kind.ENROLMENTS, office.enrolments(says))
    assert places(report) == [(2, column)]
    assert (report.saved, office.count(Enrolment)) == (False, 0)


def test_a_second_open_case_in_the_same_programme_is_told(office: Office) -> None:
    office.with_a_case()
    report = office.take_in(Kind.ENROLMENTS, office.enrolments({"sagsnummer": "S-2"}))
    assert places(report) == [(2, "cpr")]
    two = office.enrolments({"sagsnummer": "A", "cpr": BO}, {"sagsnummer": "B", "cpr": BO})
    assert places(office.take_in(Kind.ENROLMENTS, two)) == [(3, "cpr")]


def test_the_words_come_in_to_the_letter_and_await_the_citizen(office: Office) -> None:
    office.with_a_case()
    assert office.take_in(Kind.GOALS, GOALS).saved
    with office.of.at_work(), reading() as session:
        goals = opened_goals(session, the_case(session))
    assert goals.words == DREAM
    assert [goal.words for goal in goals.sub_goals] == ["Spare op", "Flytte"]
    assert not goals.is_confirmed


def test_a_gap_between_sub_goals_and_an_unknown_case_are_told(office: Office) -> None:
    office.with_a_case()
    rows = (GOALS[0], ("S-1", "x", "bolig", "", "senere"), ("S-9", "x", "bolig", "a", ""))
    assert places(office.take_in(Kind.GOALS, rows)) == [(2, "delmaal_1"), (3, "sagsnummer")]


def test_a_rating_outside_its_scale_is_told(office: Office) -> None:
    office.with_a_case()
    rows = (
        RATINGS[0],
        ("S-1", "start", "borger", "opnået", "2026-02-02"),
        ("S-1", "slut", "borger", "far", "2099-01-01"),
    )
    assert places(office.take_in(Kind.RATINGS, rows)) == [(2, "svar"), (3, "dato")]


def test_an_imported_plan_is_approved_and_granted_out_of_the_pool(office: Office) -> None:
    office.with_a_case().fund()
    office.take_in(Kind.GOALS, GOALS)
    assert office.take_in(Kind.PLAN, PLAN).saved
    with office.of.at_work(), reading() as session:
        [plan] = plans_of(session, the_case(session))
        assert (plan.state, plan.version, plan.proposed_by) == ("approved", 1, None)
        assert plan.decided_by == office.of.administrator.person_id
        assert budget_statement(session, the_case(session)).available == 21_001_00


def test_a_pool_without_money_is_told_once(office: Office) -> None:
    office.with_a_case()
    office.take_in(Kind.GOALS, GOALS)
    [error] = office.take_in(Kind.PLAN, PLAN).errors
    assert error.column == "beloeb_kr"
    assert "puljen" in error.remedy.danish


@pytest.mark.parametrize(
    ("place", "value", "column"),
    [
        (2, "4", "delmaal"),
        (5, "60.000", "beloeb_kr"),
        (5, "-1", "beloeb_kr"),
        (4, "hest", "kategori"),
        (1, "0", "post_nummer"),
    ],
)
def test_an_item_that_breaks_a_rule_is_told(office: Office, place: int, value: str, column: str) -> None:
    office.with_a_case().fund()
    office.take_in(Kind.GOALS, GOALS)
    item = [*PLAN[1]]
    item[place] = value
    assert places(office.take_in(Kind.PLAN, (PLAN[0], item))) == [(2, column)]


def test_a_newer_version_replaces_and_grants_the_difference(office: Office) -> None:
    office.with_everything()
    header = (*PLAN[0], "version")
    newer = (
        header,
        (*PLAN[1], "2"),
        ("S-1", "2", "1", "Kursus", "tuition", "5000", "Det lærer mig noget.", "", "2"),
    )
    report = office.take_in(Kind.PLAN, newer)
    assert report.saved, report.errors
    with office.of.at_work(), reading() as session:
        assert [plan.state for plan in plans_of(session, the_case(session))] == ["approved", "replaced"]
        assert budget_statement(session, the_case(session)).granted == 25_000_50
        assert prove_books(session).holds
    again = office.take_in(Kind.PLAN, (header, (*PLAN[1][:1], "7", *PLAN[1][2:], "2")))
    assert places(again) == [(2, "version")]


def test_purchases_stand_in_the_books_as_paid_set_aside_and_asked_for(office: Office) -> None:
    office.with_everything()
    with office.of.at_work(), reading() as session:
        statement = budget_statement(session, the_case(session))
        assert (statement.spent, statement.committed, statement.in_payment) == (19_000_00, 400_00, 0)
        assert [purchase.state for purchase in purchases_of(session, the_case(session))].count("closed") == 1
        [payout] = payouts_of(session, the_case(session))
        assert (payout.state, payout.provider, payout.provider_reference) == ("paid", "before_raaderum", None)
        lines = transactions_of(session, [payout.id])
        assert [account.kind for _, _, account in lines] == [
            "available",
            "committed",
            "committed",
            "clearing",
            "clearing",
            "spent",
        ]
        assert prove_books(session).holds
        assert first_break(session) is None


def test_whoever_brought_an_open_request_in_cannot_approve_it(office: Office) -> None:
    office.with_a_case().fund()
    office.take_in(Kind.GOALS, GOALS)
    office.take_in(Kind.PLAN, PLAN)
    by = office.of.coordinator
    assert office.take_in(Kind.PURCHASES, (PURCHASES[0], PURCHASES[3]), by=by).saved
    with office.of.at_work(), reading() as session:
        [purchase] = purchases_of(session, the_case(session))
    assert (purchase.state, purchase.requested_by) == (PurchaseState.REQUESTED, by.person_id)
    with office.of.at_work(), unit_of_work() as session:
        approve_purchase(session, purchase.id, by=office.of.team_leader)


@pytest.mark.parametrize(
    ("place", "value", "column"),
    [
        (2, "2", "post_nummer"),
        (5, "12345678", "cvr"),
        (6, "30.000", "beloeb_kr"),
        (7, "2026-01-31", "dato"),
        (8, "2026-02-09", "godkendt_dato"),
        (9, "2026-02-09", "betalt_dato"),
        (9, "2099-01-01", "betalt_dato"),
    ],
)
def test_a_purchase_that_breaks_a_rule_is_told(office: Office, place: int, value: str, column: str) -> None:
    office.with_a_case().fund()
    office.take_in(Kind.GOALS, GOALS)
    office.take_in(Kind.PLAN, PLAN)
    row = [*PURCHASES[1]]
    row[place] = value
    assert places(office.take_in(Kind.PURCHASES, (PURCHASES[0], row))) == [(2, column)]
    assert office.count(Purchase) == 0


def test_purchases_together_cannot_go_beyond_the_grant(office: Office) -> None:
    office.with_everything()
    rows = [
        PURCHASES[0],
        *(("S-1", f"L-{n}", "1", "x", "y", "", "900", "2026-03-01", "", "2026-03-02") for n in range(2)),
    ]
    assert places(office.take_in(Kind.PURCHASES, rows)) == [(3, "beloeb_kr")]


def test_rows_that_point_at_a_wrong_row_are_not_blamed_for_it(office: Office) -> None:
    office.take_in(Kind.CITIZENS, (("cpr", "navn"), (MIA, "Mia")))
    content = office_workbook(office, {"stoetteperson": "ingen@x.example"})
    with office.of.at_work():
        report = take_in(None, content, file_name="alt.xlsx", dry_run=False, by=office.of.administrator)
    assert [(error.sheet, error.column) for error in report.errors] == [("forloeb", "stoetteperson")]
    assert office.count(Enrolment) == 0


def test_a_workbook_with_every_kind_is_taken_in_at_once_or_not_at_all(office: Office) -> None:
    office.fund()
    with office.of.at_work():
        report = take_in(
            None, office_workbook(office, {}), file_name="alt.xlsx", dry_run=False, by=office.of.administrator
        )
    assert report.saved, report.errors
    assert [count.kind for count in report.counts] == list(Kind)
    assert office.count(Purchase) == 3


def office_workbook(office: Office, says: dict[str, str]) -> bytes:
    file = io.BytesIO()
    sheets = {
        "koeb": PURCHASES,
        "borgere": (("cpr", "navn"), (MIA, "Mia")),
        "forloeb": office.enrolments(says),
        "maal": GOALS,
        "plan": PLAN,
        "vurderinger": RATINGS,
    }
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    sheet.write_string(number, place, value)
    return file.getvalue()


def test_a_citizen_registered_by_hand_is_already_there(municipality: Municipality) -> None:
    case = case_with_grant(municipality)
    office = Office(municipality)
    with municipality.at_work(), reading() as session:
        citizen = session.scalars(select(Citizen).where(Citizen.id == case.citizen_id)).one()
        cpr, name = open_field(session, citizen, "cpr"), name_of_citizen(session, citizen)
    report = office.take_in(Kind.CITIZENS, (("cpr", "navn"), (cpr, name)))
    assert (report.counts[0].new, report.counts[0].already_there) == (0, 1)
    assert places(office.take_in(Kind.CITIZENS, (("cpr", "navn"), (cpr, "En anden")))) == [(2, "navn")]


def test_only_those_who_may_can_take_in_and_hand_out(office: Office) -> None:
    of = office.of
    for actor in (of.support_person, of.team_leader, of.finance_officer):
        with pytest.raises(RoleMayNot):
            office.take_in(Kind.CITIZENS, (("cpr", "navn"),), by=actor)
    columns = {Kind.CITIZENS: chosen_columns(Kind.CITIZENS, [])}
    for actor in (of.support_person, of.coordinator, of.finance_officer):
        with pytest.raises(RoleMayNot), of.at_work(), unit_of_work() as session:
            hand_out(session, columns, FileFormat.CSV, by=actor)


def test_the_log_says_who_took_in_how_much_and_nobodys_words(office: Office) -> None:
    office.with_everything()
    with office.of.at_work(), reading() as session:
        entries = entries_before(session, None, most=200)
    events = [entry.event for entry in entries]
    assert events.count("data.imported") == 6
    assert events.count("purchase.imported") == 3
    written = str([entry.detail for entry in entries])
    assert not any(word in written for word in ("Mia", "høns", MIA, "S-1", "K-1"))


def test_a_file_that_cannot_be_told_apart_raises(office: Office) -> None:
    with pytest.raises(KindUnclear):
        office.take_in(None, (("a", "b"), ("1", "2")))


def test_progress_is_told_to_the_end(office: Office) -> None:
    told: list[tuple[int, int]] = []
    rows = [("cpr", "navn"), *((made_up_cpr(serial=n * 1009).digits, f"N{n}") for n in range(250))]
    with office.of.at_work():
        take_in(
            "citizens",
            as_csv(rows),
            file_name="b.csv",
            dry_run=True,
            by=office.of.administrator,
            progress=lambda done, of: told.append((done, of)),
        )
    assert told[-1] == (250, 250)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_no_table_whatever_it_holds_is_half_saved_or_breaks_anything(office: Office) -> None:
    office.with_everything()
    tables = (Citizen, Enrolment, Purchase, Questionnaire, ImportedRow, AuditEntry)
    files = {
        Kind.CITIZENS: (("cpr", "navn"), (MIA, "Mia Ærø")),
        Kind.ENROLMENTS: office.enrolments({}),
        Kind.GOALS: GOALS,
        Kind.PLAN: PLAN,
        Kind.RATINGS: RATINGS,
        Kind.PURCHASES: PURCHASES,
    }
    cells = st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [BO, MIA, "S-1", "1", "2", "", "9" * 30, "2026-03-01", "500", "slut", "far", "\x00", "=1"]
        ),
    )

    @settings(max_examples=120, deadline=None)
    @given(st.data())
    def any_table(data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(list(Kind)))
        header, *rows = ([*row] for row in files[kind])
        for _ in range(data.draw(st.integers(1, 6))):
            row = data.draw(st.sampled_from(rows))
            row[data.draw(st.integers(0, len(row) - 1))] = data.draw(cells)
        before = [office.count(table) for table in tables]
        report = office.take_in(kind, [header, *rows, *rows[: data.draw(st.integers(0, 1))]])
        assert report.saved != bool(report.errors)
        assert report.saved or [office.count(table) for table in tables] == before

    any_table()
    with office.of.at_work(), reading() as session:
        assert prove_books(session).holds
        assert first_break(session) is None
