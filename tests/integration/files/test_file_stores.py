"""Sealed files on a disk and in a bucket that others serve: whole, apart by tenant, and never half."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from raaderum.persistence.chosen_file_store import FileStoreUnusable, chosen_file_store
from raaderum.persistence.disk_files import DiskFiles
from raaderum.persistence.file_store import (
    FileLost,
    FilesUnavailable,
    KeptFile,
    install_file_store,
    keep_file,
    open_kept_file,
    remove_orphans,
)
from raaderum.persistence.s3_files import S3Files
from raaderum.persistence.sealing import SealBroken
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.settings import Settings
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask import Flask

    from raaderum.persistence.file_store import FileStore
    from raaderum.testing.municipality import Municipality

BUCKET: Final = "kvitteringer"


@pytest.fixture(scope="module")
def bucket_address() -> Iterator[str]:
    """Serve a bucket by somebody else's program on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["disk", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    if request.param == "disk":
        return chosen_file_store("disk", files_folder=tmp_path)
    address = request.getfixturevalue("bucket_address")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
    boto3.client("s3", endpoint_url=address, region_name="us-east-1").create_bucket(Bucket=BUCKET)
    setting = f"s3://{BUCKET}/{uuid4().hex}?endpoint={address}&region=us-east-1"
    return chosen_file_store(setting, files_folder=tmp_path)


@pytest.fixture
def installed(app: Flask, store: FileStore, settings: Settings) -> Iterator[FileStore]:
    """Let the application keep its files in the store under test."""
    install_file_store(app, store)
    yield store
    install_file_store(app, chosen_file_store(settings.file_store, files_folder=settings.files_folder))


def test_what_is_kept_is_read_to_the_byte_listed_for_its_tenant_alone_and_removed(store: FileStore) -> None:
    ours, theirs, first, second = uuid4(), uuid4(), uuid4(), uuid4()
    store.put(ours, first, b"\x00en kvittering\xff" * 1000)
    store.put(theirs, second, b"")
    assert store.read(ours, first) == b"\x00en kvittering\xff" * 1000
    assert store.read(theirs, second) == b""
    [listed] = store.files_of(ours)
    assert listed.id == first
    assert abs(listed.stored_at - datetime.now(UTC)) < timedelta(minutes=5)
    with pytest.raises(FileLost):
        store.read(theirs, first)
    store.remove(ours, first)
    store.remove(ours, first)
    assert list(store.files_of(ours)) == []
    with pytest.raises(FileLost):
        store.read(ours, first)


def test_a_kept_file_is_sealed_opens_for_its_tenant_and_not_where_it_was_moved(
    installed: FileStore, municipality: Municipality, new_municipality: Callable[..., Municipality]
) -> None:
    with municipality.at_work(), unit_of_work() as session:
        file_id, tenant_id = keep_file(session, b"Mias kvittering"), current_tenant_id()
    sealed = installed.read(tenant_id, file_id)
    assert b"Mia" not in sealed
    other = new_municipality()
    installed.put(other.id, file_id, sealed)
    with other.at_work(), unit_of_work() as session, pytest.raises(SealBroken):
        open_kept_file(session, file_id)
    with municipality.at_work(), reading() as session:
        assert open_kept_file(session, file_id) == b"Mias kvittering"
    installed.put(tenant_id, file_id, sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with municipality.at_work(), reading() as session, pytest.raises(SealBroken):
        open_kept_file(session, file_id)


def test_what_dies_between_file_and_row_leaves_an_orphan_that_the_sweep_finds_a_day_later(
    installed: FileStore, municipality: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(Exception):
        pass

    def die_with_a_file() -> None:
        with unit_of_work() as session:
            keep_file(session, b"efterladt")
            raise Died

    with municipality.at_work():
        with unit_of_work() as session:
            kept = keep_file(session, b"i brug")
        with pytest.raises(Died):
            die_with_a_file()
        assert len(list(installed.files_of(municipality.id))) == 2
        with reading() as session:
            assert remove_orphans(session) == 0
        monkeypatch.setattr("raaderum.persistence.file_store._OLD_ENOUGH", timedelta(seconds=-60))
        with reading() as session:
            assert remove_orphans(session) == 1
            assert open_kept_file(session, kept) == b"i brug"


def test_a_storage_that_refuses_leaves_no_row(
    app: Flask, municipality: Municipality, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "kept").write_bytes(b"a file where a folder should be")
    install_file_store(app, DiskFiles(tmp_path / "kept"))
    with municipality.at_work():
        with pytest.raises(FilesUnavailable), unit_of_work() as session:
            keep_file(session, b"kvittering")
        with reading() as session:
            assert session.query(KeptFile).count() == 0
    install_file_store(app, chosen_file_store(settings.file_store, files_folder=settings.files_folder))


def test_a_disk_that_runs_full_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    store, tenant_id, file_id = DiskFiles(tmp_path), uuid4(), uuid4()
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(FilesUnavailable):
        store.put(tenant_id, file_id, b"kvittering")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_only_the_owner_reads_what_lies_on_the_disk_and_its_names_say_nothing(tmp_path: Path) -> None:
    store, tenant_id, file_id = DiskFiles(tmp_path), uuid4(), uuid4()
    store.put(tenant_id, file_id, b"kvittering")
    [path] = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.name == file_id.hex


def test_a_bucket_that_is_away_or_missing_is_told_in_the_houses_words(
    bucket_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "made-up")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made-up")
    missing = S3Files("ingen-spand", endpoint=bucket_address, region="us-east-1")
    with pytest.raises(FilesUnavailable):
        missing.put(uuid4(), uuid4(), b"kvittering")
    away = S3Files(BUCKET, endpoint="http://127.0.0.1:9", region="us-east-1")
    with pytest.raises(FilesUnavailable):
        away.read(uuid4(), uuid4())


@pytest.mark.parametrize("setting", ["", "folder", "s3://", "ftp://bucket/x", "s3://bucket?secret=x"])
def test_a_setting_that_names_no_storage_is_refused_at_the_start(setting: str, tmp_path: Path) -> None:
    with pytest.raises(FileStoreUnusable, match="RAADERUM_FILE_STORE"):
        chosen_file_store(setting, files_folder=tmp_path)


def test_other_processes_get_the_same_store() -> None:
    environment = {
        "RAADERUM_DATABASE_URL": "postgresql://x",
        "RAADERUM_QUEUE_URL": "redis://x",
        "RAADERUM_MASTER_KEY_FILE": "key",
        "RAADERUM_FILE_STORE": "s3://bucket/x",
    }
    read = Settings.from_environment(environment)
    assert read.file_store == "s3://bucket/x"
    assert Settings.from_environment(read.as_environment()) == read
