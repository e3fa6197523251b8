"""Mounts the portal on the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def register_portal(app: Flask, *, demo: bool) -> None:
    """Mount the portal under `/<tenant>/`, in the demo with a sign-in page of made-up people."""
    del app, demo
