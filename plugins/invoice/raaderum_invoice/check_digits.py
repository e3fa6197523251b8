"""Check digits of identifiers that the official rules verify."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = re.compile(r"[0-9]+")
_CODICE_FISCALE: Final = re.compile(r"[A-Za-z]{6}[0-9]{2}[A-Za-z][0-9]{2}.{3}[0-9][A-Za-z]")
_ABN_WEIGHTS: Final = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)


def is_gln(value: str) -> bool:
    """Check a GLN, or any GS1 number: weights 3 and 1 from the right, modulus 10."""
    if not _DIGITS.fullmatch(value):
        return False
    digits = [int(digit) for digit in reversed(value[:-1])]
    weighted = sum(digit * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return (10 - weighted % 10) % 10 == int(value[-1])


def is_norwegian_number(value: str) -> bool:
    """Check a Norwegian organisation number: nine digits, weights 2 to 7 from the right, modulus 11."""
    if not re.fullmatch(r"[0-9]{9}", value) or int(value) == 0:
        return False
    digits = [int(digit) for digit in reversed(value[:-1])]
    weighted = sum(digit * (place % 6 + 2) for place, digit in enumerate(digits))
    return (11 - weighted % 11) % 11 == int(value[-1])


def is_belgian_number(value: str) -> bool:
    """Check a Belgian enterprise number: ten digits, the last two by modulus 97."""
    return bool(re.fullmatch(r"[0-9]{10}", value)) and 97 - int(value[:8]) % 97 == int(value[8:])


def is_swedish_number(value: str) -> bool:
    """Check a Swedish organisation number: ten digits, Luhn."""
    if not re.fullmatch(r"[0-9]{10}", value):
        return False
    doubled = [int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(value[:9])]
    weighted = sum(digit // 10 + digit % 10 for digit in doubled)
    return (10 - weighted % 10) % 10 == int(value[9])


def is_australian_number(value: str) -> bool:
    """Check an Australian business number: eleven digits, modulus 89."""
    if not re.fullmatch(r"[0-9]{11}", value):
        return False
    digits = [int(value[0]) - 1, *(int(digit) for digit in value[1:])]
    return sum(digit * weight for digit, weight in zip(digits, _ABN_WEIGHTS, strict=True)) % 89 == 0


def is_italian_office(value: str) -> bool:
    """Check the form of an Italian public office's code: six letters or digits."""
    return bool(re.fullmatch(r"[A-Za-z0-9]{6}", value))


def is_italian_tax_code(value: str) -> bool:
    """Check the form of an Italian tax code: sixteen signs for a person, eleven digits for others."""
    if len(value) == 11:  # noqa: PLR2004 -- says the docstring
        return value.isascii() and value.isdigit()
    return bool(_CODICE_FISCALE.fullmatch(value))


def is_italian_vat_number(value: str) -> bool:
    """Check an Italian VAT number: IT and eleven digits, Luhn. Others' numbers are not judged."""
    if value[:2].upper() != "IT":
        return True
    digits = value[2:]
    if not re.fullmatch(r"[0-9]{11}", digits):
        return False
    doubled = [int(digit) * (1 if place % 2 == 0 else 2) for place, digit in enumerate(digits)]
    return sum(digit // 10 + digit % 10 for digit in doubled) % 10 == 0
