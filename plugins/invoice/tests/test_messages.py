"""Every rule that can be broken has words, and every word belongs to a rule."""

from __future__ import annotations

import re
from pathlib import Path

import raaderum_invoice
from raaderum_invoice.messages import CATALOGUE
from raaderum_invoice.not_checked import NOT_CHECKED, is_checked
from raaderum_invoice.rules.en16931_vat import CATEGORIES

PACKAGE = Path(raaderum_invoice.__file__).parent
RULE = re.compile(r'"((?:BR|UBL|PEPPOL|DK|NL|NO|OIOUBL-(?:BIL|COMMON)|F|W|RD)-[A-Z0-9-]+)"')


def named_in_the_code() -> set[str]:
    files = [*PACKAGE.glob("*.py"), *PACKAGE.glob("rules/*.py")]
    named = {
        rule
        for file in files
        if file.name != "not_checked.py"
        for rule in RULE.findall(file.read_text("utf-8"))
    }
    by_category = {f"{category.rules}-{number:02}" for category in CATEGORIES for number in range(1, 11)}
    return (named - {category.rules for category in CATEGORIES}) | by_category


def test_every_rule_in_the_code_has_words() -> None:
    assert named_in_the_code() - CATALOGUE.keys() == set()


def test_every_entry_belongs_to_a_rule_in_the_code() -> None:
    assert (
        CATALOGUE.keys() - named_in_the_code() - {f"PEPPOL-EN16931-P{n:04}" for n in range(104, 112)} == set()
    )


def test_every_entry_is_a_sentence_in_two_languages() -> None:
    for rule, entry in CATALOGUE.items():
        for sentence in (entry.text.danish, entry.text.english):
            assert sentence.endswith("."), rule
            assert sentence[0] == sentence[0].upper(), rule
            assert "{" not in sentence, rule
            assert "|" not in sentence, rule


def test_official_warnings_do_not_reject() -> None:
    for rule, entry in CATALOGUE.items():
        if rule.startswith("W-"):
            assert not entry.fatal


def test_what_is_listed_as_not_checked_is_not_checked() -> None:
    assert [rule for rule in CATALOGUE if not is_checked(rule)] == []
    assert all(NOT_CHECKED.values())
