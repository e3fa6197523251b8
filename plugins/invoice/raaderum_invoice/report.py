"""Collects what is wrong with one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Finding
from raaderum_invoice.messages import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from raaderum_invoice.document import Aggregate


MOST_OF_ONE_RULE: Final = 20
"""Findings. A person needs no more, and a hostile file must not fill the database."""


class Report:
    """The findings of one reading. A rule is told of for each place where it is broken, up to a limit."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._times: dict[str, int] = {}
        self._only: frozenset[str] | None = None

    def __call__(self, rule: str, where: str | Aggregate = "") -> None:
        """Note that `rule` is broken. The catalogue says what that means and whether it rejects."""
        if self._only is not None and rule not in self._only:
            return
        times = self._times.get(rule, 0)
        if times == MOST_OF_ONE_RULE:
            return
        self._times[rule] = times + 1
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
        limited.findings, limited._times = self.findings, self._times
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
