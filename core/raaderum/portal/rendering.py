"""Filling templates: everything is escaped, every name must exist, every word comes from `texts`."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from flask import url_for
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from raaderum.kernel.money import format_kroner
from raaderum.portal.calendar_words import day_in_words, moment_in_words, number_in_words
from raaderum.portal.given_names import programme_name, way_name
from raaderum.portal.languages import address_without_language, in_other_language
from raaderum.portal.navigation import open_ways
from raaderum.portal.texts import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from raaderum.kernel.text import Text
    from raaderum.portal.money_picture import Part
    from raaderum.portal.visits import Visit
    from raaderum.tenancy.tenant_file import Tenant

_PACKAGE = "raaderum.portal"


def render(template: str, visit: Visit, **values: Any) -> str:  # noqa: ANN401 - a template takes anything
    """Return a signed-in person's page."""
    return (
        _environment(visit.language)
        .get_template(template)
        .render(
            visit=visit,
            open_ways=open_ways(visit),
            tenant=visit.tenant,
            other_language=partial(in_other_language, visit.address),
            **values,
        )
    )


def render_outside(template: str, language: str, tenant: Tenant | None = None, **values: Any) -> str:  # noqa: ANN401 - a template takes anything
    """Return a page that needs no sign-in."""
    return (
        _environment(language)
        .get_template(template)
        .render(
            tenant=tenant,
            other_language=partial(in_other_language, address_without_language()),
            **values,
        )
    )


@cache
def _environment(language: str) -> Environment:
    """Return the templates of one language; made at the first use, kept by the process."""
    environment = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    say = _speaker(language)
    environment.globals.update(language=language, file_of=_address_of_file)
    environment.filters.update(
        say=say,
        in_words=partial(_money_in_words, say),
        kroner=format_kroner,
        day=partial(day_in_words, language=language),
        moment=partial(moment_in_words, language=language),
        number=partial(number_in_words, language=language),
        told=partial(_told, language),
        programme_name=programme_name,
        way_name=way_name,
    )
    return environment


def _speaker(language: str) -> Callable[..., Markup]:
    """Return the filter that says a text in `language`; what fills its placeholders is escaped.

    A filter over a fixed name is worked out when the template is compiled: fixed words cost nothing.
    """
    words = {key: escape(text.in_language(language)) for key, text in TEXTS.items()}

    def say(key: str, **values: object) -> Markup:
        text = words[key]
        return text.format(**values) if values else text

    return say


def _money_in_words(say: Callable[..., Markup], parts: Sequence[Part]) -> Markup:
    """Return what the bar shows, for those who do not see it."""
    words = [f"{say(f'money.{part.name}')}: {format_kroner(part.amount)}" for part in parts]
    return Markup("; ").join(words) if words else say("money.nothing_yet")


def _told(language: str, text: Text) -> str:
    return text.in_language(language)


def _address_of_file(name: str) -> str:
    """Return the address of a static file; it changes with the content, so that browsers may keep it."""
    return url_for("portal.static", filename=name, v=_digest_of_file(name))


@cache
def _digest_of_file(name: str) -> str:
    return hashlib.sha256(files(_PACKAGE).joinpath("static", name).read_bytes()).hexdigest()[:12]
