"""Part 1: postings per second, beside the same function by hand and beside a peer."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.books import Books, lay_out_books, script
from tests.bench.clients import client_processes
from tests.bench.pgbench import rate
from tests.bench.rows import Row, measure_in_turn
from tests.bench.service_client import demand_true_books, prepare
from tests.bench.workbench import Login

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.bench.clients import Clients
    from tests.bench.rows import Effort, Figure
    from tests.bench.workbench import Workbench

PEERS_PYTHON: Final = Path(".venv-bench/bin/python")
NO_PGLEDGER: Final = "pgledger: it is in no package registry, so its figures would not be of this run"
NO_HORDAK: Final = f"django-hordak: there is no {PEERS_PYTHON}; `make bench` makes it"

_PART: Final = "Ledger: postings per second (two accounts, balance guarded, once per key, durable)"
_OURS: Final = "post_transaction, pgbench"
_BY_HAND: Final = "by hand, pgbench"
_SERVICE: Final = "ledger.service.post in a unit of work"
_CALL: Final = "post_transaction, one psycopg call"
_HORDAK: Final = "django-hordak transfer, lock, get_balance()"

_CLIENTS: Final = (1, 4, 8)
_PYTHON_CLIENTS: Final = (1, 4)
_OF_BY_HAND: Final = {4: 0.9, 8: 0.9}
_OF_PGBENCH: Final = 0.6
_OF_HORDAK: Final = 8.0
_HOT_CLIENTS: Final = (8, 32)
_OF_FEWER_CLIENTS: Final = 0.9
_OURS_IS: Final = "ours: raaderum_app, row security on"
_OTHER_IS: Final = {
    _BY_HAND: "the other: raaderum_app, no row security",
    _OURS: "the other: the same",
    _HORDAK: "the other: administrator, no row security",
}

Measures = dict[str, "Callable[[], float]"]


def measure_posting(bench: Workbench, effort: Effort) -> list[Row]:
    """Fill the books and measure, in turn; at the end no øre may be wrong."""
    lay_out_books(bench)
    prepare(bench.settings)
    with ExitStack() as stack:
        clients = _start_clients(bench, stack)
        rows = [
            *(row for number in _CLIENTS for row in _rows_with(number, clients, bench, effort)),
            *_hot_pool(bench, effort),
        ]
    demand_true_books(bench.settings)
    return rows


def has_hordak() -> bool:
    """Say whether the peer is installed."""
    return PEERS_PYTHON.exists()


def _start_clients(bench: Workbench, stack: ExitStack) -> dict[str, Clients]:
    most = max(_PYTHON_CLIENTS)
    ours = {**bench.settings.as_environment(), **bench.application.as_environment()}
    clients = {
        _SERVICE: stack.enter_context(client_processes("service_client", most, ours)),
        _CALL: stack.enter_context(client_processes("driver_client", most, ours)),
    }
    if has_hordak():
        peers = _prepare_hordak(bench).as_environment()
        python = str(PEERS_PYTHON)
        clients[_HORDAK] = stack.enter_context(client_processes("hordak_client", most, peers, python=python))
    return clients


def _prepare_hordak(bench: Workbench) -> Login:
    """Make a database for the peer on the same server; it runs as the server's administrator."""
    login = Login(
        bench.administrator.host,
        bench.administrator.port,
        bench.administrator.user,
        bench.administrator.password,
        "hordak",
    )
    with bench.administrator.connect() as connection:
        connection.execute("create database hordak")
    subprocess.run(
        [str(PEERS_PYTHON), "-m", "tests.bench.hordak_client", "prepare"],
        env=login.as_environment(),
        check=True,
    )
    return login


def _rows_with(number: int, clients: Mapping[str, Clients], bench: Workbench, effort: Effort) -> list[Row]:
    """Measure everything that runs with this number of clients, in turn."""
    measures = _with_pgbench("posting.pgbench", number, bench, effort)
    if number in _PYTHON_CLIENTS:
        measures |= {name: partial(some.rate, number, effort.seconds) for name, some in clients.items()}
    figures = measure_in_turn(measures, effort)
    rows = [_row(number, figures, effort, _OURS, _BY_HAND, _OF_BY_HAND.get(number))]
    for name in (_SERVICE, _CALL):
        if name in figures:
            rows.append(_row(number, figures, effort, name, _OURS, _OF_PGBENCH))
        if name in figures and _HORDAK in figures:
            rows.append(_row(number, figures, effort, name, _HORDAK, _OF_HORDAK))
    return rows


def _with_pgbench(name: str, number: int, bench: Workbench, effort: Effort) -> Measures:
    return {
        title: partial(
            rate,
            script(name, books, bench.folder),
            bench.application,
            clients=number,
            seconds=effort.seconds,
        )
        for title, books in ((_OURS, Books.OURS), (_BY_HAND, Books.BY_HAND))
    }


def _row(
    number: int,
    figures: Mapping[str, Figure],
    effort: Effort,
    ours: str,
    other: str,
    least_ratio: float | None,
) -> Row:
    return Row(
        part=_PART,
        what=f"posting, {number} client{'s' if number > 1 else ''}",
        ours=figures[ours],
        other=figures[other],
        least_ratio=least_ratio,
        settings=f"{_OURS_IS}; {_OTHER_IS[other]}; synchronous_commit on for both; {effort}",
    )


def _hot_pool(bench: Workbench, effort: Effort) -> list[Row]:
    """Let every posting touch the one pool: more clients must not make it slower.

    Beside it the same number of clients over all accounts: what both lose is the machine's, not the pool's.
    """
    hot = partial(rate, script("hot_pool.pgbench", Books.OURS, bench.folder), bench.application)
    spread = partial(rate, script("posting.pgbench", Books.OURS, bench.folder), bench.application)
    few, many = _HOT_CLIENTS
    figures = measure_in_turn(
        {
            "one pool, few clients": partial(hot, clients=few, seconds=effort.seconds),
            "one pool, many clients": partial(hot, clients=many, seconds=effort.seconds),
            "spread, many clients": partial(spread, clients=many, seconds=effort.seconds),
        },
        effort,
    )
    with_few, with_many, over_all = figures.values()
    settings = f"{_OURS_IS}; pgbench; {few} and {many} clients; synchronous_commit on; {effort}"
    what = f"one hot pool, {many} clients"
    return [
        Row(_PART, what, with_many, settings, with_few, least_ratio=_OF_FEWER_CLIENTS),
        Row(_PART, what, with_many, settings, over_all),
    ]
