"""What a payment was for is frozen when it is paid, and a change of it is found."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select

from raaderum.payouts.evidence import find_evidence, verify_evidence
from raaderum.payouts.evidence_rules import EvidenceFinding
from raaderum.payouts.service import get_payout
from raaderum.payouts.tables import Payout, PayoutEvidence
from raaderum.persistence.sealed_fields import open_field
from raaderum.testing.cases import PRICE, SUPPLIER, Case, approved_purchase

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    Act = Callable[..., Any]


FLIPPED = (
    "update payout_evidence set content_sealed ="
    " set_byte(content_sealed, 40, (get_byte(content_sealed, 40) + 1) % 256)"
)


@pytest.fixture
def paid(case: Case, invoice: Callable[..., Payout], do_work: Act, read: Act) -> Payout:
    payout = invoice(approved_purchase(case))
    do_work()
    found: Payout = read(get_payout, payout.id)
    return found


def finding(read: Act, payout: Payout) -> EvidenceFinding:
    checked = read(lambda session: verify_evidence(session, [get_payout(session, payout.id)]))
    found: EvidenceFinding = checked[payout.id].finding
    return found


def test_it_holds_the_way_from_the_payment_to_the_dream(case: Case, paid: Payout, read: Act) -> None:
    content = read(find_evidence, paid.id)
    town = case.municipality
    assert content["payout"] | {"amount_oere": PRICE, "payee_name": SUPPLIER} == content["payout"]
    assert content["payout"]["requested_by"] == str(town.support_person.person_id)
    assert content["payout"]["approved_by"] == str(town.finance_officer.person_id)
    assert content["payout"]["invoice_number"] == "F-1001"
    assert content["payout"]["approval_digest"] == paid.approval_digest
    assert content["plan_item"]["description"] == "Kørekort til bil"
    assert content["sub_goal"]["words"] == "Tage kørekort"
    assert content["goal"]["words"].startswith("Jeg vil ha' mit eget sted")
    assert content["purchase"]["code"] == paid.code


def test_it_is_sealed_and_its_hash_is_of_the_words_in_canonical_order(paid: Payout, read: Act) -> None:
    def row_and_words(session: Session) -> tuple[PayoutEvidence, str]:
        row = session.scalars(select(PayoutEvidence).where(PayoutEvidence.payout_id == paid.id)).one()
        return row, open_field(session, row, "content")

    row, words = read(row_and_words)
    assert "Kørekort".encode() not in row.content_sealed
    assert row.content_hash == hashlib.sha256(words.encode()).hexdigest()
    again = json.dumps(json.loads(words), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again == words
    assert finding(read, paid) is EvidenceFinding.INTACT


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("update payout_evidence set content_hash = repeat('0', 64)", EvidenceFinding.CHANGED),
        (
            FLIPPED,
            EvidenceFinding.CHANGED,
        ),
        ("delete from payout_evidence", EvidenceFinding.MISSING),
        ("update payout set payee_name = 'Another'", EvidenceFinding.PAYOUT_CHANGED),
        ("update payout set amount = amount - 1", EvidenceFinding.PAYOUT_CHANGED),
    ],
    ids=["another hash", "a flipped byte", "deleted", "another payee", "another amount"],
)
def test_whoever_gets_past_the_database_and_changes_a_row_is_found_out(
    change: str, found: EvidenceFinding, paid: Payout, read: Act, as_administrator: Callable[[str], None]
) -> None:
    as_administrator(f"{change} where tenant_id = :tenant")
    assert finding(read, paid) is found
    assert found.is_alarming


def test_one_that_is_not_paid_has_none(case: Case, invoice: Callable[..., Payout], read: Act) -> None:
    payout = invoice(approved_purchase(case))
    assert finding(read, payout) is EvidenceFinding.NONE_MADE
    assert read(find_evidence, payout.id) is None
