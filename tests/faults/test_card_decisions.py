"""A shop is answered in time and with no, whatever the database does."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import NullPool, create_engine, text

from raaderum.cards.deciding import UNAVAILABLE, decide
from raaderum.cards.rules import Reason
from raaderum.plugin_api import CardEventKind
from raaderum.testing.card_cases import CardCase, case_with_card, give_cards
from raaderum.testing.card_issuer_simulator import IDENTIFIER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from raaderum.plugin_api import CardDecision, CardEvent
    from raaderum.settings import Settings
    from raaderum.testing.municipality import Municipality

ON_CARD = 300_00
IN_TIME = 1.5


@pytest.fixture
def card(app: Flask, municipality: Municipality, own_settings: Settings) -> CardCase:
    issuer = give_cards(app, municipality, own_settings.files_folder)
    return case_with_card(municipality, issuer, on_card=ON_CARD)


@contextmanager
def frozen_database(administrator_url: str) -> Iterator[None]:
    """Stop every process that serves a connection of the application's: the worst kind of away."""
    engine = create_engine(administrator_url, poolclass=NullPool)
    with engine.connect() as connection:
        backends = (
            "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        )
        pids = list(connection.scalars(text(backends)))
        pids.insert(0, _parent_of(connection.scalars(text("select pg_backend_pid()")).one()))
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def _parent_of(pid: int) -> int:
    """Return the process that would serve further connections."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("PPid:"))


def asked(card: CardCase, amount: int = 100_00, name: str = "auth_1") -> CardEvent:
    return card.event(CardEventKind.ASKED, amount, authorisation=name)


def timed(app: Flask, card: CardCase, event: CardEvent) -> tuple[CardDecision, float]:
    begun = time.monotonic()
    with app.app_context(), card.municipality.at_work():
        decision = decide(IDENTIFIER, event)
    return decision, time.monotonic() - begun


def test_a_frozen_database_declines_in_time_and_a_late_answer_holds_nothing(
    app: Flask, card: CardCase, administrator_url: str
) -> None:
    assert timed(app, card, asked(card, 10_00, "auth_0"))[0].approved == 10_00
    questions = [asked(card, 5_00, f"auth_{number}") for number in range(1, 25)]
    with frozen_database(administrator_url), ThreadPoolExecutor(len(questions)) as shops:
        answers = list(shops.map(lambda event: timed(app, card, event), questions))
    assert {decision for decision, _ in answers} == {UNAVAILABLE}
    assert max(seconds for _, seconds in answers) < IN_TIME
    deadline = time.monotonic() + 10
    while timed(app, card, asked(card, 1_00, "auth_after"))[0].reason == Reason.UNAVAILABLE:
        assert time.monotonic() < deadline
    assert card.statement().card_held == 11_00


def test_a_locked_card_declines_in_time(app: Flask, card: CardCase, administrator_url: str) -> None:
    engine = create_engine(administrator_url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("select 1 from raaderum.card_account for update"))
        decision, seconds = timed(app, card, asked(card))
        connection.rollback()
    assert (decision, seconds < IN_TIME) == (UNAVAILABLE, True)
    assert timed(app, card, asked(card))[0].approved == 100_00


def test_a_connection_cut_in_the_middle_declines(app: Flask, card: CardCase, administrator_url: str) -> None:
    engine = create_engine(administrator_url, poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("select 1 from raaderum.card_account for update"))
        with ThreadPoolExecutor(1) as shop:
            answer = shop.submit(timed, app, card, asked(card))
            time.sleep(0.2)
            cut = "select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'"
            assert connection.scalars(text(cut)).all() == [True]
            assert answer.result()[0] == UNAVAILABLE
        connection.rollback()
    assert card.statement().card_held == 0
