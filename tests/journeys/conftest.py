"""The application behind a real web server on this machine, and a real browser in front of it."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from playwright.sync_api import Browser, Page

ARGUMENTS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
)  # fmt: skip
PHONE: Final = 390
DESKTOP: Final = 1280
_PATIENCE_MILLISECONDS: Final = 10_000


class QuietHandler(WSGIRequestHandler):
    """A request handler that writes no log."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's own name
        """Keep quiet."""


@pytest.fixture(scope="module")
def served(whole_app: Flask) -> Iterator[str]:
    """Serve the application in a thread; return where."""
    server = make_server("127.0.0.1", 0, whole_app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Return Debian's Chromium; the test is skipped where there is none."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """Return what browsers complained of: blocked content, scripts that failed, dialogs that opened."""
    return []


@pytest.fixture
def open_window(chromium: Browser, complaints: list[str]) -> Callable[..., Page]:
    """Return a function that opens a window with cookies of its own, in which no script can run."""

    def opened(*, width: int = DESKTOP) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale="da-DK", java_script_enabled=False
        )
        context.set_default_timeout(_PATIENCE_MILLISECONDS)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        return page

    return opened
