"""Serves the application with gunicorn: threads within few processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from gunicorn.app.base import BaseApplication

from raaderum.bootstrap import create_app
from raaderum.kernel.long_lived import spare_what_is_loaded

if TYPE_CHECKING:
    from flask import Flask

    from raaderum.settings import Settings

_PROCESSES: Final = 2
_THREADS: Final = 4


class _Server(BaseApplication):
    """Gunicorn, told its settings by us instead of by a command line."""

    def __init__(self, settings: Settings, *, host: str, port: int) -> None:
        self._settings = settings
        self._options: dict[str, Any] = {
            "bind": f"{host}:{port}",
            "workers": _PROCESSES,
            "threads": _THREADS,
            "accesslog": None,
            "loglevel": "warning",
            "preload_app": False,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings over."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:  # type: ignore[override] # the stubs know functions only, Flask is an object
        """Make the application, in each process of its own: connections do not survive a fork."""
        app = create_app(self._settings)
        spare_what_is_loaded()
        return app


def serve_application(settings: Settings, *, host: str, port: int) -> None:
    """Serve until told to stop."""
    _Server(settings, host=host, port=port).run()
