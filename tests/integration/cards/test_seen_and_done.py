"""The card side of a case in the API and in the browser, and the task of an odd payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.cards.overview import card_overview
from raaderum.cards.rules import Reason
from raaderum.casework.ending import end_course
from raaderum.casework.task_rules import TaskKind
from raaderum.casework.tasks import tasks_of
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.kernel import clock
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.plugin_api import CardEventKind

if TYPE_CHECKING:
    from flask import Flask

    from raaderum.testing.card_cases import CardCase


def test_an_odd_payment_is_a_task_of_the_coordinators_until_somebody_has_looked(
    app: Flask, card: CardCase
) -> None:
    card.call(app, card.event(CardEventKind.CAPTURED, 2_500_00, transaction="t1"))
    card.work()
    by = card.municipality.coordinator
    with card.municipality.at_work(), reading() as session:
        kinds = [one.task.kind for one in tasks_of(session, by=by, on=clock.today())]
        (payment,) = card_overview(session, card.case.enrolment_id, by=by).payments
    assert TaskKind.LOOK_AT_CARD in kinds
    assert payment.needs_somebody


def test_the_end_of_the_course_takes_back_what_is_not_held(app: Flask, card: CardCase) -> None:
    assert card.ask(app, 100_00)[0] == 100_00
    town = card.municipality
    with town.at_work(), unit_of_work() as session:
        end_course(session, card.case.enrolment_id, because=EndingReason.MOVED_AWAY, by=town.coordinator)
    statement = card.statement()
    assert (statement.on_card, statement.card_held, statement.available) == (0, 100_00, 1_900_00)
    assert card.ask(app, 1_00) == (0, Reason.CASE_NOT_ACTIVE)
