"""What people do in every journey: sign in, open a case, and look for what would bar them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from raaderum.testing.municipality import Municipality

DESKTOP: Final = 1280
PHONE: Final = 390


def sign_in(page: Page, served: str, municipality: Municipality, name: str) -> None:
    """Sign in as the first of the demo's people whose name begins so."""
    page.goto(f"{served}/{municipality.tenant.slug}/log-ind")
    page.get_by_role("button", name=re.compile(f"^{name}")).first.click()


def faults_of(page: Page) -> list[str]:
    """Return what would bar somebody: a page too wide, a field or button without a name, no heading."""
    found: list[str] = page.evaluate(
        """() => {
            const faults = [];
            const root = document.documentElement;
            if (root.scrollWidth > root.clientWidth) faults.push(`too wide: ${root.scrollWidth}`);
            if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
            if (!['da', 'en'].includes(root.lang)) faults.push('no language');
            const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
            if (new Set(ids).size !== ids.length) faults.push('an id twice');
            for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea'))
                if (!field.labels.length) faults.push(`no label: ${field.name}`);
            for (const element of document.querySelectorAll('button, a, th'))
                if (!element.textContent.trim()) faults.push(`no text: ${element.outerHTML}`);
            const silent = 'img:not([alt]), svg:not([role=img]):not([aria-hidden])';
            for (const picture of document.querySelectorAll(silent))
                faults.push(`no words: ${picture.outerHTML}`);
            return faults;
        }"""
    )
    return found
