from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from raaderum.audit.service import entries_before, first_break
from raaderum.kernel.money import Oere
from raaderum.people.service import CitizenKnown, register_citizen
from raaderum.testing.cases import Case, approved_purchase, case_with_grant, made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.municipality import Municipality


def test_the_chain_holds_over_many_acts(case: Case, read: Callable[..., Any]) -> None:
    for _ in range(5):
        approved_purchase(case, Oere(1_000_00))
    entries = list(reversed(read(entries_before, None, most=1000)))
    assert [entry.sequence for entry in entries] == list(range(1, len(entries) + 1))
    assert all(later.previous_hash == earlier.hash for earlier, later in pairwise(entries))
    assert read(first_break) is None


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("tampering", "noticed_at"),
    [
        ("update audit_entry set actor_role = 'citizen' where tenant_id = :tenant and sequence = 3", 3),
        ("update audit_entry set detail = '{}' where tenant_id = :tenant and sequence = 7", 7),
        ("delete from audit_entry where tenant_id = :tenant and sequence = 5", 5),
        ("delete from audit_entry where tenant_id = :tenant and sequence > 10", 11),
    ],
)
def test_even_an_administrator_cannot_change_the_log_unnoticed(
    read: Callable[..., Any],
    as_administrator: Callable[[str], None],
    tampering: str,
    noticed_at: int,
) -> None:
    as_administrator(tampering)
    assert read(first_break) == noticed_at


def test_a_cpr_number_never_stands_in_the_log(
    municipality: Municipality,
    act: Callable[..., Any],
    raw: Callable[[str], list[dict[str, Any]]],
    refused: Callable[..., Any],
) -> None:
    cpr = made_up_cpr(serial=4_711)
    act(register_citizen, name="Mia Mortensen", cpr=cpr, by=municipality.coordinator)
    with refused(CitizenKnown):
        act(register_citizen, name="Mia Mortensen", cpr=cpr, by=municipality.coordinator)
    case_with_grant(municipality)
    # Hashes are random signs, which spell a short name now and then.
    entries = str(
        [{key: told for key, told in row.items() if "hash" not in key} for row in raw("audit_entry")]
    )
    assert "citizen.registered" in entries
    assert not [
        secret for secret in (cpr.digits, str(cpr), "Mia", "Mortensen", "gartner") if secret in entries
    ]
