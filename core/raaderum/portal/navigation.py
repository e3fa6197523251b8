"""The ways on every page: what a person's role opens, grouped once there are too many for one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.people.roles import Act

if TYPE_CHECKING:
    from raaderum.portal.visits import Visit

MOST_SIDE_BY_SIDE: Final = 7
"""Whoever has more ways than this finds them in groups."""


@dataclass(frozen=True, slots=True)
class Way:
    """A page that is reached from everywhere: its endpoint, the act it asks for, what its link says."""

    page: str
    act: Act
    text: str


@dataclass(frozen=True, slots=True)
class WayGroup:
    """Ways of one kind; without a name they always stand side by side."""

    text: str
    ways: tuple[Way, ...]


WAY_GROUPS: Final[tuple[WayGroup, ...]] = (
    WayGroup(
        "",
        (
            Way("show_tasks", Act.SEE_TASKS, "nav.tasks"),
            Way("show_caseload", Act.SEE_CASELOAD, "nav.cases"),
            Way("show_deadlines", Act.SEE_CASELOAD, "deadlines.link"),
            Way("show_team", Act.SEE_ASSESSMENTS, "nav.team"),
            Way("show_notices", Act.SEE_OWN_SESSION, "notices.heading"),
        ),
    ),
    WayGroup(
        "nav.way_in",
        (
            Way("show_referral_form", Act.REFER_CITIZEN, "nav.referral"),
            Way("show_waiting_lists", Act.SCREEN, "nav.waiting"),
            Way("show_courses", Act.RUN_COURSE, "nav.courses"),
        ),
    ),
    WayGroup(
        "nav.money",
        (
            Way("show_controls", Act.CONTROL_PURCHASE, "controls.heading"),
            Way("show_missing_receipts", Act.SEE_MISSING_RECEIPTS, "nav.receipts"),
            Way("show_inbox", Act.SEE_INVOICES, "nav.invoices"),
            Way("show_payouts", Act.SEE_LEDGER, "nav.payouts"),
            Way("show_runs", Act.RUN_PAYMENTS, "runs.heading"),
            Way("show_bank", Act.SEE_STATEMENTS, "nav.bank"),
            Way("show_proofs", Act.SEE_PROOF, "nav.proof"),
            Way("show_ledger", Act.SEE_LEDGER, "nav.ledger"),
        ),
    ),
    WayGroup(
        "nav.administration",
        (
            Way("show_staff", Act.CHANGE_ROLES, "nav.staff"),
            Way("show_load", Act.SEE_LOAD, "nav.load"),
            Way("show_import_form", Act.IMPORT_DATA, "nav.import"),
            Way("show_export_form", Act.EXPORT_DATA, "nav.export"),
            Way("show_audit", Act.SEE_AUDIT, "nav.audit"),
            Way("show_parked_work", Act.RESUME_WORK, "nav.parked"),
            Way("show_jobs", Act.SEE_JOBS, "nav.jobs"),
        ),
    ),
    WayGroup(
        "nav.practice",
        (
            Way("show_guidelines", Act.SEE_GUIDELINES, "nav.guidelines"),
            Way("show_precedents", Act.SEE_PRECEDENTS, "nav.precedents"),
            Way("show_programmes", Act.SEE_PROGRAMMES, "nav.programmes"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class OpenWay:
    """A link, and whether the page that is shown lies behind it."""

    address: str
    text: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """Links that stand side by side, or fold out under a name."""

    text: str
    ways: tuple[OpenWay, ...]

    @property
    def is_here(self) -> bool:
        """Say whether the page that is shown lies behind one of the group's links."""
        return any(way.is_here for way in self.ways)


def open_ways(visit: Visit) -> tuple[OpenGroup, ...]:
    """Return the ways whose doors open for the visitor's role; a group of one needs no name."""
    found = [
        (group.text, tuple(_opened(visit, way) for way in group.ways if visit.may(way.act)))
        for group in WAY_GROUPS
    ]
    is_short = sum(len(ways) for _, ways in found) <= MOST_SIDE_BY_SIDE
    return tuple(OpenGroup("" if is_short or len(ways) == 1 else text, ways) for text, ways in found if ways)


def _opened(visit: Visit, way: Way) -> OpenWay:
    address = visit.to(way.page)
    return OpenWay(address, way.text, is_here=visit.address.startswith(address))
