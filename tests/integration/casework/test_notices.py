from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from raaderum.enrolments.contact import change_contact, contact_email
from raaderum.kernel.errors import NotFound
from raaderum.kernel.text import Text
from raaderum.notices.rules import HINT, AddressInvalid, NoticeState, Words
from raaderum.notices.service import (
    QUEUE,
    own_notices,
    read_notices,
    tell_citizen,
    tell_staff,
    unread_notices,
)
from raaderum.notices.tables import CitizenContact, Notice
from raaderum.people.roles import Role
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import Completed, Notification, Outcome, Refused, Unknown
from raaderum.plugin_host import providers
from raaderum.testing.cases import case_with_grant
from raaderum.testing.municipality import hire
from raaderum.worker.handlers import do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality

WORDS = Words(
    Text("Kvittering mangler", "Receipt missing"),
    Text("Buskortet mangler en kvittering.", "The bus pass lacks a receipt."),
)
ADDRESS = "borger@example.dk"


class Recorder:
    """A notifier that keeps what it is given and answers as it is told to."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.sent: list[tuple[Notification, str]] = []

    def notify(self, notification: Notification, idempotency_key: str) -> Outcome:
        self.sent.append((notification, idempotency_key))
        return self.outcome


@pytest.fixture
def case(municipality: Municipality) -> Case:
    return case_with_grant(municipality)


@pytest.fixture
def notifying(municipality: Municipality, monkeypatch: pytest.MonkeyPatch) -> Callable[[Outcome], Recorder]:
    def switched_on(outcome: Outcome) -> Recorder:
        recorder = Recorder(outcome)
        with municipality.at_work():
            ours = providers.tenant_providers()
        monkeypatch.setattr(
            "raaderum.notices.sending.tenant_providers",
            lambda: providers.TenantProviders(
                ours.ledger_export, ours.payout_providers, notifiers={"recorder": recorder}
            ),
        )
        return recorder

    return switched_on


@pytest.fixture(autouse=True)
def at_work(municipality: Municipality) -> Iterator[None]:
    with municipality.at_work():
        yield


def act(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any act
    with unit_of_work() as session:
        return function(session, *arguments, **named)


def tell_the_citizen(case: Case, key: str = "receipt:1") -> None:
    act(tell_citizen, case.citizen_id, WORDS, key=key, enrolment_id=case.enrolment_id)


def states(municipality: Municipality) -> list[str]:
    with municipality.at_work(), reading() as session:
        return list(session.scalars(select(Notice.state)))


def test_a_citizen_reads_the_words_in_the_portal_and_the_mail_only_hints(
    case: Case, notifying: Callable[[Outcome], Recorder]
) -> None:
    recorder = notifying(Completed("1"))
    act(change_contact, case.enrolment_id, email=f" {ADDRESS} ", by=case.citizen)
    tell_the_citizen(case)
    do_due_work(QUEUE)
    ((notification, _),) = recorder.sent
    assert notification.address == ADDRESS
    assert notification.body == HINT.body.danish
    with reading() as session:
        assert [one.words for one in own_notices(session, by=case.citizen)] == [WORDS]


def test_staff_are_told_the_words_and_those_who_have_left_are_not(
    case: Case, municipality: Municipality, notifying: Callable[[Outcome], Recorder]
) -> None:
    recorder = notifying(Completed("1"))
    coordinator = municipality.coordinator.person_id
    act(tell_staff, [coordinator, coordinator], WORDS, key="k", enrolment_id=case.enrolment_id)
    do_due_work(QUEUE)
    assert [one.body for one, _ in recorder.sent] == [WORDS.body.danish]


def test_without_an_address_it_stands_in_the_portal_and_nothing_waits(
    case: Case, municipality: Municipality, notifying: Callable[[Outcome], Recorder]
) -> None:
    recorder = notifying(Completed("1"))
    tell_the_citizen(case)
    assert do_due_work(QUEUE) == 0
    assert recorder.sent == []
    assert states(municipality) == [NoticeState.IN_PORTAL]


def test_an_address_that_was_taken_away_gets_nothing_any_longer(
    case: Case, municipality: Municipality, notifying: Callable[[Outcome], Recorder]
) -> None:
    recorder = notifying(Completed("1"))
    act(change_contact, case.enrolment_id, email=ADDRESS, by=case.citizen)
    tell_the_citizen(case)
    act(change_contact, case.enrolment_id, email="", by=case.citizen)
    do_due_work(QUEUE)
    assert recorder.sent == []
    assert states(municipality) == [NoticeState.IN_PORTAL]


def test_the_same_key_tells_a_person_once(case: Case) -> None:
    for _ in range(3):
        tell_the_citizen(case)
    tell_the_citizen(case, key="receipt:2")
    with reading() as session:
        assert unread_notices(session, by=case.citizen) == 2
        assert session.scalar(select(func.count()).select_from(Notice)) == 2


def test_reading_marks_ones_own_and_nobody_elses(case: Case, municipality: Municipality) -> None:
    coordinator = municipality.coordinator
    tell_the_citizen(case)
    act(tell_staff, [coordinator.person_id], WORDS, key="k")
    assert act(read_notices, by=case.citizen) == 1
    assert act(read_notices, by=case.citizen) == 0
    with reading() as session:
        assert unread_notices(session, by=coordinator) == 1


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        pytest.param(Refused("550", Text("nej", "no")), NoticeState.GIVEN_UP, id="refused"),
        pytest.param(Unknown("away"), NoticeState.WAITING, id="unknown"),
    ],
)
def test_what_cannot_be_sent_is_given_up_or_tried_again(
    outcome: Outcome,
    state: NoticeState,
    case: Case,
    municipality: Municipality,
    notifying: Callable[[Outcome], Recorder],
) -> None:
    notifying(outcome)
    act(change_contact, case.enrolment_id, email=ADDRESS, by=case.citizen)
    tell_the_citizen(case)
    do_due_work(QUEUE)
    assert states(municipality) == [state]


@pytest.mark.parametrize("written", ["borger", "a@b", "a b@c.dk", "a@b.dk, c@d.dk", "a@b.dk\nBcc: x@y.dk"])
def test_an_address_that_cannot_be_one_is_refused(written: str, case: Case) -> None:
    with pytest.raises(AddressInvalid):
        act(change_contact, case.enrolment_id, email=written, by=case.citizen)


def test_another_support_person_reaches_no_address(case: Case) -> None:
    act(change_contact, case.enrolment_id, email=ADDRESS, by=case.citizen)
    stranger = hire("Sanne Støtte", Role.SUPPORT_PERSON)
    with reading() as session, pytest.raises(NotFound):
        contact_email(session, case.enrolment_id, by=stranger)


def test_the_words_are_sealed_in_the_database(case: Case) -> None:
    tell_the_citizen(case)
    act(change_contact, case.enrolment_id, email=ADDRESS, by=case.citizen)
    with reading() as session:
        kept = [
            bytes(sealed)
            for column in (Notice.words_sealed, CitizenContact.email_sealed)
            for sealed in session.scalars(select(column))
        ]
    assert len(kept) == 2
    assert not any(word in sealed for sealed in kept for word in (b"Buskortet", ADDRESS.encode()))
