from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from raaderum.kernel.crash_points import CRASH_POINTS, crash_point

PASSES = "from raaderum.kernel.crash_points import crash_point\n"


@pytest.mark.parametrize("name", sorted(CRASH_POINTS))
def test_a_crash_point_does_nothing_unless_asked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAADERUM_CRASH", raising=False)
    crash_point(name)
    monkeypatch.setenv("RAADERUM_CRASH", "some-other-point")
    crash_point(name)
    monkeypatch.setenv("RAADERUM_CRASH", "")
    crash_point(name)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("send:after", ""), ("send:after@2", "first\n"), ("send:after@3", "first\nsecond\n")],
)
def test_a_crash_point_kills_at_the_passing_that_was_asked_for(wanted: str, told: str) -> None:
    program = PASSES + "".join(
        f"crash_point('send:before')\ncrash_point('send:after')\nprint('{passing}', flush=True)\n"
        for passing in ("first", "second", "third")
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={"RAADERUM_CRASH": wanted},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (-signal.SIGKILL, told)
