"""What an installation is told by its environment; read once, at start."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from raaderum.kernel.errors import SetupInvalid
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


class SettingUnset(SetupInvalid):
    """An environment variable that must be set is not."""

    code = "setting_unset"
    text = Text("Sæt {name}: {purpose}.", "Set {name}: {purpose_english}.")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the engines, the keys, the municipalities' files and the providers' files are."""

    database_url: str
    queue_url: str
    master_key_file: Path
    tenants_folder: Path
    files_folder: Path
    demo: bool = False
    file_store: str = "disk"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; raise `SettingUnset` naming the first that is missing."""
        return cls(
            database_url=_required(
                environment,
                "RAADERUM_DATABASE_URL",
                Text("PostgreSQL som raaderum_app", "PostgreSQL as raaderum_app"),
            ),
            queue_url=_required(
                environment, "RAADERUM_QUEUE_URL", Text("Valkey eller Redis", "Valkey or Redis")
            ),
            master_key_file=Path(
                _required(
                    environment,
                    "RAADERUM_MASTER_KEY_FILE",
                    Text("filen med hovednøglen", "the file with the master key"),
                )
            ),
            tenants_folder=Path(environment.get("RAADERUM_TENANTS", "tenants")),
            files_folder=Path(environment.get("RAADERUM_FILES", "files")),
            demo=environment.get("RAADERUM_DEMO") == "yes",
            file_store=environment.get("RAADERUM_FILE_STORE", "disk"),
        )

    def as_environment(self) -> dict[str, str]:
        """Return the variables under which another process reads the same settings."""
        return {
            "RAADERUM_DATABASE_URL": self.database_url,
            "RAADERUM_QUEUE_URL": self.queue_url,
            "RAADERUM_MASTER_KEY_FILE": str(self.master_key_file),
            "RAADERUM_TENANTS": str(self.tenants_folder),
            "RAADERUM_FILES": str(self.files_folder),
            "RAADERUM_DEMO": "yes" if self.demo else "no",
            "RAADERUM_FILE_STORE": self.file_store,
        }


def _required(environment: Mapping[str, str], name: str, purpose: Text) -> str:
    value = environment.get(name, "").strip()
    if not value:
        raise SettingUnset(where=name, name=name, purpose=purpose.danish, purpose_english=purpose.english)
    return value
