"""Spreadsheets in the browser."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from raaderum.testing.cases import made_up_cpr

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

CPR = made_up_cpr(age=27, serial=5_005).digits
GOOD = f"cpr;navn\n{CPR};Mia\n".encode()


@pytest.fixture
def browser(municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]) -> Browser:
    return sign_in(municipality, municipality.administrator)


def test_a_file_is_tried_out_and_then_taken_in(browser: Browser) -> None:
    assert "Indlæs et regneark" in browser.page("/indlaesning")
    tried = browser.send("/indlaesning", {"file": (io.BytesIO(GOOD), "borgere.csv"), "dry_run": "ja"})
    taken = browser.send("/indlaesning", {"file": (io.BytesIO(GOOD), "borgere.csv"), "kind": "citizens"})
    assert (tried.status_code, taken.status_code) == (200, 200)
    assert "Prøven gik godt. Intet er gemt" in tried.text
    assert "Filen er indlæst" in taken.text


def test_every_error_stands_in_the_table_with_what_to_do(browser: Browser) -> None:
    answer = browser.send("/indlaesning", {"file": (io.BytesIO(b"cpr;navn\n1;Mia\n"), "borgere.csv")})
    assert answer.status_code == 422
    assert "Intet er gemt: der er fejl i filen" in answer.text
    assert "borgere.csv, række 2" in answer.text
    assert "Skriv ti cifre, der begynder med en dato" in answer.text


def test_a_form_without_a_file_and_a_file_that_is_no_table_are_told_on_the_page(browser: Browser) -> None:
    missing = browser.send("/indlaesning", {})
    broken = browser.send("/indlaesning", {"file": (io.BytesIO(b"PK123"), "x\x00.xlsx")})
    assert (missing.status_code, broken.status_code) == (422, 422)
    assert "Vælg mindst én fil." in missing.text
    assert "beskadiget" in broken.text


def test_templates_can_be_fetched(browser: Browser) -> None:
    workbook, table = (
        browser.open("/indlaesning/skabelon"),
        browser.open("/indlaesning/skabelon?ark=borgere"),
    )
    assert workbook.data.startswith(b"PK")
    assert table.data.decode("utf-8-sig").startswith("cpr;navn\r\n")
    assert browser.open("/indlaesning/skabelon?ark=sko").status_code == 404


def test_a_table_is_handed_out_with_the_chosen_columns(
    browser: Browser, municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    browser.send("/indlaesning", {"file": (io.BytesIO(GOOD), "borgere.csv")})
    browser = sign_in(municipality, municipality.team_leader)
    assert "Udlæs til et regneark" in browser.page("/udlaesning")
    usual = browser.send("/udlaesning", {"kind": "citizens", "format": "csv"})
    chosen = browser.send("/udlaesning", {"kind": "citizens", "format": "csv", "columns": ["cpr"]})
    assert usual.data.decode("utf-8-sig") == "navn\r\nMia\r\n"
    assert CPR[6:] in chosen.text
    assert browser.send("/udlaesning", {"kind": "citizens", "format": "xlsx"}).data.startswith(b"PK")


def test_a_coordinator_takes_in_but_hands_nothing_out(
    municipality: Municipality, sign_in: Callable[[Municipality, Actor], Browser]
) -> None:
    coordinator = sign_in(municipality, municipality.coordinator)
    assert coordinator.open("/indlaesning").status_code == 200
    assert coordinator.open("/udlaesning").status_code == 403
    assert coordinator.send("/udlaesning", {"kind": "citizens", "format": "csv"}).status_code == 403
