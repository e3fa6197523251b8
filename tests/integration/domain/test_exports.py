"""What is handed out: the same when taken in elsewhere, only what was chosen, and never a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from tests.integration.domain.spreadsheets import (
    MIA,
    Office,
)

from raaderum.audit.service import entries_before
from raaderum.exchange.columns import COLUMNS
from raaderum.exchange.exports import FileFormat, chosen_columns, hand_out
from raaderum.exchange.imports import take_in
from raaderum.exchange.rules import Kind
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.testing.cases import approved_purchase, case_with_grant

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.municipality import Municipality


@pytest.fixture
def office(municipality: Municipality) -> Office:
    return Office(municipality)


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_what_is_handed_out_can_be_taken_in_elsewhere_and_comes_out_the_same(
    new_municipality: Callable[..., Municipality], file_format: FileFormat
) -> None:
    here = Office(new_municipality()).with_everything()
    there = Office(new_municipality())
    there.fund()
    there_email = there.email.encode()
    files = exported(here, file_format)
    for kind, content in files.items():
        mine = (
            moved(content, here, there)
            if file_format is FileFormat.XLSX
            else content.replace(here.email.encode(), there_email)
        )
        with there.of.at_work():
            report = take_in(kind, mine, file_name="x", dry_run=False, by=there.of.administrator)
        assert report.saved, report.errors
    back = exported(there, FileFormat.CSV)
    first = exported(here, FileFormat.CSV)
    for kind, content in first.items():
        assert back[kind] == content.replace(here.email.encode(), there_email), kind


def exported(office: Office, file_format: FileFormat) -> dict[Kind, bytes]:
    files: dict[Kind, bytes] = {}
    for kind in Kind:
        everything = [column.name for column in COLUMNS[kind]]
        with office.of.at_work(), unit_of_work() as session:
            chosen = {kind: chosen_columns(kind, everything)}
            files[kind] = hand_out(session, chosen, file_format, by=office.of.team_leader).content
    return files


def moved(content: bytes, here: Office, there: Office) -> bytes:
    """Return a workbook with the other municipality's support person."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(here.email.encode(), there.email.encode()))
    return file.getvalue()


def test_what_is_handed_out_is_already_there_where_it_came_from(municipality: Municipality) -> None:
    case = case_with_grant(municipality)
    approved_purchase(case)
    office = Office(municipality)
    for kind, content in exported(office, FileFormat.CSV).items():
        with municipality.at_work():
            report = take_in(kind, content, file_name="x.csv", dry_run=False, by=municipality.administrator)
        assert report.saved, (kind, report.errors)
        assert report.counts[0].new == 0, kind


def test_the_cpr_number_is_handed_out_only_where_it_was_chosen(office: Office) -> None:
    office.with_a_case()
    with office.of.at_work(), unit_of_work() as session:
        usual = hand_out(
            session,
            {Kind.ENROLMENTS: chosen_columns(Kind.ENROLMENTS, [])},
            FileFormat.CSV,
            by=office.of.team_leader,
        )
    assert MIA[6:] not in usual.content.decode()
    with office.of.at_work(), reading() as session:
        [entry] = [one for one in entries_before(session, None, most=5) if one.event == "data.exported"]
    assert entry.detail["rows"] == 1
    assert "cpr" not in entry.detail["columns"].split()


def test_what_would_be_run_is_handed_out_as_text(office: Office) -> None:
    office.take_in(Kind.CITIZENS, (("cpr", "navn"), (MIA, "=HYPERLINK(1)")))
    csv_text = exported(office, FileFormat.CSV)[Kind.CITIZENS].decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in csv_text
    assert (
        office.take_in(Kind.CITIZENS, list(csv.reader(csv_text.splitlines(), delimiter=";")))
        .counts[0]
        .already_there
        == 1
    )
