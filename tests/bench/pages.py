"""Part 2: a signed-in page and an API read, beside bare Flask doing the same."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from tests.bench.asked import what_to_ask
from tests.bench.books import fill_with_citizens
from tests.bench.load import closed_load, open_load, slowest_percent
from tests.bench.rows import Effort, Row, Unit, measure_in_turn
from tests.bench.servers import SERVED_BY, served
from tests.bench.town import town_at_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.bench.asked import Address, Asked
    from tests.bench.rows import Figure
    from tests.bench.workbench import Workbench

_PART: Final = f"Web: signed-in requests per second ({SERVED_BY}; loopback; our own load generator)"
_CASES: Final = 20
_CONNECTIONS: Final = 16
_OF_BARE: Final = 0.8
_PACE: Final = 50
_MOST_MILLISECONDS: Final = 60.0
_PACE_EFFORT: Final = Effort(seconds=4, repeats=3)
_TENANTS: Final = 98
_FEW_TENANTS: Final = 2
_CITIZENS: Final = 2_000
_WARM_UP_SECONDS: Final = 2.0
_OUR_PAGE: Final = "our page"
_BARE_PAGE: Final = "bare Flask, mapper, template"
_OUR_READ: Final = "our API"
_BARE_READ: Final = "bare Flask, mapper"
_BARE_QUERY: Final = "bare Flask, one query"


def measure_pages(bench: Workbench, effort: Effort) -> list[Row]:
    """Serve both applications at once and ask them in turn."""
    is_smoke = effort.repeats == 1
    tenants = _FEW_TENANTS if is_smoke else _TENANTS
    bare_url = bench.administrator.as_url()
    with town_at_work(bench.settings, cases=_CASES) as town:
        fill_with_citizens(bench, str(town.municipality.id), tenants=tenants, citizens=_CITIZENS)
        asked = what_to_ask(town, bare_url)
    with (
        served("servers:ours", bench.settings.as_environment()) as port,
        served("bare_flask:application", {"BENCH_BARE_URL": bare_url}) as bare_port,
    ):
        return [
            *_rates(asked, port, bare_port, effort),
            _slowest_percent(asked.page, port, effort if is_smoke else _PACE_EFFORT, tenants=tenants),
        ]


def _rates(asked: Asked, port: int, bare_port: int, effort: Effort) -> list[Row]:
    page, bare_page, read, bare_read, bare_query = (
        _loaded(to, address, effort)
        for to, address in (
            (port, asked.page),
            (bare_port, asked.bare_page),
            (port, asked.read),
            (bare_port, asked.bare_read),
            (bare_port, asked.bare_query),
        )
    )
    pages = measure_in_turn({_OUR_PAGE: page, _BARE_PAGE: bare_page}, effort)
    reads = measure_in_turn({_OUR_READ: read, _BARE_READ: bare_read, _BARE_QUERY: bare_query}, effort)

    def row(
        what: str, ours: Figure, other: Figure, took: tuple[Address, Address], least: float | None
    ) -> Row:
        return Row(_PART, what, ours, _settings(*took, effort), other, least_ratio=least)

    of_pages, of_reads = (asked.page, asked.bare_page), (asked.read, asked.bare_read)
    return [
        row("caseload of 20", pages[_OUR_PAGE], pages[_BARE_PAGE], of_pages, _OF_BARE),
        row("caseload of 20 as JSON", reads[_OUR_READ], reads[_BARE_READ], of_reads, _OF_BARE),
        row(
            "caseload of 20 as JSON",
            reads[_OUR_READ],
            reads[_BARE_QUERY],
            (asked.read, asked.bare_query),
            None,
        ),
    ]


def _loaded(port: int, address: Address, effort: Effort) -> Callable[[], float]:
    """Return the measuring of one address, after it has been asked until everything is made that is kept."""
    load = partial(closed_load, port, address.as_request(), connections=_CONNECTIONS)
    load(seconds=_WARM_UP_SECONDS)
    return partial(load, seconds=effort.seconds)


def _settings(ours: Address, other: Address, effort: Effort) -> str:
    return (
        f"ours {ours.queries} queries, {ours.size} bytes, row security on; "
        f"the other {other.queries} queries, {other.size} bytes, none; {_CONNECTIONS} connections; {effort}"
    )


def _slowest_percent(page: Address, port: int, effort: Effort, *, tenants: int) -> Row:
    def slowest() -> float:
        took = open_load(
            port, page.as_request(), connections=_CONNECTIONS, per_second=_PACE, seconds=effort.seconds
        )
        return slowest_percent(took)

    name = f"99 % at {_PACE} requests/s"
    return Row(
        part=_PART,
        what="caseload of 20, time to answer",
        ours=measure_in_turn({name: slowest}, effort)[name],
        settings=f"{tenants} municipalities with {_CITIZENS} citizens each; row security on; {effort}",
        most=_MOST_MILLISECONDS,
        unit=Unit.MILLISECONDS,
    )
