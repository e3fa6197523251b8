"""Which storage the operator chose with `RAADERUM_FILE_STORE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, urlsplit

from raaderum.kernel.errors import SetupInvalid
from raaderum.kernel.text import Text
from raaderum.persistence.disk_files import DiskFiles
from raaderum.persistence.s3_files import S3Files

if TYPE_CHECKING:
    from pathlib import Path

    from raaderum.persistence.file_store import FileStore

ON_DISK: Final = "disk"
_FOLDER: Final = "kept"
_USUAL_REGION: Final = "eu-north-1"
_ASKED: Final = frozenset({"endpoint", "region"})


class FileStoreUnusable(SetupInvalid):
    """The setting names no storage that can be used here."""

    code = "file_store_unusable"
    text = Text(
        "RAADERUM_FILE_STORE kan ikke bruges: {reason}. Skriv »disk« eller "
        "»s3://<bucket>/<præfiks>?endpoint=https://…&region=…«.",
        "RAADERUM_FILE_STORE cannot be used: {reason_english}. Write “disk” or "
        "“s3://<bucket>/<prefix>?endpoint=https://…&region=…”.",
    )


def chosen_file_store(setting: str, *, files_folder: Path) -> FileStore:
    """Return the storage that `setting` names; raise `FileStoreUnusable`."""
    if setting == ON_DISK:
        return DiskFiles(files_folder / _FOLDER)
    parts = urlsplit(setting)
    asked = parse_qs(parts.query)
    if parts.scheme != "s3" or not parts.netloc or not asked.keys() <= _ASKED:
        raise _unusable("det er hverken en disk eller en bucket", "it is neither a disk nor a bucket")
    prefix = parts.path.strip("/")
    try:
        return S3Files(
            parts.netloc,
            prefix=f"{prefix}/" if prefix else "",
            endpoint=asked["endpoint"][0] if "endpoint" in asked else None,
            region=asked["region"][0] if "region" in asked else _USUAL_REGION,
        )
    except ImportError as error:
        raise _unusable("boto3 er ikke installeret", "boto3 is not installed") from error
    except ValueError as error:
        raise _unusable("endpoint er ikke en adresse", "the endpoint is no address") from error


def _unusable(danish: str, english: str) -> FileStoreUnusable:
    return FileStoreUnusable(where="RAADERUM_FILE_STORE", reason=danish, reason_english=english)
