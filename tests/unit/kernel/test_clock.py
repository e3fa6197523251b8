from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from raaderum.kernel import clock

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def test_the_time_is_utc_and_passes() -> None:
    before = clock.now()
    assert before.tzinfo is UTC
    assert clock.now() >= before
    assert abs(datetime.now(UTC) - before) < timedelta(seconds=10)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 6, 1, 21, 59, tzinfo=UTC), date(2026, 6, 1)),
        (datetime(2026, 6, 1, 22, 0, tzinfo=UTC), date(2026, 6, 2)),  # summer: two hours ahead
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),  # winter: one hour
    ],
)
def test_today_is_the_day_on_a_danish_wall(moment: datetime, expected: date) -> None:
    with clock.standing_still_at(moment):
        assert clock.today() == expected


def test_the_clock_can_stand_still_and_goes_on_afterwards() -> None:
    with clock.standing_still_at(NOON.astimezone(clock.COPENHAGEN)):
        assert clock.now() == NOON
        assert clock.now().tzinfo is UTC
        with clock.standing_still_at(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON
    assert clock.now() != NOON


def test_the_clock_goes_on_after_an_error_too() -> None:
    with pytest.raises(ZeroDivisionError), clock.standing_still_at(NOON):
        _ = 1 / 0
    assert clock.now() != NOON
