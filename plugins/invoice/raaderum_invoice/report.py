"""Collects what is wrong with one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.plugin_api import Finding
from raaderum_invoice.messages import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from raaderum_invoice.document import Aggregate


class Report:
    """The findings of one reading. A rule that is broken in ten places is found ten times."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._only: frozenset[str] | None = None

    def __call__(self, rule: str, where: str | Aggregate = "") -> None:
        """Note that `rule` is broken. The catalogue says what that means and whether it rejects."""
        if self._only is not None and rule not in self._only:
            return
        entry = CATALOGUE[rule]
        place = where if isinstance(where, str) else _place(where)
        self.findings.append(Finding(rule, entry.fatal, entry.text, place))

    def each(self, facts: Iterable[tuple[str, bool]], where: str | Aggregate = "") -> None:
        """Note each rule that is said to be broken."""
        for rule, broken in facts:
            if broken:
                self(rule, where)

    def limited_to(self, rules: frozenset[str]) -> Report:
        """Return a report into the same list that passes over all rules but `rules`."""
        limited = Report()
        limited.findings = self.findings
        limited._only = rules
        return limited

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
