from __future__ import annotations

import importlib
import pkgutil
from string import Formatter
from typing import TYPE_CHECKING

import pytest

import raaderum
from raaderum.kernel.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    RaaderumError,
    RuleBroken,
    SetupInvalid,
)
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS = (
    "kernel",
    "people",
    "enrolments",
    "goals",
    "plans",
    "purchases",
    "payouts",
    "refunds",
    "invoices",
    "ledger",
    "programmes",
    "plugin_host",
)
FAMILIES = (Conflict, InvalidInput, NotAllowed, NotFound, RuleBroken, SetupInvalid)


class DogUnknown(RuleBroken):
    """A made-up error."""

    code = "dog_unknown"
    text = Text("Hunden {name} er ukendt.", "The dog {name} is unknown.")


def test_an_error_tells_what_and_where_in_two_languages() -> None:
    error = DogUnknown(where="dog", name="Trofast")
    assert (error.where, error.values, error.code) == ("dog", {"name": "Trofast"}, "dog_unknown")
    assert error.message.danish == "Hunden Trofast er ukendt."
    assert error.message.in_language("en") == str(error) == "The dog Trofast is unknown."
    assert error.message.in_language("da") == error.message.in_language("de") == str(error.message)


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert DogUnknown(name="{name} {0}").message.danish == "Hunden {name} {0} er ukendt."


def test_a_sentence_that_ends_with_an_amount_ends_with_one_full_stop() -> None:
    told = Text("Der er {left}. Sig til.", "There is {left}.").filled(left="5,00 kr.")
    assert (told.danish, told.english) == ("Der er 5,00 kr. Sig til.", "There is 5,00 kr.")


def test_every_error_of_the_rooms_has_a_code_of_its_own() -> None:
    own = [error for error in _errors() if error.code not in _inherited_codes(error)]
    codes = [error.code for error in own]
    assert len(own) > 40
    assert len(set(codes)) == len(codes)


def test_every_error_of_the_rooms_belongs_to_a_family_that_the_web_knows_or_names_its_own() -> None:
    assert not [error for error in _errors() if not issubclass(error, FAMILIES) and error.code == "error"]


@pytest.mark.parametrize("language", ["danish", "english"])
def test_every_error_says_a_whole_sentence_in_both_languages(language: str) -> None:
    for error in _errors():
        sentence = getattr(error.text, language)
        assert sentence.rstrip(".") or sentence == "{reason}", error
        assert error.text.danish != error.text.english, error


def test_both_languages_of_an_error_tell_the_same_values() -> None:
    for error in _errors():
        danish, english = _placeholders(error.text.danish), _placeholders(error.text.english)
        assert {name.removesuffix("_english") for name in english} == danish, error


def _errors() -> Iterator[type[RaaderumError]]:
    for room in ROOMS:
        package = importlib.import_module(f"{raaderum.__name__}.{room}")
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for value in vars(importlib.import_module(module.name)).values():
                if (
                    isinstance(value, type)
                    and issubclass(value, RaaderumError)
                    and value.__module__ == module.name
                    and value not in (RaaderumError, *FAMILIES)
                ):
                    yield value


def _inherited_codes(error: type[RaaderumError]) -> set[str]:
    return {parent.code for parent in error.__mro__[1:] if issubclass(parent, RaaderumError)}


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}
