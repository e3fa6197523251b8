"""Ours and the bare application, each served by gunicorn with the same settings."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Final

from raaderum.bootstrap import create_app
from raaderum.kernel.long_lived import spare_what_is_loaded
from raaderum.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask

SERVED_BY: Final = "gunicorn gthread, 2 processes x 4 threads"
_PATIENCE_SECONDS: Final = 30.0


def ours() -> Flask:
    """Return our application, with the settings of the environment, as it is served in production."""
    app = create_app(Settings.from_environment())
    spare_what_is_loaded()
    return app


@contextmanager
def served(factory: str, environment: Mapping[str, str]) -> Iterator[int]:
    """Serve what `factory` of a module here returns; give the port, and stop at the end."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--workers=2", "--threads=4", "--worker-class=gthread"]
    options = [f"--bind=127.0.0.1:{port}", "--log-level=error", f"tests.bench.{factory}()"]
    with subprocess.Popen([*command, *options], env={**os.environ, **environment}) as server:
        try:
            _await_answer(server, port)
            yield port
        finally:
            server.terminate()


def _await_answer(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            # The port takes connections before the application behind it has been made.
            connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
        except (OSError, HTTPException):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
