"""The command `raaderum`: one group per kind of work."""

from raaderum.cli.main import main

__all__ = ["main"]
