"""Every word in both languages, and none outside the dictionary."""

from __future__ import annotations

import re
from collections import Counter
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from string import Formatter
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, nodes

from raaderum.enrolments.place_rules import ReferralSource
from raaderum.enrolments.rules import STATE_NAMES
from raaderum.enrolments.screening_rules import Conclusion, ConversationTopic, Fit
from raaderum.ledger.rules import AccountKind, TransactionKind
from raaderum.people.roles import may
from raaderum.plans.assessment_rules import Vote
from raaderum.plans.rules import Colour
from raaderum.plugin_api import AnswerReason, AnswerStatus, CriterionOutcome
from raaderum.portal import texts
from raaderum.portal.case_rooms import CASE_ROOMS
from raaderum.portal.navigation import WAY_GROUPS
from raaderum.portal.routes import DEEDS, PAGES
from raaderum.portal.texts import TEXTS
from raaderum.programmes.rules import RefundPolicy
from raaderum.programmes.selections import Arm, Selection
from raaderum.tenancy.guideline_file import Verdict
from raaderum.testing.cases import case_with_grant, requested_purchase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from tests.integration.portal.conftest import Browser

    from raaderum.audit.actor import Actor
    from raaderum.testing.municipality import Municipality

    SignIn = Callable[[Municipality, Actor], Browser]

FAMILIES: Final = {
    "bank.state": {"taken_in", "refused", "duplicate"},
    "payouts.told_source": {"worker", "callback", "status_file", "bank_statement", "people"},
    "payouts.told": {"completed", "refused"},
    "calibration.step": {"assess", "discuss", "decide_together", "whole"},
    "asked.heading": {"start", "end"},
    "outcomes.record": {"midway", "end"},
    "steps": {"referred", "referred_wait", "waiting", "waiting_wait"},
    "topic": {topic.value for topic in ConversationTopic},
    "fit": {fit.value for fit in Fit},
    "conclusion": {conclusion.value for conclusion in Conclusion},
    "source": {source.value for source in ReferralSource},
    "selection": {selection.value for selection in Selection},
    "arm": {arm.value for arm in Arm},
    "guideline": {verdict.value for verdict in Verdict},
    "vote": {vote.value for vote in Vote},
    "account": {kind.value for kind in AccountKind},
    "transaction": {kind.value for kind in TransactionKind},
    "answers": {*(status.value for status in AnswerStatus), *(reason.value for reason in AnswerReason)},
    "criterion": {outcome.value for outcome in CriterionOutcome},
    "colour": {colour.value for colour in Colour},
    "refund_policy": {policy.value for policy in RefundPolicy},
    "money": {"spent", "in_payment", "committed", "available", "on_card", "card_held"},
}
"""Texts that are found by the name of a state: each of its states has one."""


def templates() -> Iterator[tuple[str, nodes.Template, str]]:
    loader = PackageLoader("raaderum.portal")
    environment = Environment(loader=loader, autoescape=True)
    for name in environment.list_templates():
        source = loader.get_source(environment, name)[0]
        yield name, environment.parse(source), source


def keys_in(template: nodes.Template) -> Iterator[str]:
    """Yield the keys that a template says by name, also where it chooses between two."""
    for said in template.find_all(nodes.Filter):
        if said.name == "say" and said.node is not None:
            for constant in [said.node, *said.node.find_all(nodes.Const)]:
                if isinstance(constant, nodes.Const) and "." in str(constant.value):
                    yield str(constant.value)


def test_every_text_says_something_of_its_own_in_both_languages() -> None:
    same = {key for key, text in TEXTS.items() if text.danish == text.english}
    assert same == {
        "frame.product", "field.unit", "plan.version", "purchases.asked_by", "case.period",
        "screening.heading", "asked.state", "interviews.state", "interviews.version", "staff.email",
        "search.find", "notes.text", "messages.send", "evidence.size", "known.find",
    }  # fmt: skip
    for key, text in TEXTS.items():
        assert text.danish.strip(), key
        assert text.english.strip(), key
        assert _placeholders(text.danish) == _placeholders(text.english), key


