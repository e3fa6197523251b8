"""A municipality as its file `tenants/<slug>/tenant.toml` describes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from uuid import UUID

from raaderum.plugin_api.configuration import Mode
from raaderum.tenancy.guideline_file import Guideline, read_guidelines
from raaderum.tenancy.setup_errors import NameNotAllowed
from raaderum.tenancy.setup_file import SetupTable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE_NAME: Final = "tenant.toml"
SLUG: Final = re.compile(r"[a-z][a-z0-9-]{1,39}")
LANGUAGES: Final = ("da", "en")
_ACCOUNT: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.\-]{0,39}")
_MUNICIPALITY_CODES: Final = (101, 999)


@dataclass(frozen=True, slots=True)
class ProviderChoice:
    """A plugin's provider that a tenant has switched on, by its identifier.

    A secret's value among the `settings` is the name of an environment variable.
    """

    identifier: str
    mode: Mode
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Accounts:
    """Accounts of the municipality's own chart; only the municipality knows what they mean."""

    default: str
    by_category: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tenant:
    """One municipality. `languages` are those of its screens, the first one unless a person chooses.

    `invoices_paid_by` is the identifier of one of the `payout_providers`.
    """

    id: UUID
    slug: str
    name: str
    municipality_code: int
    languages: tuple[str, ...]
    ledger_export: ProviderChoice
    payout_providers: tuple[ProviderChoice, ...]
    invoices_paid_by: str
    accounts: Accounts
    guidelines: tuple[Guideline, ...] = ()
    card_issuers: tuple[ProviderChoice, ...] = ()
    notifiers: tuple[ProviderChoice, ...] = ()
    bank_accounts: tuple[str, ...] = ()
    """The municipality's own accounts, as statements call them; where none is named, any is taken."""

    def account_for(self, category: str) -> str:
        """Return the account that bears spending of `category`, else the default one."""
        return self.accounts.by_category.get(category, self.accounts.default)

    def find_payout_provider(self, identifier: str) -> ProviderChoice | None:
        """Return how the tenant has set a way of paying up; None: it is not switched on."""
        return next((one for one in self.payout_providers if one.identifier == identifier), None)


def read_tenant(folder: Path, defaults: SetupTable) -> Tenant:
    """Read the tenant whose folder this is; what its file does not say, `defaults` does.

    A provider's table is taken whole from one file, so that no setting of another provider slips
    in. Raises a `SetupInvalid` that names the file, the key and what to write.
    """
    called = f"{folder.name}/{FILE_NAME}"
    if not SLUG.fullmatch(folder.name):
        raise NameNotAllowed(where=called, file=folder.name, example="halsnaes")
    table = SetupTable.read(folder / FILE_NAME, called=called, defaults=defaults)
    low, high = _MUNICIPALITY_CODES
    payout_providers = _providers(table, "payout_providers")
    tenant = Tenant(
        id=_id(table),
        slug=folder.name,
        name=table.get_text("name", example='name = "Halsnæs Kommune"'),
        municipality_code=table.get_whole_number(
            "municipality_code", at_least=low, at_most=high, example="municipality_code = 260"
        ),
        languages=_languages(table),
        ledger_export=_provider(
            table.get_table_alone("ledger_export", example='ledger_export = {identifier = "file", …}')
        ),
        payout_providers=payout_providers,
        invoices_paid_by=_invoices_paid_by(table, payout_providers),
        accounts=_accounts(table.get_table("accounts", example='accounts = {default = "5.38.38", …}')),
        guidelines=read_guidelines(folder.parent, folder.name),
        card_issuers=_providers(table, "card_issuers") if table.has("card_issuers") else (),
        notifiers=_providers(table, "notifiers") if table.has("notifiers") else (),
        bank_accounts=_bank_accounts(table),
    )
    table.refuse_other_keys()
    return tenant


def _bank_accounts(table: SetupTable) -> tuple[str, ...]:
    if not table.has("bank_accounts"):
        return ()
    return table.get_texts("bank_accounts", example='bank_accounts = ["DK5000400440116243"]')


def _id(table: SetupTable) -> UUID:
    example = 'id = "0192f7c0-0000-7000-8000-000000000001"'
    written = table.get_text("id", example=example)
    try:
        return UUID(written)
    except ValueError as error:
        raise table.wrong("id", example=example) from error


def _languages(table: SetupTable) -> tuple[str, ...]:
    example = 'languages = ["da", "en"]'
    languages = table.get_texts("languages", example=example)
    if not set(languages) <= set(LANGUAGES):
        raise table.wrong("languages", example=example)
    return languages


def _providers(table: SetupTable, key: str) -> tuple[ProviderChoice, ...]:
    example = f'[[{key}]] identifier = "supplier_invoice", each identifier once'
    choices = tuple(_provider(one) for one in table.get_tables(key, example=example))
    if len({choice.identifier for choice in choices}) < len(choices):
        raise table.wrong(key, example=example)
    return choices


def _provider(table: SetupTable) -> ProviderChoice:
    choice = ProviderChoice(
        identifier=table.get_text("identifier", example='identifier = "file"'),
        mode=table.get_choice("mode", Mode),
        settings=MappingProxyType(table.find_all_texts("settings", example='settings = {name = "a text"}')),
    )
    table.refuse_other_keys()
    return choice


def _invoices_paid_by(table: SetupTable, payout_providers: tuple[ProviderChoice, ...]) -> str:
    known = [choice.identifier for choice in payout_providers]
    example = " / ".join(f'invoices_paid_by = "{identifier}"' for identifier in known)
    identifier = table.get_text("invoices_paid_by", example=example)
    if identifier not in known:
        raise table.wrong("invoices_paid_by", example=example)
    return identifier


def _accounts(table: SetupTable) -> Accounts:
    accounts = Accounts(
        default=_account(table, "default"),
        by_category=_by_category(table),
    )
    table.refuse_other_keys()
    return accounts


def _account(table: SetupTable, key: str) -> str:
    example = f'{key} = "5.38.38.003.4.9"'
    account = table.get_text(key, example=example)
    if not _ACCOUNT.fullmatch(account):
        raise table.wrong(key, example=example)
    return account


def _by_category(table: SetupTable) -> Mapping[str, str]:
    example = 'spending = {transport = "5.38.38.003.4.9"}'
    accounts = table.find_all_texts("spending", example=example)
    if not all(_ACCOUNT.fullmatch(account) for account in accounts.values()):
        raise table.wrong("spending", example=example)
    return MappingProxyType(accounts)
