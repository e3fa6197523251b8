"""Every page and deed of the portal, called as a browser would."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from raaderum.portal.form_guard import FIELD, form_token
from raaderum.portal.serving import Deed, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask
    from werkzeug.test import TestResponse


@dataclass(frozen=True)
class Window:
    """A browser of somebody who signed in to their own municipality."""

    app: Flask
    token: str
    home: str

    def send(
        self, what: Page | Deed, ids: Mapping[str, str], *, slug: str | None = None, **typed: str
    ) -> TestResponse:
        """Open a page, or send a deed's form with hardly anything in it but what is `typed`."""
        client = self.app.test_client()
        client.set_cookie("raaderum_session", self.token, path=f"/{self.home}/")
        path = f"/{slug or self.home}" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: ids[match[1]], what.path)
        if isinstance(what, Page):
            return client.get(path)
        form = {"programme": ids["programme"], "role": "coordinator", **typed}
        return client.post(path, data={FIELD: form_token(self.token), **form})


def names_in(what: Page | Deed) -> set[str]:
    """Return what the path of a page or deed names."""
    return set(re.findall(r"<(?:\w+:)?(\w+)>", what.path))
