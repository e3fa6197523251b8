"""Tasks with a due date: their kinds and their order; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from uuid import UUID

from raaderum.kernel.errors import Conflict, InvalidInput
from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_TITLE: Final = 500


class TaskKind(StrEnum):
    """What is to be done. All but the written ones follow from the cases themselves."""

    SCREEN = "screen"
    HEAR_ANSWER = "hear_answer"
    HAVE_PLAN_READY = "have_plan_ready"
    ASSESS_PLAN = "assess_plan"
    DECIDE_PURCHASE = "decide_purchase"
    CONTROL_PURCHASE = "control_purchase"
    FIND_SUPPORT_PERSON = "find_support_person"
    ROUND_OFF = "round_off"
    ASK_QUESTIONNAIRE = "ask_questionnaire"
    HOLD_INTERVIEW = "hold_interview"
    FOLLOW_UP_ITEM = "follow_up_item"
    READ_MESSAGES = "read_messages"
    APPROVE_INVOICE = "approve_invoice"
    ANSWER_REMINDER = "answer_reminder"
    CHASE_RECEIPT = "chase_receipt"
    LOOK_AT_RECEIPT = "look_at_receipt"
    MEND_PAYOUT = "mend_payout"
    DECIDE_UNKNOWN_PAYOUT = "decide_unknown_payout"
    CONFIRM_PAYOUT_DECISION = "confirm_payout_decision"
    SETTLE_CONTRADICTION = "settle_contradiction"
    CONFIRM_CORRECTION = "confirm_correction"
    GET_CLAIM_BACK = "get_claim_back"
    NOTE_REFUND = "note_refund"
    RESUME_WORK = "resume_work"
    LOOK_AT_CARD = "look_at_card"
    RECONCILE_BANK = "reconcile_bank"
    MEND_BOOKS = "mend_books"
    WRITTEN = "written"


TASK_NAMES: Final[Mapping[TaskKind, Text]] = {
    TaskKind.SCREEN: Text("Screen borgeren", "Screen the citizen"),
    TaskKind.HEAR_ANSWER: Text(
        "Betænkningstiden er gået: hør, om borgeren siger ja", "The time to think is over: hear the answer"
    ),
    TaskKind.HAVE_PLAN_READY: Text("Fristen for planen nærmer sig", "The limit for the plan approaches"),
    TaskKind.ASSESS_PLAN: Text("Vurder budgetplanen", "Assess the budget plan"),
    TaskKind.DECIDE_PURCHASE: Text("Svar på et ønske om køb", "Answer a request for a purchase"),
    TaskKind.CONTROL_PURCHASE: Text(
        "Se efter et lille køb, der blev godkendt af reglen", "Look at a small purchase approved by rule"
    ),
    TaskKind.FIND_SUPPORT_PERSON: Text(
        "Borgeren ønsker en anden støtteperson", "The citizen wishes for another support person"
    ),
    TaskKind.ROUND_OFF: Text("Trækningsretten slutter snart", "The drawing right ends soon"),
    TaskKind.ASK_QUESTIONNAIRE: Text("Spørgeskema mangler", "A questionnaire is missing"),
    TaskKind.HOLD_INTERVIEW: Text("Hold en samtale", "Hold an interview"),
    TaskKind.FOLLOW_UP_ITEM: Text("Følg op på en post i planen", "Follow up on an item of the plan"),
    TaskKind.READ_MESSAGES: Text("Ny besked fra borgeren", "New message from the citizen"),
    TaskKind.APPROVE_INVOICE: Text("Godkend en faktura", "Approve an invoice"),
    TaskKind.ANSWER_REMINDER: Text("En leverandør har rykket", "A supplier has sent a reminder"),
    TaskKind.CHASE_RECEIPT: Text("En kvittering mangler", "A receipt is missing"),
    TaskKind.LOOK_AT_RECEIPT: Text("Se en kvittering efter", "Look at a receipt"),
    TaskKind.MEND_PAYOUT: Text("En betaling er ikke gået igennem", "A payment has not gone through"),
    TaskKind.DECIDE_UNKNOWN_PAYOUT: Text(
        "Ingen ved, om en betaling er gået: afgør det", "Nobody knows whether a payment was made: decide"
    ),
    TaskKind.CONFIRM_PAYOUT_DECISION: Text(
        "Bekræft, hvad der blev af en betaling", "Confirm what became of a payment"
    ),
    TaskKind.SETTLE_CONTRADICTION: Text(
        "Modstridende beskeder om en betaling", "Contradicting words about a payment"
    ),
    TaskKind.CONFIRM_CORRECTION: Text(
        "Bekræft, at en betaling er gået igennem", "Confirm that a payment went through"
    ),
    TaskKind.GET_CLAIM_BACK: Text(
        "Få en betaling tilbage, som ingen skyldte", "Get a payment back that nobody owed"
    ),
    TaskKind.NOTE_REFUND: Text("En kreditnota mangler sit bilag", "A credit note lacks its voucher"),
    TaskKind.RESUME_WORK: Text("Arbejde er parkeret", "Work is parked"),
    TaskKind.LOOK_AT_CARD: Text("Se på et usædvanligt kortkøb", "Look at an odd card payment"),
    TaskKind.RECONCILE_BANK: Text(
        "Linjer fra banken, der ikke passer til noget", "Lines of the bank that fit nothing"
    ),
    TaskKind.MEND_BOOKS: Text(
        "Regnskab, betalingsveje og bank er ikke enige", "Books, ways of paying and bank do not agree"
    ),
    TaskKind.WRITTEN: Text("Noteret opgave", "Task written down"),
}


class TitleMissing(InvalidInput):
    """A task that does not say what is to be done, or tells a whole story."""

    code = "task_title_missing"
    text = Text(
        "Skriv med højst {most} tegn, hvad der skal gøres.",
        "Write in at most {most} characters what is to be done.",
    )


class DueDayMissing(InvalidInput):
    """A task without a day, or due in the past."""

    code = "task_due_day_missing"
    text = Text("Vælg en dag i dag eller senere.", "Choose a day today or later.")


class TaskOutOfReach(InvalidInput):
    """A task was given to somebody who does not reach the case, or who has no tasks at all."""

    code = "task_out_of_reach"
    text = Text(
        "Personen har ikke adgang til sagen. Vælg en, der har.",
        "The person has no access to the case. Choose one who has.",
    )


class TaskDone(Conflict):
    """The task has been done already."""

    code = "task_done"
    text = Text("Opgaven er allerede løst.", "The task has been done already.")


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do by the end of a day. `title` is '' for what follows from the case itself."""

    kind: TaskKind
    due_on: date
    enrolment_id: UUID | None
    subject_id: UUID
    title: str = ""

    def is_overdue(self, *, on: date) -> bool:
        """Say whether the day is over on the day `on`."""
        return on > self.due_on


def in_order(tasks: list[Task]) -> list[Task]:
    """Return tasks in the order they are due; those of one day by kind, and always the same way."""
    kinds = list(TaskKind)
    return sorted(tasks, key=lambda task: (task.due_on, kinds.index(task.kind), task.subject_id))


def check_title(title: str) -> str:
    """Return a task's title without space around it; raise `TitleMissing`."""
    written = " ".join(title.split())
    if not 0 < len(written) <= LONGEST_TITLE:
        raise TitleMissing(where="title", most=LONGEST_TITLE)
    return written


def check_due_day(due_on: date, *, today: date) -> None:
    """Raise `DueDayMissing` for a day that has passed."""
    if due_on < today:
        raise DueDayMissing(where="due_on")
