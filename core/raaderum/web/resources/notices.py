"""What the caller has been told, and where a citizen wants to be told that there is news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from raaderum.casework.pressure import ask_for_a_call
from raaderum.enrolments.contact import change_contact as set_contact
from raaderum.enrolments.contact import contact_email
from raaderum.notices import service
from raaderum.people.roles import Act
from raaderum.web.operations import Call, Resource, WriteCall
from raaderum.web.pages import Page, PageQuery, cursor_of_id, page_answer, page_of
from raaderum.web.schemas.enrolments import EnrolmentAnswer
from raaderum.web.schemas.notices import ContactAnswer, ContactBody, NoticeAnswer, NoticesReadAnswer

if TYPE_CHECKING:
    from raaderum.enrolments.tables import Enrolment
    from raaderum.notices.service import OpenedNotice

resource = Resource("notices", __name__, description="What people have been told.")
_CONTACT = "/enrolments/<uuid:enrolment_id>/contact"


@resource.reads(
    "/me/notices",
    act=Act.SEE_OWN_SESSION,
    query=PageQuery(),
    answer=page_answer(NoticeAnswer(), "NoticesAnswer"),
)
def list_notices(call: Call, query: dict[str, Any]) -> Page:
    """List what the caller has been told.

    The newest first. Reading them here does not mark them as read.
    """
    limit = query["limit"]
    rows = service.own_notices(call.session, by=call.by, before=query["after"], most=limit + 1)
    page = page_of(rows, limit, cursor_of_id)
    return Page([_shown(one) for one in page.items], page.next)


@resource.writes("/me/notices/read", act=Act.SEE_OWN_SESSION, answer=NoticesReadAnswer())
def read_notices(call: WriteCall) -> dict[str, int]:
    """Mark everything that the caller has been told as read.

    Answers how many were new.
    """
    return {"number": service.read_notices(call.session, by=call.by)}


@resource.reads(_CONTACT, act=Act.SEE_CASE, answer=ContactAnswer())
def get_contact(call: Call, enrolment_id: UUID) -> dict[str, str]:
    """Say where the citizen wants to be told that there is news."""
    return {"email": contact_email(call.session, enrolment_id, by=call.by)}


@resource.writes(_CONTACT, method="PUT", act=Act.CHANGE_CONTACT, body=ContactBody(), answer=ContactAnswer())
def change_contact(call: WriteCall, body: dict[str, Any], enrolment_id: UUID) -> dict[str, str]:
    """Choose where the citizen wants to be told that there is news.

    Only a hint goes there, never what the news is.
    """
    set_contact(call.session, enrolment_id, **body, by=call.by)
    return {"email": contact_email(call.session, enrolment_id, by=call.by)}


@resource.writes("/enrolments/<uuid:enrolment_id>/call", act=Act.ASK_FOR_CALL, answer=EnrolmentAnswer())
def ask_for_call(call: WriteCall, enrolment_id: UUID) -> Enrolment:
    """Ask the support person to call.

    Without a word on why: a citizen who is pressed for money is not seen to tell of it.
    """
    return ask_for_a_call(call.session, enrolment_id, by=call.by)


def _shown(one: OpenedNotice) -> dict[str, Any]:
    subject, body = one.words.subject, one.words.body
    return {
        "id": one.id,
        "enrolment_id": one.enrolment_id,
        "subject": subject.danish,
        "subject_en": subject.english,
        "body": body.danish,
        "body_en": body.english,
        "told_at": one.told_at,
        "read_at": one.read_at,
    }
