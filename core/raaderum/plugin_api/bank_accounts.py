"""Danish accounts as people write them: what can be one, and what is wrong with the others."""

from __future__ import annotations

from typing import Final

from stdnum import iban as iban_numbers
from stdnum.exceptions import ValidationError

from raaderum.kernel.errors import InvalidInput
from raaderum.kernel.text import Text
from raaderum.plugin_api.payouts import BankAccount

_REGISTRATION_DIGITS: Final = 4
_MOST_ACCOUNT_DIGITS: Final = 10
_DANISH_IBAN_LENGTH: Final = 18


class AccountInvalid(InvalidInput):
    """An account that no Danish bank can have. Never repeats what was written."""

    code = "account_invalid"
    text = Text("{reason}", "{reason_english}")


def checked_account(
    *, registration_number: str | None = None, account_number: str | None = None, iban: str | None = None
) -> BankAccount:
    """Return an account without the spaces and dots people write; raise `AccountInvalid`.

    Either an IBAN, or four digits of registration number with up to ten of account number.
    """
    registration, account, written_iban = map(_without_gaps, (registration_number, account_number, iban))
    if written_iban:
        if registration or account:
            raise _invalid(
                "iban",
                "Skriv enten IBAN eller registrerings- og kontonummer, ikke begge dele.",
                "Write either the IBAN or registration and account number, not both.",
            )
        return BankAccount(iban=_checked_iban(written_iban))
    if not (_is_digits(registration) and len(registration) == _REGISTRATION_DIGITS):
        raise _invalid(
            "registration_number",
            "Registreringsnummeret har fire cifre. Se på kontoudtoget eller i netbanken.",
            "The registration number has four digits. Look at the bank statement or in the online bank.",
        )
    if not (_is_digits(account) and len(account) <= _MOST_ACCOUNT_DIGITS and account.strip("0")):
        raise _invalid(
            "account_number",
            "Kontonummeret har højst ti cifre. Se på kontoudtoget eller i netbanken.",
            "The account number has at most ten digits. Look at the bank statement or in the online bank.",
        )
    return BankAccount(registration, account.zfill(_MOST_ACCOUNT_DIGITS))


def _checked_iban(written: str) -> str:
    upper = written.upper()
    if not upper.startswith("DK"):
        raise _invalid(
            "iban",
            "Der kan kun overføres til danske konti: et IBAN, der begynder med DK.",
            "Transfers go to Danish accounts only: an IBAN that begins with DK.",
        )
    if len(upper) != _DANISH_IBAN_LENGTH:
        raise _invalid(
            "iban",
            f"Et dansk IBAN har {_DANISH_IBAN_LENGTH} tegn: DK og 16 cifre.",
            f"A Danish IBAN has {_DANISH_IBAN_LENGTH} characters: DK and 16 digits.",
        )
    try:
        return str(iban_numbers.validate(upper))
    except ValidationError:
        # The cause may hold the number; it must not travel with the error.
        raise _invalid(
            "iban",
            "IBAN-nummerets kontrolcifre passer ikke. Se efter, om det er skrevet rigtigt.",
            "The check digits of the IBAN do not fit. Check that it is written right.",
        ) from None


def _without_gaps(written: str | None) -> str:
    return "".join((written or "").split()).replace(".", "").replace("-", "")


def _is_digits(written: str) -> bool:
    return written.isascii() and written.isdigit()


def _invalid(where: str, danish: str, english: str) -> AccountInvalid:
    return AccountInvalid(where=where, reason=danish, reason_english=english)
