"""The table of who may do what as people read it: generated from the one that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text
from raaderum.people.roles import INCOMPATIBLE_ROLES, PERMISSIONS, REACH, ROLE_NAMES, Reach, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

REACH_NAMES: Final[Mapping[Reach, Text]] = {
    Reach.OWN: Text("sin egen", "their own"),
    Reach.SUPPORTED: Text("dem, de støtter eller er vikar for", "those they support or stand in for"),
    Reach.ALL: Text("alle kommunens", "all of the municipality"),
    Reach.NONE: Text("ingen", "none"),
}
_YES: Final = "●"


def permission_table() -> str:
    """Return as Markdown: acts × roles, whose cases a role reaches, roles that exclude each other."""
    return "\n".join([*_acts(), "", *_reaches(), "", *_incompatible()]) + "\n"


def _acts() -> Iterator[str]:
    yield _row(["act", *(ROLE_NAMES[role].english for role in Role)])
    yield _row(["---", *(":-:" for _ in Role)])
    for act, roles in PERMISSIONS.items():
        yield _row([f"`{act}`", *(_YES if role in roles else "" for role in Role)])


def _reaches() -> Iterator[str]:
    yield _row(["role", "dansk", "whose cases", "hvis sager"])
    yield _row(["---"] * 4)
    for role, reach in REACH.items():
        name, whose = ROLE_NAMES[role], REACH_NAMES[reach]
        yield _row([name.english, name.danish, whose.english, whose.danish])


def _incompatible() -> Iterator[str]:
    yield _row(["roles that one person cannot have", "because"])
    yield _row(["---"] * 2)
    for pair in INCOMPATIBLE_ROLES:
        names = " + ".join(ROLE_NAMES[role].english for role in Role if role in pair.roles)
        yield _row([names, pair.because.english])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
