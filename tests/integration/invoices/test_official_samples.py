"""Every published sample that arrives ends in a named outcome, and is kept to the byte."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from raaderum.invoices.rules import OUTCOME_NAMES, InvoiceOutcome
from raaderum.invoices.service import inbox, inbox_counts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

    from raaderum.invoices.tables import InboxInvoice
    from raaderum.testing.municipality import Municipality

FOUND_BY_THE_MACHINE = {
    InvoiceOutcome.MATCHED,
    InvoiceOutcome.SUGGESTED,
    InvoiceOutcome.UNMATCHED,
    InvoiceOutcome.DUPLICATE,
    InvoiceOutcome.REJECTED,
    InvoiceOutcome.REMINDER,
}


def test_every_official_sample_ends_in_a_named_outcome_with_a_reason(
    municipality: Municipality,
    official_samples: list[Path],
    receive: Callable[..., InboxInvoice],
    original: Callable[[UUID], bytes],
    read: Callable[..., Any],
) -> None:
    outcomes: Counter[InvoiceOutcome] = Counter()
    for path in official_samples:
        content = path.read_bytes()
        row = receive(content, path.name)
        outcome = InvoiceOutcome(row.outcome)
        outcomes[outcome] += 1
        assert outcome in FOUND_BY_THE_MACHINE & set(OUTCOME_NAMES), path
        assert row.explanation["da"], path
        assert row.explanation["en"], path
        assert original(row.id) == content, path
        if outcome is InvoiceOutcome.REJECTED:
            assert any(finding["fatal"] for finding in row.findings), path
    assert sum(outcomes.values()) == len(official_samples) > 80
    assert outcomes[InvoiceOutcome.REJECTED] > 30
    assert outcomes[InvoiceOutcome.UNMATCHED] > 5
    assert read(inbox_counts) == dict(outcomes)
    assert len(read(inbox, by=municipality.finance_officer, most=500)) == len(official_samples)


def test_a_second_delivery_of_every_sample_is_a_duplicate_or_rejected_again(
    official_samples: list[Path], receive: Callable[..., InboxInvoice]
) -> None:
    chosen = [path for path in official_samples if "examples" in path.parts][:12]
    first = [receive(path.read_bytes()) for path in chosen]
    for path, earlier in zip(chosen, first, strict=True):
        again = receive(path.read_bytes())
        expected = (
            InvoiceOutcome.REJECTED
            if earlier.outcome == InvoiceOutcome.REJECTED
            else InvoiceOutcome.DUPLICATE
        )
        assert again.outcome == expected, path
        assert again.content_hash == earlier.content_hash
