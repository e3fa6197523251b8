"""The official tests of single rules: small documents, each with the rule that must or must not fire."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from lxml import etree

from raaderum_invoice.not_checked import is_checked

if TYPE_CHECKING:
    from pathlib import Path

    from raaderum.plugin_api import InvoiceReader

VEFA = "{http://difi.no/xsd/vefa/validator/1.0}"


class Case(NamedTuple):
    where: str
    rule: str
    expected: str
    document: bytes


@pytest.fixture
def cases(contracts: Path) -> list[Case]:
    found = []
    for file in sorted((contracts / "peppol").glob("tests-*/*.xml")):
        for place, test in enumerate(etree.parse(file).getroot().iter(f"{VEFA}test")):
            document = etree.tostring(test[-1])
            for outcome in ("success", "error", "warning"):
                for expectation in test.findall(f"{VEFA}assert/{VEFA}{outcome}"):
                    rule = (expectation.text or "").strip()
                    if is_checked(rule):
                        found.append(Case(f"{file.name} {place}", rule, outcome, document))
    return found


def test_each_rule_fires_where_and_only_where_it_officially_does(
    cases: list[Case], reader: InvoiceReader
) -> None:
    wrong = []
    for case in cases:
        fired = {finding.rule for finding in reader.read(case.document).findings}
        if (case.rule in fired) != (case.expected != "success"):
            wrong.append(case[:3])
    assert len(cases) > 100
    assert wrong == []


def test_each_rule_that_fires_is_as_serious_as_it_officially_is(
    cases: list[Case], reader: InvoiceReader
) -> None:
    for case in cases:
        for finding in reader.read(case.document).findings:
            if finding.rule == case.rule:
                assert finding.fatal == (case.expected == "error"), case[:3]
