"""Taking in what citizens dream of, and what was answered in the questionnaires."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from raaderum.exchange.cases import case_of, cases_of_table
from raaderum.exchange.columns import DECLINED, MOST_SUB_GOALS
from raaderum.exchange.portions import in_portions
from raaderum.exchange.present import present_goals, present_ratings
from raaderum.exchange.register import new_rows, remember
from raaderum.goals.rules import GoalCategory
from raaderum.goals.tables import LongTermGoal
from raaderum.goals.taking_in import DreamTakenOver, store_dreams, take_over_dream
from raaderum.kernel.clock import COPENHAGEN
from raaderum.kernel.errors import RaaderumError
from raaderum.kernel.text import Text
from raaderum.questionnaires.rules import Moment, Respondent
from raaderum.questionnaires.tables import Questionnaire
from raaderum.questionnaires.taking_in import RatingTakenOver, store_ratings, take_over_rating

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from raaderum.enrolments.tables import Enrolment
    from raaderum.exchange.intake import Intake
    from raaderum.exchange.sheets import Row, Table

_OF_RATINGS: Final = {"rating": "svar", "answered_on": "dato"}


def take_in_goals(intake: Intake, table: Table) -> None:
    """Take in the dreams that are not there yet, each with its sub-goals."""
    cases = cases_of_table(intake, table)
    there: dict[UUID, UUID] = {}
    for portion in in_portions([enrolment.id for enrolment in cases.values()]):
        goals = select(LongTermGoal.enrolment_id, LongTermGoal.id).where(
            LongTermGoal.enrolment_id.in_(portion)
        )
        there |= {row.enrolment_id: row.id for row in intake.session.execute(goals)}
    dreams: list[DreamTakenOver] = []
    for new in new_rows(
        intake,
        table,
        key_of=lambda row: row.text("case_number"),
        find_there=lambda row: _of_case(cases, there, row),
        present=present_goals,
    ):
        row = new.row
        enrolment = case_of(intake, row, cases)
        if enrolment is None:
            continue
        if not _sub_goals_in_order(intake, row):
            intake.doubtful_goals.add(row.text("case_number"))
            continue
        try:
            dream = take_over_dream(
                intake.session,
                enrolment,
                words=row.text("dream"),
                categories=[GoalCategory(code) for code in row.codes("categories")],
                sub_goals=_sub_goals(row),
                written_on=_written_on(enrolment),
                by=intake.by,
            )
        except RaaderumError as error:
            intake.refused(row, "droem" if error.where == "words" else "delmaal_1", error)
            intake.doubtful_goals.add(row.text("case_number"))
            continue
        dreams.append(dream)
        remember(intake, new, dream.goal.id)
    store_dreams(intake.session, dreams, by=intake.by)


def take_in_ratings(intake: Intake, table: Table) -> None:
    """Take in the answers that are not there yet."""
    cases = cases_of_table(intake, table)
    there: dict[tuple[UUID, str, str], UUID] = {}
    for portion in in_portions([enrolment.id for enrolment in cases.values()]):
        for said in intake.session.scalars(
            select(Questionnaire).where(Questionnaire.enrolment_id.in_(portion))
        ):
            there[said.enrolment_id, said.moment, said.respondent] = said.id

    ratings: list[RatingTakenOver] = []

    def find_there(row: Row) -> UUID | None:
        enrolment = cases.get(row.text("case_number"))
        return there.get((enrolment.id, row.text("moment"), row.text("respondent"))) if enrolment else None

    for new in new_rows(
        intake,
        table,
        key_of=lambda row: "|".join(row.text(name) for name in ("case_number", "moment", "respondent")),
        find_there=find_there,
        present=present_ratings,
    ):
        row = new.row
        enrolment = case_of(intake, row, cases)
        if enrolment is None:
            continue
        given = row.text("rating")
        try:
            taken = take_over_rating(
                intake.session,
                enrolment,
                moment=Moment(row.text("moment")),
                respondent=Respondent(row.text("respondent")),
                rating=None if given == DECLINED else given,
                answered_on=row.day("answered_on"),
                by=intake.by,
            )
        except RaaderumError as error:
            intake.refused(row, _OF_RATINGS.get(error.where or "", "svar"), error)
            continue
        ratings.append(taken)
        remember(intake, new, taken.said.id)
    store_ratings(intake.session, ratings, by=intake.by)


def _of_case(cases: Mapping[str, Enrolment], there: Mapping[UUID, UUID], row: Row) -> UUID | None:
    enrolment = cases.get(row.text("case_number"))
    return there.get(enrolment.id) if enrolment else None


def _sub_goals(row: Row) -> list[str]:
    names = [f"sub_goal_{number}" for number in range(1, MOST_SUB_GOALS + 1)]
    return [row.text(name) for name in names if name in row.values]


def _sub_goals_in_order(intake: Intake, row: Row) -> bool:
    """Say whether the sub-goals are written without a gap, so that their numbers stay what they are."""
    missing = [number for number in range(1, MOST_SUB_GOALS + 1) if f"sub_goal_{number}" not in row.values]
    if not missing or all(f"sub_goal_{later}" not in row.values for later in range(missing[0], 6)):
        return True
    intake.wrong(
        row,
        f"delmaal_{missing[0]}",
        Text(
            "Delmålet mangler, men et senere er udfyldt.",
            "The sub-goal is missing, but a later one is there.",
        ),
        Text("Ryk delmålene sammen fra delmaal_1.", "Move the sub-goals together from delmaal_1 on."),
    )
    return False


def _written_on(enrolment: Enrolment) -> date:
    """The file does not say when: the dream was written down in the time to dream, once it began."""
    return enrolment.accepted_on or enrolment.referred_at.astimezone(COPENHAGEN).date()
