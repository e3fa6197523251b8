"""Evidence of price: who may attach what, how it is kept, and how a later version takes it over."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.kernel.errors import NotFound
from raaderum.kernel.identifiers import new_id
from raaderum.kernel.money import Oere
from raaderum.people.roles import RoleMayNot
from raaderum.plans.evidence import (
    attach_evidence,
    content_of,
    evidence_of_items,
    get_evidence,
    record_evidence_seen,
)
from raaderum.plans.evidence_rules import EvidenceKind, EvidenceKindUnknown, TooMuchEvidence
from raaderum.plans.rules import PlanMoveForbidden
from raaderum.plans.service import draft_plan, items_of
from raaderum.testing.cases import Case, case_in_run_in, case_with_grant, licence_item

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy.orm import Session

    from raaderum.testing.municipality import Municipality

PDF = b"%PDF-1.7\nTilbud til Mia Mortensen\x00\xff"


@pytest.fixture
def item_id(run_in: Case, act: Callable[..., Any], read: Callable[..., Any]) -> UUID:
    plan = act(
        draft_plan,
        run_in.enrolment_id,
        motivation="",
        items=[licence_item(run_in, Oere(1_000_00))],
        by=run_in.municipality.support_person,
    )
    found: UUID = read(items_of, plan.id)[0].id
    return found


def test_a_file_comes_back_to_the_byte_and_its_fetching_is_recorded(
    run_in: Case, item_id: UUID, act: Callable[..., Any], raw: Callable[[str], list[dict[str, Any]]]
) -> None:
    citizen = run_in.citizen
    kept = act(attach_evidence, item_id, content=PDF, file_name="Mias tilbud.pdf", by=citizen)
    assert (kept.file_name, kept.kind, kept.size) == ("Mias tilbud.pdf", EvidenceKind.PDF, len(PDF))
    assert kept.sha256 == hashlib.sha256(PDF).hexdigest()

    def fetch(session: Session) -> bytes:
        row = record_evidence_seen(session, kept.id, by=run_in.municipality.team_leader)
        return content_of(session, row)

    assert act(fetch) == PDF
    events = [entry["event"] for entry in raw("audit_entry")]
    assert (events.count("evidence.attached"), events.count("evidence.seen")) == (1, 1)
    held = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for table in ("evidence_file", "item_evidence", "audit_entry")
        for row in raw(table)
        for value in row.values()
    )
    assert b"Mia" not in held


def test_a_later_version_takes_files_over_without_copying_them(
    run_in: Case,
    item_id: UUID,
    act: Callable[..., Any],
    read: Callable[..., Any],
    raw: Callable[[str], list[dict[str, Any]]],
) -> None:
    by = run_in.municipality.support_person
    kept = act(attach_evidence, item_id, content=PDF, file_name="tilbud.pdf", by=by)
    item = replace(licence_item(run_in, Oere(900_00)), evidence=(kept.id, kept.id))
    later = act(draft_plan, run_in.enrolment_id, motivation="", items=[item], by=by)
    later_item = read(items_of, later.id)[0].id
    found = read(evidence_of_items, [item_id, later_item])
    assert [[one.id for one in files] for files in found.values()] == [[kept.id], [kept.id]]
    assert len(raw("evidence_file")) == 1


def test_nobody_takes_over_files_of_another_case(
    run_in: Case, item_id: UUID, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    by = run_in.municipality.support_person
    kept = act(attach_evidence, item_id, content=PDF, file_name="tilbud.pdf", by=by)
    other = case_in_run_in(run_in.municipality)
    item = replace(licence_item(other, Oere(900_00)), evidence=(kept.id,))
    with refused(NotFound):
        act(draft_plan, other.enrolment_id, motivation="", items=[item], by=by)
    for file_id in (kept.id, new_id()):
        with refused(NotFound):
            act(get_evidence, file_id, by=replace(other.citizen))
    with refused(NotFound):
        act(attach_evidence, item_id, content=PDF, file_name="", by=other.citizen)
    with refused(NotFound):
        act(attach_evidence, new_id(), content=PDF, file_name="", by=by)


def test_finance_neither_attaches_nor_fetches(
    municipality: Municipality, item_id: UUID, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(RoleMayNot):
        act(attach_evidence, item_id, content=PDF, file_name="", by=municipality.finance_officer)
    with refused(RoleMayNot):
        act(get_evidence, new_id(), by=municipality.finance_officer)


def test_an_approved_plan_takes_no_more_evidence(
    municipality: Municipality, act: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    case = case_with_grant(municipality)
    with refused(PlanMoveForbidden) as refusal:
        act(
            attach_evidence,
            case.plan_item_ids[0],
            content=PDF,
            file_name="",
            by=municipality.support_person,
        )
    assert refusal.danish == "Planen er »godkendt«, så det kan ikke gøres."


def test_an_eleventh_file_and_a_wrong_kind_leave_the_others_untouched(
    run_in: Case,
    item_id: UUID,
    act: Callable[..., Any],
    read: Callable[..., Any],
    refused: Callable[..., Any],
) -> None:
    by = run_in.municipality.coordinator
    for number in range(10):
        act(attach_evidence, item_id, content=PDF, file_name=f"{number}.pdf", by=by)
    with refused(TooMuchEvidence):
        act(attach_evidence, item_id, content=PDF, file_name="11.pdf", by=by)
    with refused(EvidenceKindUnknown):
        act(attach_evidence, item_id, content=b"PK\x03\x04", file_name="løgn.pdf", by=by)
    assert len(read(evidence_of_items, [item_id])[item_id]) == 10
