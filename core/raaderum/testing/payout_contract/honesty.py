"""The manifest says what the provider can do: no less, no more."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest

from raaderum.plugin_api import (
    Cancels,
    Capability,
    ChecksPayees,
    Erases,
    Mode,
    Payee,
    PayeeCheck,
    PayoutMethod,
    PayoutProviderKind,
    RecipientField,
    SendsBatches,
    SettingsInvalid,
    TellsByCallback,
    TellsByFile,
    TellsMovements,
)
from raaderum.testing.payout_contract.subject import Subject, is_done

if TYPE_CHECKING:
    from pathlib import Path

KEY = "contract-honesty-1"
PROTOCOLS: Final[dict[Capability, type]] = {
    Capability.BATCHES: SendsBatches,
    Capability.CANCEL: Cancels,
    Capability.CALLBACKS: TellsByCallback,
    Capability.STATUS_FILES: TellsByFile,
    Capability.MOVEMENTS: TellsMovements,
    Capability.PAYEE_CHECK: ChecksPayees,
    Capability.ERASE: Erases,
}


class SaysWhatItCan(Subject):
    """What a tenant, the core and the portal go by."""

    @pytest.mark.parametrize("capability", list(Capability), ids=[one.value for one in Capability])
    def test_a_capability_is_declared_exactly_where_its_methods_are(
        self, capability: Capability, tmp_path: Path
    ) -> None:
        declared = capability in self.kind.manifest.capabilities
        assert isinstance(self.provider(tmp_path), PROTOCOLS[capability]) == declared

    def test_it_works_with_no_more_than_the_fields_that_it_asks_for(self, tmp_path: Path) -> None:
        assert self.payee() == _only(self.payee(), self.kind.manifest.recipient_fields)
        assert is_done(self.provider(tmp_path).send(self.order(), KEY))

    def test_it_can_do_without_what_it_does_not_ask_for(self, tmp_path: Path) -> None:
        bare = replace(self.order(), payee=_only(self.payee(), self.kind.manifest.recipient_fields))
        assert is_done(self.provider(tmp_path).send(bare, KEY))

    def test_it_says_what_it_is(self) -> None:
        assert isinstance(self.kind, PayoutProviderKind)
        assert re.fullmatch(r"[a-z][a-z0-9_]{1,39}", self.kind.identifier)
        assert self.kind.name.danish
        assert self.kind.name.english
        assert self.kind.manifest.method in PayoutMethod
        assert RecipientField.NAME in self.kind.manifest.recipient_fields

    def test_each_setting_is_described_and_no_secret_has_a_default(self) -> None:
        names = [setting.name for setting in self.kind.settings]
        assert len(names) == len(set(names))
        for setting in self.kind.settings:
            assert setting.description.danish
            assert setting.description.english
            assert not (setting.secret and setting.default)

    def test_without_a_setting_that_it_needs_it_is_not_made(self, tmp_path: Path) -> None:
        context = self.context(tmp_path, Mode.SANDBOX)
        for setting in self.kind.settings:
            if not setting.required or setting.default is not None:
                continue
            settings = {name: value for name, value in context.settings.items() if name != setting.name}
            with pytest.raises(SettingsInvalid, match=setting.name):
                self.kind.configure(replace(context, settings=settings))

    def test_checking_a_payee_answers_what_a_check_can_come_to(self, tmp_path: Path) -> None:
        self.needs(Capability.PAYEE_CHECK)
        provider = self.provider(tmp_path)
        assert isinstance(provider, ChecksPayees)
        assert provider.check_payee(self.payee()) in PayeeCheck
        assert provider.check_payee(Payee("")) is not PayeeCheck.FITS


def _only(payee: Payee, fields: frozenset[RecipientField]) -> Payee:
    return Payee(
        payee.name,
        cvr=payee.cvr if RecipientField.CVR in fields else None,
        cpr=payee.cpr if RecipientField.CPR in fields else None,
        account=payee.account if RecipientField.ACCOUNT in fields else None,
    )
