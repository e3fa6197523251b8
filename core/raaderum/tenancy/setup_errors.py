"""What can be wrong with a file under `tenants/`: each error names the file, the key and the cure."""

from __future__ import annotations

from raaderum.kernel.errors import SetupInvalid
from raaderum.kernel.text import Text


class SetupFileMissing(SetupInvalid):
    """A file that must be there is not."""

    code = "setup_file_missing"
    text = Text(
        "{file} mangler. Opret den, eller fjern mappen.",
        "{file} is missing. Write it, or remove the folder.",
    )


class SetupFileUnreadable(SetupInvalid):
    """A file is not TOML."""

    code = "setup_file_unreadable"
    text = Text(
        "{file} er ikke gyldig TOML i UTF-8: {detail}. Ret filen.",
        "{file} is not valid TOML in UTF-8: {detail}. Correct the file.",
    )


class NameNotAllowed(SetupInvalid):
    """A folder or file has a name that says nothing."""

    code = "setup_name_not_allowed"
    text = Text(
        "{file} kan ikke hedde sådan. Kald den for eksempel {example}.",
        "{file} cannot be called that. Call it for example {example}.",
    )


class KeyMissing(SetupInvalid):
    """A key that must be there is not."""

    code = "setup_key_missing"
    text = Text(
        "{file}: »{key}« mangler. Skriv for eksempel: {example}",
        "{file}: “{key}” is missing. Write for example: {example}",
    )


class KeyUnknown(SetupInvalid):
    """A key that nobody reads: most often misspelt."""

    code = "setup_key_unknown"
    text = Text(
        "{file}: »{key}« kendes ikke. Slet den, eller ret den til en af: {known}.",
        "{file}: “{key}” is not known. Delete it, or correct it to one of: {known}.",
    )


class ValueWrong(SetupInvalid):
    """A key has a value of the wrong type or outside what is allowed. The value may be a secret."""

    code = "setup_value_wrong"
    text = Text(
        "{file}: »{key}« kan ikke bruges, som den står. Skriv for eksempel: {example}",
        "{file}: “{key}” cannot be used as it stands. Write for example: {example}",
    )
