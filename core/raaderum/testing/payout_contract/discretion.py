"""What must stay within: secrets, numbers of people and accounts; and no connection while disabled."""

from __future__ import annotations

import logging
import socket
import traceback
from typing import TYPE_CHECKING, NoReturn

import pytest

from raaderum.plugin_api import Capability, Erases, Mode, SettingsInvalid
from raaderum.testing.payout_contract.subject import Subject, as_the_core_takes_it, is_done

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from raaderum.plugin_api import PayoutProvider

KEY = "contract-discretion-1"


class SocketOpened(AssertionError):
    """A provider that is switched off reached for the network."""


class KeepsSecrets(Subject):
    """Nothing leaves the provider that should not."""

    def test_while_disabled_nothing_is_sent_and_no_socket_is_opened(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _forbid_sockets(monkeypatch)
        try:
            provider = self.kind.configure(self.context(tmp_path, Mode.DISABLED))
        except SettingsInvalid:
            return
        assert not is_done(as_the_core_takes_it(lambda: provider.send(self.order(), KEY)))
        assert self.effects_of(tmp_path, KEY) == 0

    def test_configuring_opens_no_socket(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        context = self.context(tmp_path, Mode.SANDBOX)
        _forbid_sockets(monkeypatch)
        assert self.kind.configure(context)

    def test_no_secret_and_no_persons_number_is_logged_shown_or_raised(
        self, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        caplog.set_level(logging.DEBUG)
        for name in list(logging.root.manager.loggerDict):
            caplog.set_level(logging.DEBUG, logger=name)
        context = self.context(tmp_path, Mode.SANDBOX)
        provider = self.kind.configure(context)
        said = [*self._use(provider), repr(provider), str(provider), repr(context), repr(self.kind)]
        said += [str(vars(record)) for record in caplog.records]
        said += [record.getMessage() for record in caplog.records]
        said += list(capfd.readouterr())
        found = {name for name, word in self._within(tmp_path) if any(word in one for one in said)}
        assert not found, f"seen outside: {', '.join(sorted(found))}"

    def test_after_erasure_nothing_of_the_person_is_left_in_the_files(self, tmp_path: Path) -> None:
        self.needs(Capability.ERASE)
        provider = self.provider(tmp_path)
        provider.send(self.order(), KEY)
        assert isinstance(provider, Erases)
        provider.erase([self.order().payout_id])
        files = self.context(tmp_path, Mode.SANDBOX).files
        contents = [path.read_bytes() for path in files.rglob("*") if path.is_file()]
        personal = [self.order().payee.name, *(word for _, word in self._personal())]
        assert not [word for word in personal if any(word.encode() in content for content in contents)]

    def _use(self, provider: PayoutProvider) -> Iterator[str]:
        """Use the provider well and badly; return everything it answers and raises, as text."""
        good = self.order()
        calls: tuple[Callable[[], object], ...] = (
            lambda: provider.send(good, KEY),
            lambda: provider.send(good, KEY),
            lambda: provider.look_up(KEY),
            lambda: provider.look_up(f"{KEY}-other"),
            lambda: provider.take_back(good, f"{KEY}-back"),
            lambda: provider.send(None, KEY),  # type: ignore[arg-type] # to see what it says of it
            lambda: provider.look_up(None),  # type: ignore[arg-type] # the same
        )
        for call in calls:
            try:
                yield repr(call())
            except Exception as error:  # noqa: BLE001 - whatever it raises must be discreet
                yield "".join(traceback.format_exception(error))

    def _within(self, folder: Path) -> Iterator[tuple[str, str]]:
        """Go through what must not be seen: each with the name to complain of it."""
        settings = self.context(folder, Mode.SANDBOX).settings
        for setting in self.kind.settings:
            if setting.secret and (value := settings.get(setting.name)):
                yield f"the secret {setting.name}", value
        yield from self._personal()

    def _personal(self) -> Iterator[tuple[str, str]]:
        payee = self.order().payee
        if payee.cpr:
            yield "the CPR number", payee.cpr
        account = payee.account
        if account is not None:
            numbers = {"account number": account.account_number, "IBAN": account.iban}
            yield from ((f"the {name}", number) for name, number in numbers.items() if number)


def _forbid_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_anything: object, **_more: object) -> NoReturn:
        raise SocketOpened

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
