from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy import Connection, NullPool, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from raaderum.embedded import Engines, lifecycle, running_engines, sockets
from raaderum.embedded.errors import EngineDidNotStart
from raaderum.embedded.locks import is_locked

BOTH = frozenset({"PostgreSQL", "Valkey"})
START_IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from raaderum.embedded import Engines
print(sorted(Engines.start(Path(sys.argv[1])).started), flush=True)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """As root this lies below a folder that only root can enter, as a clone below /root does."""
    folder = tmp_path_factory.mktemp("engines") / "state"
    yield folder
    Engines.start(folder).stop()


@pytest.fixture
def engines(folder: Path) -> Engines:
    return Engines.start(folder)


def connected(engines: Engines, *, password: str | None = None) -> Connection:
    url = make_url(engines.administrator_url)
    url = url if password is None else url.set(password=password)
    return create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect()


def ask(engines: Engines, statement: str) -> object:
    with connected(engines) as connection:
        return connection.execute(text(statement)).scalar_one()


def queue(engines: Engines) -> redis.Redis:
    return redis.Redis.from_url(engines.queue_url)


def postgresql_process(engines: Engines) -> int:
    lines = (engines.state_folder / "postgresql" / "postmaster.pid").read_text("utf-8").splitlines()
    return int(lines[0])


def valkey_process(engines: Engines) -> int:
    with queue(engines) as client:
        return int(client.info("server")["process_id"])


def start_in_another_process(folder: Path, *, afterwards: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START_IN_ANOTHER_PROCESS + afterwards, str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        text=True,
    )


def is_gone(folder: Path) -> bool:
    """Whether nobody is behind the sockets of a folder's engines."""
    for path in (folder / "valkey" / "valkey.sock", folder / "postgresql" / ".s.PGSQL.5432"):
        with socket.socket(socket.AF_UNIX) as client:
            if client.connect_ex(str(path)) == 0:
                return False
    return True


def test_engines_that_run_are_used_again(engines: Engines, folder: Path) -> None:
    before = postgresql_process(engines), valkey_process(engines)
    again = Engines.start(folder)
    assert again.started == frozenset()
    assert (postgresql_process(again), valkey_process(again)) == before
    assert again.administrator_url == engines.administrator_url
    assert again.queue_url == engines.queue_url


def test_a_block_stops_only_what_was_started_for_it(engines: Engines, folder: Path) -> None:
    with running_engines(folder) as within:
        assert within.started == frozenset()
    assert ask(engines, "select 1") == 1
    engines.stop()
    with running_engines(folder) as within:
        assert within.started == BOTH
        assert ask(within, "select 1") == 1
    assert is_gone(folder)


def test_stopping_what_is_stopped_does_nothing(engines: Engines, folder: Path) -> None:
    engines.stop()
    engines.stop()
    assert is_gone(folder)


@pytest.mark.parametrize("password", ["", "wrong"])
def test_postgresql_refuses_a_wrong_and_a_missing_password(engines: Engines, password: str) -> None:
    url = make_url(engines.administrator_url)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(
            host=str(url.query["host"]), user=url.username, password=password, dbname="postgres", port=5432
        )


def test_every_way_into_postgresql_asks_for_scram(engines: Engines) -> None:
    with connected(engines) as connection:
        rules = connection.execute(text("select distinct auth_method from pg_hba_file_rules"))
        assert list(rules.scalars()) == ["scram-sha-256"]
    stored = "select rolpassword from pg_authid where rolname = 'administrator'"
    assert str(ask(engines, stored)).startswith("SCRAM-SHA-256$")


