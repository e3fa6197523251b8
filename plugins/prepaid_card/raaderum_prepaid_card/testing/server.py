"""Serves the stand-in on a port of this machine, with the ways in which a network lets one down."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Final

from raaderum_prepaid_card.testing.calls import Calls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from raaderum_prepaid_card.testing.stripe_account import StripeAccount

log = logging.getLogger(__name__)
_LONGEST_HANG_SECONDS: Final = 30


class FakeStripe:
    """A running stand-in. What is asked of it while it hangs or tears is carried out all the same.

    `hangs` and `tears` count down: so many of the next calls that write get no answer, or half of one.
    """

    def __init__(self, account: StripeAccount) -> None:
        self.account = account
        self.calls = Calls(account)
        self.hangs = 0
        self.tears = 0
        self.address = ""
        self.seen: list[tuple[str, str]] = []
        self._released = Event()

    @contextmanager
    def running(self) -> Iterator[FakeStripe]:
        """Serve until the block ends."""
        stand_in = self

        class Handler(_Handler):
            fake = stand_in

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._released.set()
            server.shutdown()
            server.server_close()
            thread.join()

    def hang(self) -> None:
        """Wait until nobody waits any longer."""
        self._released.wait(_LONGEST_HANG_SECONDS)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fake: FakeStripe

    def do_GET(self) -> None:
        """Answer a question."""
        path, _, query = self.path.partition("?")
        self._answer(path, query)

    def do_POST(self) -> None:
        """Carry something out."""
        length = int(self.headers.get("Content-Length") or 0)
        self._answer(self.path, self.rfile.read(length).decode())

    def _answer(self, path: str, content: str) -> None:
        fake = self.fake
        api_key = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        fake.seen.append((self.command, path))
        answer = fake.calls.answer(self.command, path, content, self.headers.get("Idempotency-Key"), api_key)
        body = json.dumps(answer.body).encode()
        if self.command == "POST" and fake.hangs:
            fake.hangs -= 1
            fake.hang()
            self.close_connection = True
            return
        torn = self.command == "POST" and fake.tears > 0
        fake.tears -= torn
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Request-Id", "req_of_the_stand_in")
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if torn else body)
        self.close_connection = self.close_connection or torn

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Log like everybody else, not to the terminal."""
        log.debug(format, *args)
