"""The contract suite is worth what it catches: every planted fault fails the test that is there for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from raaderum.testing.payout_contract import PayoutContract

FAULTY = Path(__file__).with_name("faulty_providers.py")
UNPLANTED = {
    # What the simulator has no way to get wrong in a manner of its own, or what others imply.
    "test_two_keys_have_two_effects",
    "test_many_orders_from_many_threads_all_have_their_effect",
    "test_calling_back_is_answered_with_an_outcome",
    "test_a_batch_sent_twice_pays_each_order_once",
    "test_each_order_of_a_batch_can_be_looked_up_by_its_own_key",
    "test_an_order_of_a_batch_is_not_paid_again_on_its_own",
    "test_a_batch_that_is_too_long_is_refused",
    "test_a_callback_of_nonsense_is_forged",
    "test_a_callback_of_an_unknown_kind_tells_nothing",
    "test_status_files_repeated_and_out_of_order_end_the_same",
    "test_it_can_do_without_what_it_does_not_ask_for",
    "test_each_setting_is_described_and_no_secret_has_a_default",
    "test_checking_a_payee_answers_what_a_check_can_come_to",
}


@pytest.fixture(scope="module")
def escaped(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Try each fault with the test that is there for it; return the faults that passed."""
    report = tmp_path_factory.mktemp("faulty") / "report.xml"
    tests = [f"{FAULTY}::{name}::{_caught_by(name)}" for name in _classes()]
    options = (
        "-q",
        "--import-mode=importlib",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
        "-o",
        "addopts=",
    )
    subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-o", "python_files=*.py", f"--junitxml={report}", *tests],
        check=False,
        capture_output=True,
    )
    failed = {
        case.attrib["classname"].rpartition(".")[2]
        for case in ET.parse(report).iter("testcase")  # noqa: S314 - pytest wrote it
        if case.find("failure") is not None
    }
    return set(_classes()) - failed


def test_every_planted_fault_is_caught_by_the_test_for_it(escaped: set[str]) -> None:
    assert escaped == set()
    assert len(_classes()) > 30


def test_every_test_of_the_contract_catches_a_planted_fault_or_is_named_here() -> None:
    tests = {name for name in dir(PayoutContract) if name.startswith("test_")}
    assert tests - {_caught_by(name) for name in _classes()} == UNPLANTED


def _classes() -> list[str]:
    lines = FAULTY.read_text().splitlines()
    return [line.split()[1].partition("(")[0] for line in lines if line.startswith("class Test")]


def _caught_by(name: str) -> str:
    after = FAULTY.read_text().partition(f"class {name}(")[2]
    return after.partition('caught_by = "')[2].partition('"')[0]