@pytest.mark.parametrize(
    ("password", "refusal"), [(None, "already authenticated"), ("wrong", "invalid username-password pair")]
)
def test_valkey_refuses_a_wrong_and_a_missing_password(
    engines: Engines, password: str | None, refusal: str
) -> None:
    path = str(engines.state_folder / "valkey" / "valkey.sock")
    at_once = Retry(NoBackoff(), 0)
    with (
        redis.Redis(unix_socket_path=path, password=password, retry=at_once) as client,
        pytest.raises(redis.AuthenticationError, match=refusal),
    ):
        client.ping()


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="looks into Linux' /proc")
def test_no_engine_listens_on_the_network(engines: Engines) -> None:
    assert ask(engines, "show listen_addresses") == ""
    network = {
        line.split()[9]
        for table in ("tcp", "tcp6", "udp", "udp6")
        for line in Path("/proc/net", table).read_text("ascii").splitlines()[1:]
    }
    for process in (postgresql_process(engines), valkey_process(engines)):
        opened = [str(descriptor.readlink()) for descriptor in Path(f"/proc/{process}/fd").iterdir()]
        sockets_of_process = {name[8:-1] for name in opened if name.startswith("socket:[")}
        assert sockets_of_process
        assert not sockets_of_process & network


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks into Linux' /proc")
def test_no_password_can_be_seen_among_the_processes(engines: Engines) -> None:
    passwords = [path.read_bytes() for path in engines.state_folder.glob("*.password")]
    assert len(passwords) == 2
    for process in (postgresql_process(engines), valkey_process(engines)):
        seen = Path(f"/proc/{process}/cmdline").read_bytes() + Path(f"/proc/{process}/environ").read_bytes()
        assert seen
        assert not any(password in seen for password in passwords)


def test_nobody_but_the_owner_can_enter(engines: Engines) -> None:
    folder = engines.state_folder
    assert {path.name: path.lstat().st_mode & 0o777 for path in (folder, *folder.iterdir())} == {
        "state": 0o700,
        "postgresql": 0o700,
        "valkey": 0o700,
        "engines.lock": 0o600,
        "postgresql.alive": 0o600,
        "postgresql.password": 0o600,
        "valkey.alive": 0o600,
        "valkey.password": 0o600,
    }
    for path in (folder / "postgresql" / ".s.PGSQL.5432", folder / "valkey" / "valkey.sock"):
        assert path.stat().st_mode & 0o777 == 0o700


def test_the_database_is_durable_checked_and_speaks_danish(engines: Engines) -> None:
    assert str(ask(engines, "show server_version")).startswith("18.")
    settings = {
        name: ask(engines, f"show {name}")
        for name in ("fsync", "synchronous_commit", "data_checksums", "timezone", "server_encoding")
    }
    assert settings == {
        "fsync": "on",
        "synchronous_commit": "on",
        "data_checksums": "on",
        "timezone": "UTC",
        "server_encoding": "UTF8",
    }
    assert ask(engines, "select upper('rødgrød på ærø')") == "RØDGRØD PÅ ÆRØ"


def test_a_role_reaches_its_database_by_its_own_url(engines: Engines) -> None:
    with connected(engines) as connection:
        connection.execute(text("drop database if exists small_town"))
        connection.execute(text("drop role if exists clerk"))
        connection.execute(text("create role clerk login password 'p@ss/w:rd'"))
        connection.execute(text("create database small_town owner clerk"))
    url = engines.database_url_for("clerk", "p@ss/w:rd", "small_town")
    with create_engine(url, poolclass=NullPool).connect() as connection:
        who = connection.execute(text("select current_user || ' in ' || current_database()"))
        assert who.scalar_one() == "clerk in small_town"


def test_what_a_failing_statement_quotes_does_not_reach_the_log(engines: Engines) -> None:
    private = "Ane-Made-Up-Person"
    said = f"do $$ begin raise warning '{private}'; raise exception '{private}'; end $$"
    with connected(engines) as connection:
        for statement in (f"select '{private}'::int", "select cast(:value as text)::int", said):
            with pytest.raises(DBAPIError, match=private):
                connection.execute(text(statement), {"value": private})
    log = (engines.state_folder / "postgresql" / "server.log").read_text("utf-8")
    assert "ready to accept connections" in log
    assert private not in log


def test_a_committed_row_survives_that_the_server_is_killed(engines: Engines, folder: Path) -> None:
    with connected(engines) as connection:
        connection.execute(text("create table if not exists kept (row int)"))
        connection.execute(text("truncate kept"))
        connection.execute(text("insert into kept values (7)"))
    os.kill(postgresql_process(engines), signal.SIGKILL)
    again = Engines.start(folder)
    assert again.started == {"PostgreSQL"}
    assert ask(again, "select row from kept") == 7


