"""Files in a bucket of any storage that speaks Amazon's S3; needs `pip install raaderum[s3]`.

Credentials are boto3's own: environment variables, mounted files or the machine's role.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from raaderum.persistence.file_store import FileLost, FilesUnavailable, StoredFile

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS_TO_CONNECT: Final = 5
_SECONDS_TO_ANSWER: Final = 20
_ATTEMPTS: Final = 3
_MISSING: Final = frozenset({"NoSuchKey", "404"})


class S3Files:
    """Implements `FileStore` on a bucket; `prefix` is '' or ends with '/'."""

    def __init__(self, bucket: str, *, prefix: str = "", endpoint: str | None = None, region: str) -> None:
        # Imported here: an installation that keeps its files on a disk has no boto3.
        import boto3  # noqa: PLC0415 - as above
        from botocore.config import Config  # noqa: PLC0415 - as above

        self._bucket, self._prefix = bucket, prefix
        patience = Config(
            connect_timeout=_SECONDS_TO_CONNECT,
            read_timeout=_SECONDS_TO_ANSWER,
            retries={"max_attempts": _ATTEMPTS, "mode": "standard"},
        )
        self._client: Any = boto3.client("s3", endpoint_url=endpoint, region_name=region, config=patience)

    def put(self, tenant_id: UUID, file_id: UUID, sealed: bytes) -> None:
        """Keep a file whole: the storage shows an object only once all of it is there."""
        with _told():
            self._client.put_object(Bucket=self._bucket, Key=self._key(tenant_id, file_id), Body=sealed)

    def read(self, tenant_id: UUID, file_id: UUID) -> bytes:
        """Return a file to the byte; raise `FileLost`."""
        with _told():
            found = self._client.get_object(Bucket=self._bucket, Key=self._key(tenant_id, file_id))
            content: bytes = found["Body"].read()
            return content

    def remove(self, tenant_id: UUID, file_id: UUID) -> None:
        """Remove a file; one that is not there is no error."""
        with _told():
            self._client.delete_object(Bucket=self._bucket, Key=self._key(tenant_id, file_id))

    def files_of(self, tenant_id: UUID) -> Iterator[StoredFile]:
        """Go through all files of one tenant, a thousand at a time."""
        folder = f"{self._prefix}{tenant_id.hex}/"
        with _told():
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=folder)
            for page in pages:
                for found in page.get("Contents", ()):
                    yield StoredFile(UUID(found["Key"].removeprefix(folder)), found["LastModified"])

    def _key(self, tenant_id: UUID, file_id: UUID) -> str:
        return f"{self._prefix}{tenant_id.hex}/{file_id.hex}"


@contextmanager
def _told() -> Iterator[None]:
    """Say in the house's words what the storage refused."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - as above

    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in _MISSING:
            raise FileLost(where="bucket") from error
        raise FilesUnavailable(where="bucket") from error
    except BotoCoreError as error:
        raise FilesUnavailable(where="bucket") from error
