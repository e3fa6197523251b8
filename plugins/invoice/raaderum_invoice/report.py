"""Collects what is wrong with one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.plugin_api import Finding

from raaderum_invoice.messages import CATALOGUE

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate


class Report:
    """The findings of one reading. A rule that is broken in ten places is found ten times."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def __call__(self, rule: str, where: str | Aggregate = "") -> None:
        """Note that `rule` is broken. The catalogue says what that means and whether it rejects."""
        entry = CATALOGUE[rule]
        place = where if isinstance(where, str) else _place(where)
        self.findings.append(Finding(rule, entry.fatal, entry.text, place))

    @property
    def rejects(self) -> bool:
        """Say whether any finding is fatal."""
        return any(finding.fatal for finding in self.findings)


def _place(aggregate: Aggregate) -> str:
    """Name an aggregate for a person: lines by their own number. Never a value that could be a CPR."""
    if aggregate.name.endswith("Line"):
        number = aggregate.text("ID")
        return f"{aggregate.name} {number}" if number.isascii() and len(number) <= 4 else aggregate.name  # noqa: PLR2004 -- shorter than any personal number
    return aggregate.name
