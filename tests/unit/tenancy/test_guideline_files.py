from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from raaderum.tenancy.guideline_file import Verdict, read_guidelines
from raaderum.tenancy.setup_errors import KeyMissing, KeyUnknown, NameNotAllowed, ValueWrong

if TYPE_CHECKING:
    from pathlib import Path

    from raaderum.kernel.errors import SetupInvalid

COMMON = """
[debt]
verdict = "needs_judgement"
title = {da = "Gæld", en = "Debt"}
reason = {da = "Se efter.", en = "Look."}
categories = ["debt"]

[car]
verdict = "needs_judgement"
title = {da = "Bil", en = "Car"}
reason = {da = "Dyr.", en = "Dear."}
words = ["bil"]
"""


def written(folder: Path, own: str = "", common: str = COMMON) -> Path:
    (folder / "_guidelines.toml").write_text(common, encoding="utf-8")
    (folder / "lejre").mkdir()
    if own:
        (folder / "lejre" / "guidelines.toml").write_text(own, encoding="utf-8")
    return folder


def test_a_municipality_says_otherwise_key_by_key_and_adds_its_own(tmp_path: Path) -> None:
    own = """
[debt]
verdict = "inside"
[pony]
verdict = "outside"
title = {da = "Pony", en = "Pony"}
reason = {da = "Nej.", en = "No."}
words = ["pony"]
"""
    found = {one.identifier: one for one in read_guidelines(written(tmp_path, own), "lejre")}
    assert list(found) == ["debt", "car", "pony"]
    assert (found["debt"].verdict, found["debt"].reason.danish) == (Verdict.INSIDE, "Se efter.")
    assert found["pony"].verdict is Verdict.OUTSIDE


def test_without_a_file_of_its_own_a_municipality_has_the_common_ones(tmp_path: Path) -> None:
    assert [one.identifier for one in read_guidelines(written(tmp_path), "lejre")] == ["debt", "car"]


def test_without_any_file_there_are_none(tmp_path: Path) -> None:
    assert read_guidelines(tmp_path, "lejre") == ()


@pytest.mark.parametrize(
    ("own", "error", "says"),
    [
        ('[debt]\nverdikt = "inside"', KeyUnknown, "lejre/guidelines.toml: »debt.verdikt« kendes ikke"),
        ('[debt]\nverdict = "maybe"', ValueWrong, "lejre/guidelines.toml: »debt.verdict« kan ikke bruges"),
        ('[car]\nwords = ["BIL"]', ValueWrong, "»car.words« kan ikke bruges"),
        ('[car]\nwords = ["b*l"]', ValueWrong, "»car.words« kan ikke bruges"),
        ('[car]\nreason = {da = "Dyr."}', KeyMissing, "»car.reason.en« mangler"),
        ('[pony]\nverdict = "outside"', KeyMissing, "»pony.title« mangler"),
        ('["Store dyr"]\nverdict = "outside"', NameNotAllowed, "kan ikke hedde sådan"),
        (
            '[pony]\nverdict = "inside"\ntitle = {da = "a", en = "b"}\nreason = {da = "a", en = "b"}',
            ValueWrong,
            "»pony.words« kan ikke bruges",
        ),
    ],
)
def test_a_wrong_file_stops_the_start_and_says_what_to_write(
    tmp_path: Path, own: str, error: type[SetupInvalid], says: str
) -> None:
    with pytest.raises(error) as refused:
        read_guidelines(written(tmp_path, own), "lejre")
    assert says in refused.value.message.danish
