"""Enrolments, their screenings and conversations, and the draws among those referred."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from raaderum.kernel import clock
from raaderum.persistence.database import Base, TenantOwned, within_tenant


class Enrolment(TenantOwned, Base):
    """One citizen in one programme, pinned to the version of the rules that it began under."""

    __tablename__ = "enrolment"
    __table_args__ = (
        within_tenant("citizen_id", "citizen"),
        within_tenant("support_person_id", "staff"),
        CheckConstraint("ceiling > 0", name="ceiling_positive"),
        CheckConstraint(
            "accepted_on is not null or state not in ('run_in', 'active', 'ended')",
            name="accepted_before_run_in",
        ),
        Index(
            "uq_enrolment_open",
            "tenant_id",
            "citizen_id",
            "programme",
            unique=True,
            postgresql_where=text("state not in ('ended', 'rejected', 'declined')"),
        ),
        Index("ix_enrolment_support_person", "tenant_id", "support_person_id"),
        Index("ix_enrolment_queue", "tenant_id", "programme", "referred_at", "id"),
    )

    citizen_id: Mapped[UUID]
    programme: Mapped[str]
    rules_from: Mapped[date]
    state: Mapped[str]
    support_person_id: Mapped[UUID]
    ceiling: Mapped[int]
    referred_at: Mapped[datetime] = mapped_column(default=clock.now)
    referral_source: Mapped[str]
    referral_note_sealed: Mapped[bytes | None]
    referring_authority_sealed: Mapped[bytes | None]
    selection: Mapped[str | None]
    arm: Mapped[str | None]
    offered_on: Mapped[date | None]
    offered_out_of_turn_because_sealed: Mapped[bytes | None]
    accepted_on: Mapped[date | None]
    declined_because_sealed: Mapped[bytes | None]
    granted_months: Mapped[int | None]
    started_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_because: Mapped[str | None]
    ended_note_sealed: Mapped[bytes | None]


class Screening(TenantOwned, Base):
    """How the target group's criteria came out, with answers, reasons and judgement sealed.

    The version of the rules, and of the plugin that assessed them, are unknown for a screening that
    was made before they were kept.
    """

    __tablename__ = "screening"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        Index("ix_screening_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    target_group: Mapped[str]
    target_group_version: Mapped[str | None]
    rules_from: Mapped[date | None]
    rules_digest: Mapped[str | None]
    screened_by: Mapped[UUID]
    screened_at: Mapped[datetime] = mapped_column(default=clock.now)
    answers_sealed: Mapped[bytes]
    results_sealed: Mapped[bytes]
    judgement_sealed: Mapped[bytes]


class SupportRelation(TenantOwned, Base):
    """Somebody who has been a citizen's support person, or who stands in for the present one.

    The present support person stands on the enrolment itself. A substitute has the same rights from
    `begins_on` to `ends_on`, both included, unless `ended_at` came first.
    """

    __tablename__ = "support_relation"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        within_tenant("staff_id", "staff"),
        CheckConstraint("ends_on >= begins_on", name="ends_after_beginning"),
        CheckConstraint("kind = 'support_person' or ends_on is not null", name="substitute_has_an_end"),
        Index("ix_support_relation_enrolment", "tenant_id", "enrolment_id"),
        Index(
            "ix_support_relation_substitute",
            "tenant_id",
            "staff_id",
            postgresql_where=text("kind = 'substitute' and ended_at is null"),
        ),
    )

    enrolment_id: Mapped[UUID]
    staff_id: Mapped[UUID]
    kind: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    decided_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    handover_sealed: Mapped[bytes | None]


class SupportWish(TenantOwned, Base):
    """A citizen's wish for another support person. No reason is asked for, so none is stored."""

    __tablename__ = "support_wish"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        Index(
            "uq_support_wish_open",
            "tenant_id",
            "enrolment_id",
            unique=True,
            postgresql_where=text("settled_at is null"),
        ),
    )

    enrolment_id: Mapped[UUID]
    wished_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None]


class ScreeningConversation(TenantOwned, Base):
    """What was talked about with the citizen before an offer; what was said of the citizen is sealed."""

    __tablename__ = "screening_conversation"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        Index("ix_screening_conversation_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    held_by: Mapped[UUID]
    held_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    topics_sealed: Mapped[bytes]
    conclusion: Mapped[str]
    reason_sealed: Mapped[bytes]


class SelectionDraw(TenantOwned, Base):
    """A draw among the referred of one programme: the hash of its seed stands before it, the seed after."""

    __tablename__ = "selection_draw"
    __table_args__ = (
        CheckConstraint("places > 0", name="places_positive"),
        Index("ix_selection_draw_programme", "tenant_id", "programme"),
    )

    programme: Mapped[str]
    arm: Mapped[str | None]
    places: Mapped[int]
    seed_hash: Mapped[str]
    seed_sealed: Mapped[bytes]
    revealed_seed: Mapped[str | None]
    announced_by: Mapped[UUID]
    announced_at: Mapped[datetime] = mapped_column(default=clock.now)
    drawn_by: Mapped[UUID | None]
    drawn_at: Mapped[datetime | None]


class DrawParticipant(Base):
    """One enrolment that takes part in a draw, and what became of it there."""

    __tablename__ = "draw_participant"
    __table_args__ = (
        within_tenant("draw_id", "selection_draw"),
        within_tenant("enrolment_id", "enrolment"),
        Index(
            "uq_draw_participant_drawn",
            "tenant_id",
            "enrolment_id",
            unique=True,
            postgresql_where=text("outcome = 'drawn'"),
        ),
    )

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    draw_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int | None]
    outcome: Mapped[str | None]


class CourseChange(TenantOwned, Base):
    """A pause of the drawing right, with its first and last day, or an extension by days; on a ground.

    Of a pause only the last day can change, when the citizen is back before it.
    """

    __tablename__ = "course_change"
    __table_args__ = (
        within_tenant("enrolment_id", "enrolment"),
        CheckConstraint(
            "(kind = 'pause') = (from_on is not null and until_on is not null and until_on >= from_on)",
            name="pause_has_days",
        ),
        CheckConstraint(
            "(kind = 'extension') = (days is not null and days > 0)", name="extension_has_length"
        ),
        Index("ix_course_change_enrolment", "tenant_id", "enrolment_id"),
    )

    enrolment_id: Mapped[UUID]
    kind: Mapped[str]
    from_on: Mapped[date | None]
    until_on: Mapped[date | None]
    days: Mapped[int | None]
    ground: Mapped[str]
    note_sealed: Mapped[bytes | None]
    decided_by: Mapped[UUID]
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