def test_no_text_takes_the_name_of_another() -> None:
    modules = [import_module(f"{texts.__name__}.{one.name}") for one in iter_modules(texts.__path__)]
    names = Counter(name for module in modules for name in module.TEXTS)
    assert len(modules) > 8
    assert [name for name, times in names.items() if times > 1] == []


def test_every_text_that_is_said_exists_and_every_text_is_said() -> None:
    said = {key for _, template, _ in templates() for key in keys_in(template)}
    by_name = {key for key in said if not key.endswith(".")}
    listed = {
        match
        for _, _, source in templates()
        for match in re.findall(r'"([a-z_]+\.[a-z_0-9]+)"', source)
        if match in TEXTS
    }
    families = {f"{family}.{state}" for family, states in FAMILIES.items() for state in states}
    errors = {key for key in TEXTS if re.fullmatch(r"error\.\d{3}\.(heading|what_to_do)", key)}
    done = {f"done.{deed.name}" for deed in DEEDS} - {"done.sign_out", "done.find_cases"}
    listed |= {group.text for group in CASE_ROOMS} | {
        room.text for group in CASE_ROOMS for room in group.rooms
    }
    listed |= {group.text for group in WAY_GROUPS if group.text}
    listed |= {way.text for group in WAY_GROUPS for way in group.ways}
    formats = {"error.%d.heading", "error.%d.what_to_do"}
    assert by_name - formats <= TEXTS.keys()
    assert families | done <= TEXTS.keys()
    assert TEXTS.keys() == (by_name - formats) | listed | families | errors | done


def test_templates_hold_no_words_of_their_own() -> None:
    for name, _, source in templates():
        bare = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", source, flags=re.DOTALL)
        for attribute in re.findall(r'(?:aria-label|title|placeholder|alt|data-label)="([^"]*)"', bare):
            assert not re.search(r"[a-zæøå]{2}", attribute, re.IGNORECASE), (name, attribute)
        text = re.sub(r'<!doctype html>|<[^>]*>|&\w+;|[a-z-]+="[^"]*"', "", bare)
        assert not re.search(r"[a-zæøå]{2}", text, re.IGNORECASE), (name, text.strip())


def test_the_english_pages_hold_no_danish(municipality: Municipality, sign_in: SignIn) -> None:
    case = case_with_grant(municipality)
    requested_purchase(case)
    danish = [text.danish for text in (*TEXTS.values(), *STATE_NAMES.values()) if text.danish != text.english]
    telling = [re.escape(re.split(r"[{(:,.]", words)[0].strip()) for words in danish]
    wanted = re.compile("|".join(rf"(?<!\w){words}(?!\w)" for words in telling if len(words) > 6))
    for actor in (municipality.team_leader, municipality.coordinator, municipality.support_person):
        browser = sign_in(municipality, actor)
        for page in PAGES:
            named = set(re.findall(r"<uuid:(\w+)>", page.path))
            is_file = page.name.startswith("download_")
            if not may(actor, page.act) or not named <= {"enrolment_id"} or page.path == "/" or is_file:
                continue
            path = page.path.replace("<uuid:enrolment_id>", str(case.enrolment_id))
            text = browser.page(f"{path}?lang=en")
            assert '<html lang="en">' in text
            found = wanted.search(re.sub(r'lang="da"[^<]*<|href="[^"]*"', "", text))
            assert found is None, (page.name, found)


def test_a_language_once_chosen_stays(app: Flask) -> None:
    client = app.test_client()
    assert '<html lang="da">' in client.get("/").text
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert '<html lang="en">' in client.get("/aarhus/log-ind").text
    assert '<html lang="da">' in client.get("/aarhus/log-ind?lang=da").text
    assert '<html lang="da">' in client.get("/").text
    assert '<html lang="da">' in client.get("/?lang=tlh").text


def test_changing_the_language_keeps_the_place(municipality: Municipality, sign_in: SignIn) -> None:
    browser = sign_in(municipality, municipality.coordinator)
    page = browser.page("/sager?tilstand=active")
    assert f'href="{browser.address("/sager?tilstand=active&amp;lang=en")}"' in page


def test_the_stylesheet_asks_for_nothing_from_elsewhere() -> None:
    style = files("raaderum.portal").joinpath("static/portal.css").read_text()
    assert "@import" not in style
    assert "url(" not in style


def _placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}
