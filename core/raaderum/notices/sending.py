"""Sending notices by the way that the municipality has switched on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from raaderum.kernel import clock
from raaderum.notices.rules import HINT, NoticeState
from raaderum.notices.service import words_of
from raaderum.notices.tables import CitizenContact, Notice
from raaderum.people.tables import Staff
from raaderum.persistence.batches import together_or_apart
from raaderum.persistence.outbox import ClaimedWork, finish_work, postpone_work
from raaderum.persistence.sealed_fields import open_field
from raaderum.plugin_api import Accepted, Completed, Notification, Outcome, Refused, Unknown
from raaderum.plugin_host.guard import Question, answers_in_waves, outcome_of
from raaderum.plugin_host.providers import tenant_providers
from raaderum.tenancy.context import current_tenant_id
from raaderum.tenancy.installed import current_tenant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from raaderum.plugin_api import Notifier

MOST_TRIES: Final = 8
"""About four hours; then the notice stands in the portal and nowhere else."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One notice on its way to an address."""

    work: ClaimedWork
    notification: Notification
    key: str
    notifier_name: str
    notifier: Notifier


Answered = tuple[Letter, Outcome | None]


def send_notices(works: Sequence[ClaimedWork]) -> None:
    """Carry out claimed work of kind `notice.send` for the current tenant."""
    letters = together_or_apart(works, _take_on_all, put_off=_put_off)
    questions = [Question(one.notifier_name, partial(_notify, one)) for one in letters]
    for wave in answers_in_waves(questions):
        answered = [(letters[number], outcome) for number, outcome in wave.items()]
        together_or_apart(answered, _settle_all, put_off=_put_off_answered)


def _take_on_all(session: Session, works: Sequence[ClaimedWork]) -> list[Letter]:
    return [letter for work in works if (letter := _take_on(session, work))]


def _take_on(session: Session, work: ClaimedWork) -> Letter | None:
    """Return what to send; None where nothing is to be sent any longer."""
    row = session.get_one(Notice, (current_tenant_id(), work.subject_id))
    if row.state != NoticeState.WAITING:
        finish_work(session, [work])
        return None
    address = _address_of(session, row)
    notifiers = tenant_providers().notifiers
    if not address or not notifiers:
        row.state = NoticeState.IN_PORTAL
        finish_work(session, [work])
        return None
    name, notifier = next(iter(notifiers.items()))
    return Letter(work, _as_sent(session, row, address), f"notice:{row.id}", name, notifier)


def _as_sent(session: Session, row: Notice, address: str) -> Notification:
    words = HINT if row.is_citizen else words_of(session, row)
    language = current_tenant().languages[0]
    return Notification(address, words.subject.in_language(language), words.body.in_language(language))


def _address_of(session: Session, row: Notice) -> str:
    if row.is_citizen:
        contact = session.scalar(select(CitizenContact).where(CitizenContact.citizen_id == row.person_id))
        return open_field(session, contact, "email") if contact else ""
    staff = session.get(Staff, (current_tenant_id(), row.person_id))
    return staff.email if staff and staff.left_at is None else ""


def _notify(letter: Letter) -> Outcome:
    return outcome_of(lambda: letter.notifier.notify(letter.notification, letter.key))


def _settle_all(session: Session, answered: Sequence[Answered]) -> list[None]:
    for letter, outcome in answered:
        _settle(session, letter.work, outcome)
    return []


def _settle(session: Session, work: ClaimedWork, outcome: Outcome | None) -> None:
    row = session.get_one(Notice, (current_tenant_id(), work.subject_id))
    match outcome:
        case Completed() | Accepted():
            row.state, row.sent_at = NoticeState.SENT, clock.now()
            finish_work(session, [work])
        case Refused():
            row.state = NoticeState.GIVEN_UP
            finish_work(session, [work])
        case Unknown() | None if work.tries >= MOST_TRIES:
            row.state = NoticeState.GIVEN_UP
            finish_work(session, [work])
        case Unknown() | None:
            _put_off(session, work, "the notifier could not be reached")


def _put_off(session: Session, work: ClaimedWork, because: str) -> None:
    postpone_work(session, work, by=_wait(work.tries), because=because)


def _put_off_answered(session: Session, answered: Answered, because: str) -> None:
    _put_off(session, answered[0].work, because)


def _wait(tries: int) -> timedelta:
    return timedelta(minutes=1 << min(tries, MOST_TRIES))
