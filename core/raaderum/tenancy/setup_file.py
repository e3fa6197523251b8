"""Strict reading of the TOML files under `tenants/`: every key is asked for, all others are refused."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from raaderum.tenancy.setup_errors import (
    KeyMissing,
    KeyUnknown,
    SetupFileMissing,
    SetupFileUnreadable,
    ValueWrong,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum
    from pathlib import Path
    from typing import TypeVar

    Member = TypeVar("Member", bound=StrEnum)


@dataclass(slots=True)
class SetupTable:
    """One table of a file, with the table of the same name in another file as `defaults` under it.

    `get_` raises `KeyMissing` where neither has the key, `find_` returns None; both raise
    `ValueWrong`, naming the file in which the value stands. `example` is the line to write.
    """

    file: str
    content: Mapping[str, object]
    path: str = ""
    defaults: SetupTable | None = None
    _asked: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, path: Path, *, called: str, defaults: SetupTable | None = None) -> SetupTable:
        """Read a whole file; `called` is its name in errors."""
        try:
            content = tomllib.loads(path.read_bytes().decode())
        except FileNotFoundError as error:
            raise SetupFileMissing(where=called, file=called) from error
        except ValueError as error:
            raise SetupFileUnreadable(where=called, file=called, detail=error) from error
        return cls(called, content, defaults=defaults)

    def get_text(self, key: str, *, example: str) -> str:
        """Return a text that is not blank."""
        value, table = self._get(key, example)
        if not isinstance(value, str) or not value.strip():
            raise table.wrong(key, example=example)
        return value

    def get_texts(self, key: str, *, example: str) -> tuple[str, ...]:
        """Return a list of at least one text, none of them blank or twice."""
        value, table = self._get(key, example)
        if not isinstance(value, list) or not value:
            raise table.wrong(key, example=example)
        texts = [text for text in value if isinstance(text, str) and text.strip()]
        if len(set(texts)) != len(value):
            raise table.wrong(key, example=example)
        return tuple(texts)

    def get_choice(self, key: str, choices: type[Member]) -> Member:
        """Return one of the values of an enumeration."""
        example = " / ".join(f'{key} = "{choice}"' for choice in choices)
        value, table = self._get(key, example)
        if not isinstance(value, str) or value not in list(choices):
            raise table.wrong(key, example=example)
        return choices(value)

    def get_whole_number(self, key: str, *, at_least: int, at_most: int, example: str) -> int:
        """Return a whole number within both limits."""
        value, table = self._get(key, example)
        if type(value) is not int or not at_least <= value <= at_most:
            raise table.wrong(key, example=example)
        return value

    def find_whole_number(self, key: str, *, at_least: int, at_most: int, example: str) -> int | None:
        """Return a whole number within both limits, or None where the key is not there."""
        if not self.has(key):
            return None
        return self.get_whole_number(key, at_least=at_least, at_most=at_most, example=example)

    def find_yes(self, key: str) -> bool | None:
        """Return whether the key is `true`; None where it is not there."""
        if not self.has(key):
            return None
        example = f"{key} = true"
        value, table = self._get(key, example)
        if not isinstance(value, bool):
            raise table.wrong(key, example=example)
        return value

    def find_date(self, key: str, *, example: str) -> date | None:
        """Return a date without time, or None where the key is not there."""
        if not self.has(key):
            return None
        value, table = self._get(key, example)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise table.wrong(key, example=example)
        return value

    def get_table(self, key: str, *, example: str) -> SetupTable:
        """Return a table; a key that it lacks is looked for in the defaults' table of the same name."""
        _, owner = self._get(key, example)
        own = owner.own_table(key, example)
        if owner is self and self.defaults is not None and key in self.defaults.content:
            return replace(own, defaults=self.defaults.own_table(key, example))
        return own

    def get_table_alone(self, key: str, *, example: str) -> SetupTable:
        """Return a table as it stands in one file: the tenant's own, else the defaults'."""
        _, owner = self._get(key, example)
        return owner.own_table(key, example)

    def find_all_texts(self, key: str, *, example: str) -> dict[str, str]:
        """Return every key of a table with its text, the defaults' under its own; {} where there is none."""
        if not self.has(key):
            return {}
        table = self.get_table(key, example=example)
        keys = [*(table.defaults.content if table.defaults else ()), *table.content]
        return {name: table.get_text(name, example=example) for name in keys}

    def get_tables(self, key: str, *, example: str) -> tuple[SetupTable, ...]:
        """Return a list of tables (`[[key]]`) as it stands in one file; never empty."""
        value, table = self._get(key, example)
        if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
            raise table.wrong(key, example=example)
        return tuple(SetupTable(table.file, one, table.dotted(key)) for one in value)

    def get_all_texts(self, *, example: str) -> dict[str, str]:
        """Return every key with its text, the defaults' under the table's own."""
        keys = [*(self.defaults.content if self.defaults else ()), *self.content]
        return {key: self.get_text(key, example=example) for key in keys}

    def has(self, key: str) -> bool:
        """Say whether the key stands here or in the defaults, and know it from now on."""
        self._asked.add(key)
        return key in self.content or (self.defaults is not None and key in self.defaults.content)

    def refuse_other_keys(self) -> None:
        """Raise `KeyUnknown` for a key that nobody has asked for, here or in the defaults."""
        tables = [self] if self.defaults is None else [self, self.defaults]
        for table in tables:
            for key in table.content.keys() - self._asked:
                known = ", ".join(sorted(self._asked))
                raise KeyUnknown(where=table.file, file=table.file, key=table.dotted(key), known=known)

    def wrong(self, key: str, *, example: str) -> ValueWrong:
        """Return the error for a value that this table holds under `key`."""
        return ValueWrong(where=self.file, file=self.file, key=self.dotted(key), example=example)

    def own_table(self, key: str, example: str) -> SetupTable:
        """Return the table under `key` of this file alone."""
        value = self.content[key]
        if not isinstance(value, dict):
            raise self.wrong(key, example=example)
        return SetupTable(self.file, value, self.dotted(key))

    def dotted(self, key: str) -> str:
        """Return `key` as it is written from the top of the file."""
        return f"{self.path}.{key}" if self.path else key

    def _get(self, key: str, example: str) -> tuple[object, SetupTable]:
        """Return the value and the table it stands in."""
        if not self.has(key):
            raise KeyMissing(where=self.file, file=self.file, key=self.dotted(key), example=example)
        if key in self.content or self.defaults is None:
            return self.content[key], self
        return self.defaults.content[key], self.defaults
