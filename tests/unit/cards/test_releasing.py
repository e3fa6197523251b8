"""What lies on a card is never more than the unspent lines that are due within the rule's days."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from raaderum.cards.releasing import Line, spent_by_line, wanted_on_card

TODAY = date(2026, 5, 1)
DAYS = st.one_of(st.none(), st.integers(-60, 60).map(lambda days: TODAY + timedelta(days=days)))
LINES = st.lists(
    st.builds(lambda amount, needed, until: (amount, needed, until), st.integers(1, 10_000), DAYS, DAYS),
    max_size=6,
).map(lambda rows: [Line(UUID(int=number), *row) for number, row in enumerate(rows, start=1)])


@given(LINES, st.integers(0, 30_000), st.integers(0, 30))
def test_no_more_than_the_unspent_lines_due_within_the_days(lines: list[Line], spent: int, days: int) -> None:
    due = [
        line
        for line in lines
        if (line.needed_on is None or (line.needed_on - TODAY).days <= days)
        and (line.until_on is None or line.until_on >= TODAY)
    ]
    wanted = wanted_on_card(lines, spent=spent, on=TODAY, days_before=days)
    assert 0 <= wanted <= sum(line.amount for line in due)
    assert wanted + spent <= max(spent, sum(line.amount for line in lines))


@given(LINES, st.integers(0, 30_000), st.integers(0, 30_000))
def test_what_was_spent_is_shared_out_whole_and_within_each_line(
    lines: list[Line], spent: int, more: int
) -> None:
    shares = spent_by_line(lines, spent)
    assert sum(shares.values()) == min(spent, sum(line.amount for line in lines))
    assert all(shares[line.id] <= line.amount for line in lines)
    closed = [Line(one.id, one.amount, one.needed_on, one.until_on, shares[one.id]) for one in lines]
    assert spent_by_line(closed, spent + more) == shares


def test_a_line_comes_on_the_card_on_its_day_and_leaves_after_its_last() -> None:
    line = Line(UUID(int=1), 500, TODAY + timedelta(days=10), TODAY + timedelta(days=20))
    on_card = [
        wanted_on_card([line], spent=100, on=TODAY + timedelta(days=day), days_before=7)
        for day in (2, 3, 20, 21)
    ]
    assert on_card == [0, 400, 400, 0]