def test_a_queued_message_survives_that_the_server_is_killed(engines: Engines, folder: Path) -> None:
    with queue(engines) as client:
        client.set("kept", "7")
    os.kill(valkey_process(engines), signal.SIGKILL)
    again = Engines.start(folder)
    assert again.started == {"Valkey"}
    with queue(again) as client:
        assert client.get("kept") == b"7"


def test_a_dead_server_is_not_mistaken_for_the_process_that_got_its_number(
    engines: Engines, folder: Path
) -> None:
    pid_file = folder / "postgresql" / "postmaster.pid"
    left_behind = pid_file.read_text("utf-8").splitlines(keepends=True)
    engines.stop()
    owner = (folder / "postgresql").stat()
    with subprocess.Popen(["/bin/sleep", "60"], user=owner.st_uid) as stranger:
        pid_file.write_text("".join([f"{stranger.pid}\n", *left_behind[1:]]), "utf-8")
        os.chown(pid_file, owner.st_uid, owner.st_gid)
        try:
            assert Engines.start(folder).started == BOTH
            assert stranger.poll() is None
        finally:
            stranger.kill()
    assert ask(engines, "select 1") == 1


def test_engines_outlive_the_process_that_started_them(engines: Engines, folder: Path) -> None:
    engines.stop()
    with start_in_another_process(folder, afterwards="import os; os.kill(os.getpid(), 9)") as starter:
        assert starter.wait(30) == -signal.SIGKILL
    again = Engines.start(folder)
    assert again.started == frozenset()
    assert ask(again, "select 1") == 1


def test_two_starts_at_once_give_one_set_of_engines(engines: Engines, folder: Path) -> None:
    engines.stop()
    with start_in_another_process(folder) as first, start_in_another_process(folder) as second:
        answers = [process.communicate(timeout=30)[0].strip() for process in (first, second)]
    assert sorted(answers) == ["['PostgreSQL', 'Valkey']", "[]"]
    assert ask(engines, "select 1") == 1


def test_a_start_interrupted_while_the_data_was_made_begins_afresh(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    unfinished = folder / "postgresql.new"
    unfinished.mkdir(parents=True, mode=0o700)
    (unfinished / "half_a_file").touch()
    folder.chmod(0o700)
    with running_engines(folder) as engines:
        assert ask(engines, "select 1") == 1
        assert not unfinished.exists()


def test_a_path_too_long_for_a_socket_gets_a_short_private_name(tmp_path: Path) -> None:
    folder = tmp_path / ("long-" * 20) / ("path-" * 20)
    with running_engines(folder) as engines:
        short = Path(str(make_url(engines.administrator_url).query["host"]))
        assert len(os.fsencode(short)) < sockets._LONGEST_PATH
        assert short.resolve() == folder / "postgresql"
        assert short.parent.stat().st_mode & 0o777 == 0o700
        assert ask(engines, "select 1") == 1
        assert queue(engines).ping()
    assert not short.parent.exists()


def test_a_server_that_does_not_come_up_shows_the_end_of_its_log(engines: Engines, folder: Path) -> None:
    engines.stop()
    settings = folder / "postgresql" / "postgresql.auto.conf"
    sound = settings.read_text("utf-8")
    settings.write_text("max_conections = 7\n", "utf-8")
    began = time.monotonic()
    try:
        with pytest.raises(EngineDidNotStart, match='unrecognized configuration parameter "max_conections"'):
            Engines.start(folder)
    finally:
        settings.write_text(sound, "utf-8")
    assert time.monotonic() - began < 5
    assert is_gone(folder)


def test_a_server_started_in_vain_is_not_left_behind(
    engines: Engines, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines.stop()
    with monkeypatch.context() as patched:
        patched.setattr(lifecycle, "PATIENCE_SECONDS", 0.5)
        patched.setenv("PGOPTIONS", "-c no_such_setting=1")
        with pytest.raises(EngineDidNotStart, match="no_such_setting"):
            Engines.start(folder)
    deadline = time.monotonic() + 10
    while is_locked(folder / "postgresql.alive"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert is_gone(folder)
