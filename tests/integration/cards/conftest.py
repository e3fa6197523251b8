"""A municipality that pays by card, and a citizen with 300 kroner on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.testing.card_cases import CardCase, case_with_card, give_cards

if TYPE_CHECKING:
    from flask import Flask

    from raaderum.settings import Settings
    from raaderum.testing.card_issuer_simulator import SimulatedIssuer
    from raaderum.testing.municipality import Municipality

ON_CARD = 300_00


@pytest.fixture
def issuer(app: Flask, municipality: Municipality, settings: Settings) -> SimulatedIssuer:
    return give_cards(app, municipality, settings.files_folder)


@pytest.fixture
def card(municipality: Municipality, issuer: SimulatedIssuer) -> CardCase:
    return case_with_card(municipality, issuer, on_card=ON_CARD)
