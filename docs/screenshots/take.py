"""Takes the README's screenshots from a fresh demo. Run by `make screenshots`; needs Debian's Chromium."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PORT: Final = 8017
HERE: Final = Path(__file__).parent
ADDRESS: Final = f"http://127.0.0.1:{PORT}"
PATIENCE_SECONDS: Final = 120
ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def main() -> None:
    """Take each picture as the person who would see the page."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed: apt install chromium")
    with running_demo(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        picture_citizen(browser)
        picture_finance(browser)
        picture_assessment(browser)
        picture_questionnaires(browser)
        picture_card(browser)
        picture_run_and_proof(browser)
        browser.close()


def picture_citizen(browser: Browser) -> None:
    """The citizen's page, as the support person sees it on a computer and on a phone."""
    page = sign_in(browser, "aarhus", "Signe Thorup", width=1180)
    page.get_by_role("link", name="Mikkel Sand").first.click()
    page.screenshot(path=HERE / "citizen.png")
    page.set_viewport_size({"width": 390, "height": 844})
    page.screenshot(path=HERE / "citizen-phone.png")


def picture_finance(browser: Browser) -> None:
    """The invoice inbox and the ledger, as the finance officer sees them."""
    page = sign_in(browser, "aarhus", "Frida Østergaard", width=1180)
    page.goto(f"{ADDRESS}/aarhus/fakturaer")
    page.screenshot(path=HERE / "inbox.png")
    page.goto(f"{ADDRESS}/aarhus/regnskab")
    page.screenshot(path=HERE / "ledger.png")


def picture_assessment(browser: Browser) -> None:
    """A plan that its coordinator is in doubt about, as the team leader sees it before commenting."""
    page = sign_in(browser, "aarhus", "Karen Vestergaard", width=1180)
    page.goto(f"{ADDRESS}/aarhus/team")
    page.get_by_role("link", name="Yusuf Demir").click()
    answers = {
        "væsentlig ændring": "ja",
        "realistisk": "usikker",
        "midlerne": "ja",
        "gæld": "nej",
        "ydelser": "nej",
    }
    for question, answer in answers.items():
        page.get_by_role("group", name=re.compile(question)).get_by_label(answer, exact=True).check()
    page.get_by_label(re.compile("Gul – ")).check()
    page.get_by_role("button", name="Gem vurderingen").click()
    address = page.url
    page = sign_in(browser, "aarhus", "Torben Friis", width=1180)
    page.goto(address)
    page.screenshot(path=HERE / "assessment.png")


def picture_questionnaires(browser: Browser) -> None:
    """The citizen's own questionnaire on a phone."""
    page = sign_in(browser, "aarhus", "Mikkel Sand", width=390)
    page.get_by_role("link", name="Samtaler og spørgeskemaer").click()
    page.get_by_role("heading", name="Spørgeskema ved start").evaluate("heading => heading.scrollIntoView()")
    page.screenshot(path=HERE / "questionnaire-phone.png")


def picture_card(browser: Browser) -> None:
    """The citizen's card on their phone: what is on it, and why a shop was refused."""
    page = sign_in(browser, "aarhus", "Mikkel Sand", width=390)
    page.get_by_role("link", name="Kort", exact=True).click()
    page.screenshot(path=HERE / "card-phone.png", full_page=True)


def picture_run_and_proof(browser: Browser) -> None:
    """What a payment run would send, and the proof that books, providers and bank agree."""
    page = sign_in(browser, "aarhus", "Frida Østergaard", width=1180)
    page.goto(f"{ADDRESS}/aarhus/betalingskoersler")
    page.screenshot(path=HERE / "payment-run.png", full_page=True)
    page.goto(f"{ADDRESS}/aarhus/bevis")
    page.screenshot(path=HERE / "proof.png")


def sign_in(browser: Browser, tenant: str, name: str, *, width: int) -> Page:
    """Return a page that is signed in as one of the demo's people."""
    page = browser.new_page(viewport={"width": width, "height": 860})
    page.goto(f"{ADDRESS}/{tenant}/log-ind")
    page.get_by_role("button", name=name).first.click()
    return page


@contextmanager
def running_demo() -> Iterator[None]:
    """Run a demo of its own while the block lasts."""
    with tempfile.TemporaryDirectory(prefix="raaderum-") as folder:
        command = ["demo", "--state", f"{folder}/state", "--port", str(PORT)]
        demo = subprocess.Popen([sys.executable, "-m", "raaderum.cli", *command])  # noqa: S603 - our own
        try:
            wait_until_it_answers()
            yield
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait()


def wait_until_it_answers() -> None:
    """Wait for the first page."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{ADDRESS}/readyz", timeout=2).close()  # noqa: S310 - our own address
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    sys.exit("the demo did not come up")


main()
