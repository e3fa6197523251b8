from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122, UUID

from raaderum.kernel import clock
from raaderum.kernel.identifiers import derived_id, new_id

MOMENT = datetime(2026, 3, 14, 9, 26, 53, 589000, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_7() -> None:
    for made in (new_id() for _ in range(1000)):
        assert (made.version, made.variant) == (7, RFC_4122)


def test_an_id_begins_with_the_milliseconds_of_its_making() -> None:
    with clock.standing_still_at(MOMENT):
        made = new_id()
    assert made.int >> 80 == int(MOMENT.timestamp() * 1000)


def test_ids_sort_by_the_time_they_were_made() -> None:
    made = []
    for step in range(100):
        with clock.standing_still_at(MOMENT + timedelta(milliseconds=step)):
            made.append(new_id())
    assert sorted(made) == made
    assert sorted(map(str, made)) == list(map(str, made))


def test_ids_of_the_same_millisecond_differ() -> None:
    with clock.standing_still_at(MOMENT):
        assert len({new_id() for _ in range(10_000)}) == 10_000


def test_a_derived_id_is_always_the_same_for_the_same_name() -> None:
    namespace, other = UUID(int=1), UUID(int=2)
    assert derived_id(namespace, "pool") == derived_id(namespace, "pool")
    assert len({derived_id(namespace, "pool"), derived_id(namespace, "fund"), derived_id(other, "pool")}) == 3
