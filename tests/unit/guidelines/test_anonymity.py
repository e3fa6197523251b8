from __future__ import annotations

import pytest

from raaderum.guidelines.anonymity import check_anonymous
from raaderum.guidelines.errors import NotAnonymous

NAMES = ["Mia Sofie Mortensen", "Karen van der Bo", "Åse Ø"]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Borgeren 610101-1234 ville", "CPR"),
        ("6101011234", "CPR"),
        ("610101 \u2013 1234", "CPR"),
        ("\uff16\uff11\uff10\uff11\uff10\uff11-1234", "CPR"),
        ("6101\u200b01-1234", "CPR"),
        ("skriv til mia@kommune.example", "e-mail"),
        ("ring 20 30 40 50", "telefon"),
        ("ring +45 20304050", "telefon"),
        ("sagen 0192f7c0-0000-7000-8000-000000000001", "sagsnummer"),
        ("Mia ville have en bil", "navnet"),
        ("en bil til MORTENSENS datter", "navnet"),
        ("Sofies gæld", "navnet"),
        ("Åse sagde ja", "navnet"),
    ],
)
def test_what_could_tell_who_it_was_is_refused_and_never_repeated(words: str, what: str) -> None:
    with pytest.raises(NotAnonymous) as refused:
        check_anonymous({"reason": words}, NAMES)
    assert refused.value.where == "reason"
    assert what in refused.value.message.danish
    assert words not in str(refused.value)
    assert words not in refused.value.message.danish


@pytest.mark.parametrize(
    "words",
    [
        "En borger i trediverne med gæld på 50.000 kr. ønskede en bil til 25.000,00 kr.",
        "Den blev godkendt for 12 måneder i 2026-Q4.",
        "Miami, karneval og bosted er ikke navne her; den er der.",
        "",
    ],
)
def test_general_words_pass(words: str) -> None:
    told = {"reason": words}
    check_anonymous(told, NAMES)
    assert told == {"reason": words}
