from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from raaderum.kernel.errors import NotFound, SetupInvalid
from raaderum.plugin_api.configuration import Mode
from raaderum.tenancy.directory import NoTenants, TenantDirectory, TenantTwice, UnknownTenant
from raaderum.tenancy.setup_errors import (
    KeyMissing,
    KeyUnknown,
    NameNotAllowed,
    SetupFileMissing,
    SetupFileUnreadable,
    ValueWrong,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    WriteTenant = Callable[..., Path]

OURS = Path(__file__).parents[3] / "tenants"
DEFAULTS = """
languages = ["da", "en"]

[accounts]
default = "5.38.38"

[accounts.spending]
transport = "5.38.38.4.9"
housing = "5.38.38.2.9"
"""
VILLAGE = """
id = "00000000-0000-4000-8000-000000000001"
name = "Landsby Kommune"
municipality_code = 999
invoices_paid_by = "supplier_invoice"

[ledger_export]
identifier = "file"
mode = "sandbox"

[[payout_providers]]
identifier = "supplier_invoice"
mode = "live"
settings = {api_key = "VILLAGE_API_KEY"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "tenants"
    made.mkdir()
    (made / "_defaults.toml").write_text(DEFAULTS, encoding="utf-8")
    return made


@pytest.fixture
def write_tenant(folder: Path) -> WriteTenant:
    def write(content: str = VILLAGE, *, slug: str = "landsby") -> Path:
        (folder / slug).mkdir(exist_ok=True)
        (folder / slug / "tenant.toml").write_text(content, encoding="utf-8")
        return folder

    return write


def test_a_tenant_file_is_filled_up_from_the_defaults(write_tenant: WriteTenant) -> None:
    tenant = TenantDirectory.load(write_tenant()).by_slug("landsby")
    assert tenant.id == UUID("00000000-0000-4000-8000-000000000001")
    assert (tenant.name, tenant.municipality_code) == ("Landsby Kommune", 999)
    assert tenant.languages == ("da", "en")
    assert (tenant.ledger_export.identifier, tenant.ledger_export.mode) == ("file", Mode.SANDBOX)
    (payout_provider,) = tenant.payout_providers
    assert payout_provider.mode is Mode.LIVE
    assert payout_provider.settings == {"api_key": "VILLAGE_API_KEY"}
    assert tenant.find_payout_provider(tenant.invoices_paid_by) is payout_provider
    assert tenant.find_payout_provider("prepaid_card") is None


def test_a_tenants_own_accounts_stand_above_the_defaults(write_tenant: WriteTenant) -> None:
    own = '\n[accounts]\ndefault = "7"\n[accounts.spending]\nhousing = "8"\ntherapy = "9"\n'
    tenant = TenantDirectory.load(write_tenant(VILLAGE + own)).by_slug("landsby")
    categories = ("transport", "housing", "therapy", "pets")
    assert [tenant.account_for(category) for category in categories] == ["5.38.38.4.9", "8", "9", "7"]


def test_a_providers_table_is_taken_whole_so_that_no_other_providers_setting_slips_in(
    folder: Path, write_tenant: WriteTenant
) -> None:
    other = '\n[ledger_export]\nidentifier = "economic"\nmode = "live"\nsettings = {grant = "A_TOKEN"}\n'
    (folder / "_defaults.toml").write_text(DEFAULTS + other, encoding="utf-8")
    write_tenant()
    without = VILLAGE.replace('[ledger_export]\nidentifier = "file"\nmode = "sandbox"\n', "")
    write_tenant(without.replace("000000000001", "000000000002"), slug="nabo")
    directory = TenantDirectory.load(folder)
    assert directory.by_slug("landsby").ledger_export.settings == {}
    assert directory.by_slug("nabo").ledger_export.identifier == "economic"
    assert directory.by_slug("nabo").ledger_export.settings == {"grant": "A_TOKEN"}


def test_a_tenant_is_found_by_slug_and_by_id(write_tenant: WriteTenant) -> None:
    directory = TenantDirectory.load(write_tenant())
    (tenant,) = directory.tenants
    assert directory.by_slug("landsby") is tenant
    assert directory.by_id(tenant.id) is tenant


def test_an_unknown_tenant_is_an_error_of_the_not_found_family(write_tenant: WriteTenant) -> None:
    directory = TenantDirectory.load(write_tenant())
    with pytest.raises(UnknownTenant):
        directory.by_slug("byen")
    with pytest.raises(UnknownTenant):
        directory.by_id(UUID(int=7))
    assert issubclass(UnknownTenant, NotFound)


def test_what_is_read_cannot_be_changed(write_tenant: WriteTenant) -> None:
    tenant = TenantDirectory.load(write_tenant()).by_slug("landsby")
    with pytest.raises(dataclasses.FrozenInstanceError):
        tenant.name = "Byen"  # type: ignore[misc] # the attempt is the point
    with pytest.raises(TypeError):
        tenant.accounts.by_category["pets"] = "1"  # type: ignore[index] # the attempt is the point


@pytest.mark.parametrize(
    ("line", "instead", "error", "key"),
    [
        ('name = "Landsby Kommune"', "", KeyMissing, "name"),
        ('name = "Landsby Kommune"', 'name = " "', ValueWrong, "name"),
        ('name = "Landsby Kommune"', "name = 5", ValueWrong, "name"),
        ('name = "Landsby Kommune"', 'navn = "Landsby"\nname = "Landsby"', KeyUnknown, "navn"),
        ("municipality_code = 999", 'municipality_code = "999"', ValueWrong, "municipality_code"),
        ("municipality_code = 999", "municipality_code = true", ValueWrong, "municipality_code"),
        ("municipality_code = 999", "municipality_code = 100", ValueWrong, "municipality_code"),
        ("00000000-0000-4000-8000-000000000001", "not-an-id", ValueWrong, "id"),
        ('mode = "sandbox"', 'mode = "production"', ValueWrong, "ledger_export.mode"),
        ('mode = "sandbox"', "", KeyMissing, "ledger_export.mode"),
        ('mode = "sandbox"', 'mode = "sandbox"\nurl = "x"', KeyUnknown, "ledger_export.url"),
        ('{api_key = "VILLAGE_API_KEY"}', "{api_key = 5}", ValueWrong, "payout_providers.settings.api_key"),
        ('{api_key = "VILLAGE_API_KEY"}', '"VILLAGE_API_KEY"', ValueWrong, "payout_providers.settings"),
        (
            'invoices_paid_by = "supplier_invoice"',
            'invoices_paid_by = "card"',
            ValueWrong,
            "invoices_paid_by",
        ),
        ('name = "Landsby Kommune"', 'name = "L"\nlanguages = ["de"]', ValueWrong, "languages"),
        ('name = "Landsby Kommune"', 'name = "L"\nlanguages = []', ValueWrong, "languages"),
        ('name = "Landsby Kommune"', 'name = "L"\nlanguages = ["da", "da"]', ValueWrong, "languages"),
        ('name = "Landsby Kommune"', 'name = "L"\naccounts = 5', ValueWrong, "accounts"),
        ('name = "Landsby Kommune"', 'name = "L"\naccounts.default = "a b"', ValueWrong, "accounts.default"),
        (
            'name = "Landsby Kommune"',
            'name = "L"\naccounts.spending.pets = "="',
            ValueWrong,
            "accounts.spending",
        ),
        ("[[payout_providers]]", "[payout_providers]", ValueWrong, "payout_providers"),
    ],
)
def test_a_fault_is_told_with_file_key_and_what_to_write(
    write_tenant: WriteTenant, line: str, instead: str, error: type[SetupInvalid], key: str
) -> None:
    assert line in VILLAGE
    with pytest.raises(error) as caught:
        TenantDirectory.load(write_tenant(VILLAGE.replace(line, instead)))
    assert caught.value.where == "landsby/tenant.toml"
    assert caught.value.values["key"] == key
    for text in (caught.value.message.danish, caught.value.message.english):
        assert "landsby/tenant.toml" in text
        assert key in text


def test_a_wrong_value_is_not_repeated_since_it_may_be_a_secret(write_tenant: WriteTenant) -> None:
    with pytest.raises(ValueWrong) as caught:
        TenantDirectory.load(write_tenant(VILLAGE.replace('"VILLAGE_API_KEY"', "123456789")))
    assert "123456789" not in str(caught.value)
    assert "123456789" not in repr(caught.value.values)


def test_two_providers_of_one_identifier_are_refused(write_tenant: WriteTenant) -> None:
    twice = VILLAGE + '\n[[payout_providers]]\nidentifier = "supplier_invoice"\nmode = "sandbox"\n'
    with pytest.raises(ValueWrong, match="each identifier once"):
        TenantDirectory.load(write_tenant(twice))


@pytest.mark.parametrize(
    ("instead", "error", "key"),
    [
        ('languages = ["da"]\nlanguage = "da"', KeyUnknown, "language"),
        ("languages = 5", ValueWrong, "languages"),
    ],
)
def test_a_fault_in_the_defaults_is_told_with_their_file(
    folder: Path, write_tenant: WriteTenant, instead: str, error: type[SetupInvalid], key: str
) -> None:
    spoilt = DEFAULTS.replace('languages = ["da", "en"]', instead)
    (folder / "_defaults.toml").write_text(spoilt, encoding="utf-8")
    with pytest.raises(error) as caught:
        TenantDirectory.load(write_tenant())
    assert caught.value.where == "_defaults.toml"
    assert caught.value.values["key"] == key


def test_an_unknown_key_deep_in_the_defaults_is_told_with_its_whole_name(
    folder: Path, write_tenant: WriteTenant
) -> None:
    spoilt = DEFAULTS.replace('default = "5.38.38"', 'default = "5.38.38"\ndebitor = "1"')
    (folder / "_defaults.toml").write_text(spoilt, encoding="utf-8")
    own = '\n[accounts]\ndefault = "7"\n'
    with pytest.raises(KeyUnknown, match=r"_defaults\.toml: “accounts\.debitor”"):
        TenantDirectory.load(write_tenant(VILLAGE + own))


def test_without_defaults_everything_must_stand_in_the_tenant_file(
    folder: Path, write_tenant: WriteTenant
) -> None:
    (folder / "_defaults.toml").unlink()
    with pytest.raises(KeyMissing, match="languages"):
        TenantDirectory.load(write_tenant())
    whole = (
        VILLAGE.replace("[ledger_export]", 'languages = ["da"]\n[ledger_export]') + DEFAULTS.split('"en"]')[1]
    )
    assert TenantDirectory.load(write_tenant(whole)).by_slug("landsby").languages == ("da",)


def test_two_tenants_with_one_id_are_refused(write_tenant: WriteTenant) -> None:
    write_tenant()
    with pytest.raises(TenantTwice) as caught:
        TenantDirectory.load(write_tenant(slug="nabo"))
    assert caught.value.values == {"file": "nabo/tenant.toml", "other": "landsby/tenant.toml", "key": "id"}


def test_two_tenants_with_one_slug_are_refused(write_tenant: WriteTenant) -> None:
    (tenant,) = TenantDirectory.load(write_tenant()).tenants
    twin = dataclasses.replace(tenant, id=UUID(int=2))
    with pytest.raises(TenantTwice, match="slug"):
        TenantDirectory([tenant, twin])


@pytest.mark.parametrize("content", ["name = ", "name = \xe9\x00", 'name = "a"\nname = "b"'])
def test_a_file_that_is_no_toml_is_told(write_tenant: WriteTenant, content: str) -> None:
    with pytest.raises(SetupFileUnreadable, match=r"landsby/tenant\.toml"):
        TenantDirectory.load(write_tenant(content))


def test_a_file_that_is_not_utf_8_is_told(folder: Path, write_tenant: WriteTenant) -> None:
    write_tenant()
    (folder / "landsby" / "tenant.toml").write_bytes('name = "Halsnæs"'.encode("latin-1"))
    with pytest.raises(SetupFileUnreadable):
        TenantDirectory.load(folder)


def test_a_folder_without_its_file_is_told(folder: Path, write_tenant: WriteTenant) -> None:
    write_tenant()
    (folder / "nabo").mkdir()
    with pytest.raises(SetupFileMissing, match=r"nabo/tenant\.toml"):
        TenantDirectory.load(folder)


@pytest.mark.parametrize("slug", ["Landsby", "lands by", "æblerup", "1by", "a"])
def test_a_folder_whose_name_cannot_stand_in_an_address_is_refused(
    write_tenant: WriteTenant, slug: str
) -> None:
    with pytest.raises(NameNotAllowed):
        TenantDirectory.load(write_tenant(slug=slug))


def test_hidden_folders_and_loose_files_are_passed_over(folder: Path, write_tenant: WriteTenant) -> None:
    for name in (".git", "_texts"):
        (folder / name).mkdir()
    (folder / "README.md").write_text("for people", encoding="utf-8")
    assert [tenant.slug for tenant in TenantDirectory.load(write_tenant()).tenants] == ["landsby"]


def test_a_folder_without_tenants_stops_the_start(folder: Path) -> None:
    for empty in (folder, folder / "not-there"):
        with pytest.raises(NoTenants):
            TenantDirectory.load(empty)


def test_our_four_municipalities_pay_invoices_through_vouchers_in_files() -> None:
    directory = TenantDirectory.load(OURS)
    assert {tenant.slug: tenant.municipality_code for tenant in directory.tenants} == {
        "aarhus": 751,
        "halsnaes": 260,
        "kolding": 621,
        "lejre": 350,
    }
    for tenant in directory.tenants:
        assert (tenant.ledger_export.identifier, tenant.ledger_export.mode) == ("file", Mode.SANDBOX)
        payout_provider = tenant.payout_providers[0]
        assert (payout_provider.identifier, payout_provider.mode) == ("supplier_invoice", Mode.SANDBOX)
