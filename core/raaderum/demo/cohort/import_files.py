"""The cohort as the files that a municipality hands in: one CSV for each kind of table."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Final

from stdnum.dk import cvr as cvr_numbers

from raaderum.demo.cohort.catalogue import ARTICLES, DEBT
from raaderum.demo.cohort.made_history import CEILING
from raaderum.demo.cohort.made_purchases import OERE
from raaderum.demo.cohort.made_times import workday
from raaderum.demo.cohort.people_of_the_time import JOB_CONSULTANTS, SUPPORT_PERSONS, email_of
from raaderum.demo.cohort.quotas import LTT, TRIAL
from raaderum.exchange.columns import COLUMNS
from raaderum.exchange.rules import SHEET_NAMES, Kind
from raaderum.kernel.money import format_kroner
from raaderum.questionnaires.rules import RATING_NAMES, Degree, Distance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from raaderum.demo.cohort.made_history import MadeUpEnrolment, MadeUpHistory

_FIRST_CVR: Final = 20_000_000
_DECLINED: Final = "ønsker ikke"
_SILENT: Final = "kolding"
"""Where the one without questionnaires never sent any; elsewhere they said no."""
_SOURCES: Final = ("myndighed", "medarbejder", "medarbejder", "borger")
_ANSWERED_AFTER: Final = timedelta(days=5)
_ANSWERED_BEFORE_END: Final = timedelta(days=10)
_DECIDED_AFTER: Final = timedelta(days=2)
_BETWEEN_ITEMS: Final = timedelta(days=24)

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportFile:
    """One file of a municipality, as it would be uploaded."""

    municipality: str
    kind: Kind
    name: str
    content: bytes
    rows: int


def import_files(history: MadeUpHistory) -> Iterator[ImportFile]:
    """Return the files of all municipalities, each municipality's in the order they are taken in."""
    for quota in TRIAL:
        cases = [one for one in history.everybody if one.quota.slug == quota.slug]
        for kind in Kind:
            rows = [row for case in cases for row in _ROWS[kind](case)]
            content = _as_csv(_HEADERS[kind], rows)
            yield ImportFile(quota.slug, kind, f"{SHEET_NAMES[kind]}.csv", content, len(rows))


def _citizens(case: MadeUpEnrolment) -> Iterable[Cells]:
    yield _cpr(case), case.person.name


def _enrolments(case: MadeUpEnrolment) -> Iterable[Cells]:
    times = case.times
    yield (
        case.case_number,
        _cpr(case),
        case.quota.programme,
        times.referred_on.isoformat(),
        _SOURCES[case.number % len(_SOURCES)],
        _support_person(case),
        _kroner(CEILING * OERE),
        times.offered_on.isoformat(),
        times.accepted_on.isoformat(),
        times.began_on.isoformat(),
        times.ended_on.isoformat(),
        times.ending.value,
        case.selection.value if case.selection else "",
        case.arm.value if case.arm else "",
    )


def _goals(case: MadeUpEnrolment) -> Iterable[Cells]:
    sub_goals = [*case.goal.sub_goals, "", "", "", "", ""][:5]
    yield case.case_number, case.goal.words, ";".join(case.goal.categories), *sub_goals


def _plan(case: MadeUpEnrolment) -> Iterable[Cells]:
    for version, plan in enumerate(case.plans, start=1):
        for position, item in enumerate(plan, start=1):
            yield (
                case.case_number,
                str(version),
                str(position),
                str(item.sub_goal),
                item.article.description,
                item.article.category.value,
                _kroner(item.kroner * OERE),
                item.why,
                workday(case.times.began_on + position * _BETWEEN_ITEMS).isoformat(),
            )


def _ratings(case: MadeUpEnrolment) -> Iterable[Cells]:
    start = workday(case.times.began_on + _ANSWERED_AFTER).isoformat()
    end = workday(case.times.ended_on - _ANSWERED_BEFORE_END).isoformat()
    ratings = case.ratings
    if ratings is not None:
        yield case.case_number, "start", "borger", _rated(ratings.start), start
        yield case.case_number, "start", "støtteperson", _rated(ratings.belief), start
        yield case.case_number, "slut", "borger", _rated(ratings.end), end
        yield case.case_number, "slut", "støtteperson", _rated(ratings.achievement), end
    elif case.times.is_unanswered and case.quota.slug != _SILENT:
        yield case.case_number, "start", "borger", _DECLINED, start
        yield case.case_number, "slut", "borger", _DECLINED, end


def _purchases(case: MadeUpEnrolment) -> Iterable[Cells]:
    for number, purchase in enumerate(case.purchases, start=1):
        article = purchase.item.article
        yield (
            case.case_number,
            f"{case.case_number}-{number:02d}",
            str(purchase.version),
            str(purchase.position),
            article.description,
            article.supplier,
            _cvr_numbers()[article.supplier],
            _kroner(purchase.amount),
            purchase.requested_on.isoformat(),
            min(purchase.requested_on + _DECIDED_AFTER, purchase.paid_on).isoformat(),
            purchase.paid_on.isoformat(),
        )


_HEADERS: Final[Mapping[Kind, Cells]] = {
    kind: tuple(column.name for column in columns if column.name != "tilstand")
    for kind, columns in COLUMNS.items()
}
"""All columns but the state, which follows from the dates."""
_ROWS: Final = {
    Kind.CITIZENS: _citizens,
    Kind.ENROLMENTS: _enrolments,
    Kind.GOALS: _goals,
    Kind.PLAN: _plan,
    Kind.RATINGS: _ratings,
    Kind.PURCHASES: _purchases,
}


@cache
def _cvr_numbers() -> Mapping[str, str]:
    """Return a CVR number with a valid check digit for each supplier."""
    valid = (str(number) for number in count(_FIRST_CVR) if cvr_numbers.is_valid(str(number)))
    suppliers = dict.fromkeys(article.supplier for article in (*ARTICLES, DEBT))
    return dict(zip(suppliers, valid, strict=False))


def _cpr(case: MadeUpEnrolment) -> str:
    return f"{case.person.cpr[:6]}-{case.person.cpr[6:]}"


def _support_person(case: MadeUpEnrolment) -> str:
    slug = case.quota.slug
    names = JOB_CONSULTANTS if case.quota is LTT else SUPPORT_PERSONS[slug]
    return email_of(names[case.number % len(names)], slug)


def _rated(rating: Distance | Degree) -> str:
    return RATING_NAMES[rating].danish


def _kroner(amount: int) -> str:
    return format_kroner(amount).removesuffix(" kr.")


def _as_csv(header: Cells, rows: Sequence[Cells]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return written.getvalue().encode("utf-8-sig")
