"""Who pays and on which terms: the settings, read and checked once at start."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import AccountInvalid, Setting, SettingsInvalid, Text, checked_account
from raaderum_small_transfers.characters import written

if TYPE_CHECKING:
    from collections.abc import Mapping

_BIC: Final = re.compile(r"[A-Z]{6}[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?")
_CODE: Final = re.compile(r"[A-Z]{4}")
_BEARERS: Final = ("SHAR", "DEBT", "CRED", "SLEV")
_MOST_TEXT: Final = 100
_MOST_ID: Final = 35


class FileVersion(StrEnum):
    """The versions of the payment file that are written."""

    THREE = "pain.001.001.03"
    NINE = "pain.001.001.09"


SETTINGS: Final = (
    Setting(
        "debtor_name", Text("Kommunens navn, som banken kender det", "The municipality's name at the bank")
    ),
    Setting("debtor_iban", Text("IBAN på kontoen, der betales fra", "IBAN of the account that pays")),
    Setting("debtor_bic", Text("BIC på kommunens bank", "BIC of the municipality's bank")),
    Setting(
        "customer_id",
        Text("Kommunens nummer i bankens aftale", "The municipality's number in the bank's agreement"),
        required=False,
    ),
    Setting(
        "file_version",
        Text("Betalingsfilens version", "Version of the payment file"),
        default=FileVersion.THREE.value,
    ),
    Setting("service_level", Text("Betalingstype hos banken", "The bank's service level"), default="NURG"),
    Setting("charge_bearer", Text("Hvem der bærer gebyrer", "Who bears charges"), default="SHAR"),
    Setting(
        "category_purpose",
        Text("Formålskode, hvis banken vil have en", "Category purpose, where the bank wants one"),
        required=False,
    ),
    Setting(
        "statement_text",
        Text("Tekst på modtagerens kontoudtog, efter koden", "Text on the payee's statement, after the code"),
        required=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Debtor:
    """The settings, each in a form that can stand in the file as it is."""

    name: str
    iban: str
    bic: str
    customer_id: str
    version: FileVersion
    service_level: str
    charge_bearer: str
    category_purpose: str
    statement_text: str


def read_debtor(settings: Mapping[str, str], *, where: str) -> Debtor:
    """Read the settings; raise `SettingsInvalid` naming the first that cannot be used, and what can."""
    return Debtor(
        name=_text(settings, "debtor_name", where, most=_MOST_TEXT, needed=True),
        iban=_iban(settings.get("debtor_iban", ""), where),
        bic=_fitting(settings, "debtor_bic", _BIC, where, "DABADKKK"),
        customer_id=_text(settings, "customer_id", where, most=_MOST_ID),
        version=_version(settings.get("file_version", ""), where),
        service_level=_fitting(settings, "service_level", _CODE, where, "NURG"),
        charge_bearer=_bearer(settings.get("charge_bearer", ""), where),
        category_purpose=_fitting(settings, "category_purpose", _CODE, where, "SUPP")
        if settings.get("category_purpose")
        else "",
        statement_text=_text(settings, "statement_text", where, most=_MOST_TEXT),
    )


def _iban(value: str, where: str) -> str:
    try:
        return str(checked_account(iban=value).iban)
    except AccountInvalid as error:
        reason = str(error.values["reason_english"])
        raise SettingsInvalid(where=where, setting="debtor_iban", reason=reason) from None


def _version(value: str, where: str) -> FileVersion:
    if value not in list(FileVersion):
        raise SettingsInvalid(where=where, setting="file_version", reason=" / ".join(FileVersion))
    return FileVersion(value)


def _bearer(value: str, where: str) -> str:
    if value not in _BEARERS:
        raise SettingsInvalid(where=where, setting="charge_bearer", reason=" / ".join(_BEARERS))
    return value


def _fitting(settings: Mapping[str, str], name: str, form: re.Pattern[str], where: str, example: str) -> str:
    value = settings.get(name, "")
    if not form.fullmatch(value):
        raise SettingsInvalid(where=where, setting=name, reason=f'{name} = "{example}"')
    return value


def _text(settings: Mapping[str, str], name: str, where: str, *, most: int, needed: bool = False) -> str:
    value = settings.get(name, "")
    if len(value) > most or (needed and not written(value)):
        raise SettingsInvalid(where=where, setting=name, reason=f"1-{most} characters")
    return written(value, most=most)
