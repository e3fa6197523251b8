"""PostgreSQL and Valkey from wheels, as private servers under one folder: for the demo and the tests."""

from raaderum.embedded.engines import Engines, running_engines

__all__ = ["Engines", "running_engines"]
