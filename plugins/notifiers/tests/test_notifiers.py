from __future__ import annotations

import json
import logging
import threading
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from raaderum.plugin_api import (
    Completed,
    Mode,
    Notification,
    NotifierKind,
    ProviderContext,
    Refused,
    SettingsInvalid,
    Unknown,
)
from raaderum_notifiers.console import FILE, ConsoleNotifier
from raaderum_notifiers.mail import MailNotifier, MailServer, Security
from raaderum_notifiers.plugin import ConsoleKind, MailKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSWORD = "meget-hemmelig"
NOTICE = Notification(
    "signe@example.dk", "Der er nyt til dig", "Der ligger en besked.\nHilsen kommunen – æøå"
)
SETTINGS = {
    "host": "127.0.0.1",
    "port": "2525",
    "security": "none",
    "sender": "raaderum@example.dk",
    "user": "raaderum",
    "password": PASSWORD,
}


class MailReceiver(ThreadingTCPServer):
    """Takes mail on this machine and answers as it is told to; speaks just enough SMTP."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, answers: dict[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.answers = answers
        self.received: list[bytes] = []


class _Talk(StreamRequestHandler):
    server: MailReceiver

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].decode().strip().upper()
            if word == "QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            answer = self.server.answers.get(word, b"354 go on" if word == "DATA" else b"250 fine")
            self.wfile.write(answer + b"\r\n")
            if word == "DATA" and answer.startswith(b"354"):
                self._take_in()

    def _take_in(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        self.server.received.append(b"".join(lines))
        self.wfile.write(self.server.answers.get(".", b"250 taken") + b"\r\n")


@contextmanager
def receiving(**answers: bytes) -> Iterator[tuple[MailReceiver, MailNotifier]]:
    with MailReceiver(
        {("." if word == "content" else word): said for word, said in answers.items()}
    ) as receiver:
        threading.Thread(target=receiver.serve_forever, daemon=True).start()
        port = receiver.server_address[1]
        yield receiver, MailNotifier(MailServer("127.0.0.1", port, Security.NONE, "raaderum@example.dk"))
        receiver.shutdown()


@pytest.fixture
def context(tmp_path: Path) -> ProviderContext:
    return ProviderContext(
        tenant_id=UUID(int=1),
        tenant_slug="landsby",
        mode=Mode.LIVE,
        settings=SETTINGS,
        files=tmp_path / "files",
    )


def test_a_mail_arrives_whole_with_danish_letters() -> None:
    with receiving() as (receiver, notifier):
        assert isinstance(notifier.notify(NOTICE, "notice:1"), Completed)
    mail = message_from_bytes(receiver.received[0], policy=default)
    assert mail["To"] == "signe@example.dk"
    assert mail["Subject"] == "Der er nyt til dig"
    assert mail.get_content().splitlines() == NOTICE.body.splitlines()


def test_a_repetition_has_the_same_message_id_and_another_message_another() -> None:
    with receiving() as (receiver, notifier):
        for key in ("notice:1", "notice:1", "notice:2"):
            notifier.notify(NOTICE, key)
    ids = [message_from_bytes(one)["Message-ID"] for one in receiver.received]
    assert ids[0] == ids[1] != ids[2]


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        pytest.param({"RCPT": b"550 unknown"}, Refused, id="recipient refused for good"),
        pytest.param({"RCPT": b"450 busy"}, Unknown, id="recipient refused for now"),
        pytest.param({"content": b"554 spam"}, Refused, id="content refused for good"),
        pytest.param({"content": b"451 later"}, Unknown, id="content refused for now"),
        pytest.param({"MAIL": b"530 sign in first"}, Unknown, id="our own setting is wrong"),
        pytest.param({"EHLO": b"421 closing", "HELO": b"421 closing"}, Unknown, id="server closes"),
    ],
)
def test_only_what_is_refused_for_good_is_given_up(answers: dict[str, bytes], kind: type) -> None:
    with receiving(**answers) as (_, notifier):
        assert isinstance(notifier.notify(NOTICE, "notice:1"), kind)


def test_a_server_that_is_away_is_no_refusal() -> None:
    with receiving() as (receiver, notifier):
        pass
    receiver.server_close()
    assert isinstance(notifier.notify(NOTICE, "notice:1"), Unknown)


@pytest.mark.parametrize("address", ["a@b.dk\r\nBcc: x@y.dk", "a@b.dk\nX: y"])
def test_an_address_cannot_carry_a_header_with_it(address: str) -> None:
    with receiving() as (receiver, notifier):
        outcome = notifier.notify(replace(NOTICE, address=address), "notice:1")
    assert isinstance(outcome, Refused)
    assert receiver.received == []


def test_the_sandbox_writes_a_line_and_opens_no_socket(
    context: ProviderContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("a socket was opened"))
    notifier = MailKind().configure(replace(context, mode=Mode.SANDBOX))
    assert isinstance(notifier.notify(NOTICE, "notice:1"), Completed)
    assert json.loads((context.files / FILE).read_text())["subject"] == NOTICE.subject


def test_lines_of_many_threads_stay_whole(tmp_path: Path) -> None:
    notifier = ConsoleNotifier(tmp_path)
    threads = [
        threading.Thread(target=notifier.notify, args=(NOTICE, f"notice:{number}")) for number in range(40)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keys = {json.loads(line)["key"] for line in (tmp_path / FILE).read_text().splitlines()}
    assert keys == {f"notice:{number}" for number in range(40)}


def test_a_folder_that_cannot_be_written_is_no_refusal(tmp_path: Path) -> None:
    (tmp_path / "in the way").touch()
    assert isinstance(ConsoleNotifier(tmp_path / "in the way").notify(NOTICE, "notice:1"), Unknown)


def test_password_and_message_are_in_no_log_and_no_print(
    context: ProviderContext, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with receiving() as (receiver, _):
        port = str(receiver.server_address[1])
        notifier = MailKind().configure(replace(context, settings={**SETTINGS, "port": port}))
        outcome = notifier.notify(NOTICE, "notice:1")
    told = f"{notifier!r}{outcome!r}{NOTICE!r}{caplog.text}"
    assert PASSWORD not in told
    assert NOTICE.body not in told
    assert NOTICE.address not in told


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("security", "perhaps"),
        ("port", "0"),
        ("port", "many"),
        ("sender", "nobody"),
        ("host", "mail.example.dk"),
    ],
)
def test_a_setting_that_cannot_work_stops_the_start(
    context: ProviderContext, setting: str, value: str
) -> None:
    with pytest.raises(SettingsInvalid):
        MailKind().configure(replace(context, settings={**SETTINGS, setting: value}))


@pytest.mark.parametrize("kind", [MailKind(), ConsoleKind()], ids=["email", "console"])
def test_a_disabled_one_cannot_be_made(context: ProviderContext, kind: NotifierKind) -> None:
    with pytest.raises(SettingsInvalid):
        kind.configure(replace(context, mode=Mode.DISABLED))
