"""Referrals, screening conversations, capacity, waiting list and draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "draw_participant": "select, insert, update",
    "not_a_duplicate": "select, insert",
    "screening_conversation": "select, insert",
    "selection_draw": "select, insert, update",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    _extend_enrolments()
    _extend_screenings()
    _make_conversations()
    _make_draws()
    _make_marks_of_duplicates()
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _extend_enrolments() -> None:
    """Referrals from before were all made by staff."""
    op.add_column(
        "enrolment", sa.Column("referral_source", sa.Text(), server_default="staff", nullable=False)
    )
    op.alter_column("enrolment", "referral_source", server_default=None)
    for sealed in (
        "referral_note_sealed",
        "referring_authority_sealed",
        "offered_out_of_turn_because_sealed",
    ):
        op.add_column("enrolment", sa.Column(sealed, sa.LargeBinary(), nullable=True))
    op.add_column("enrolment", sa.Column("selection", sa.Text(), nullable=True))
    op.add_column("enrolment", sa.Column("arm", sa.Text(), nullable=True))
    op.add_column("enrolment", sa.Column("offered_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_enrolment_queue", "enrolment", ["tenant_id", "programme", "referred_at", "id"], unique=False
    )


def _extend_screenings() -> None:
    op.add_column("screening", sa.Column("target_group_version", sa.Text(), nullable=True))
    op.add_column("screening", sa.Column("rules_from", sa.Date(), nullable=True))
    op.add_column("screening", sa.Column("rules_digest", sa.Text(), nullable=True))


def _make_conversations() -> None:
    op.create_table(
        "screening_conversation",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("held_by", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("topics_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_screening_conversation_enrolment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_screening_conversation")),
    )
    op.create_index(
        "ix_screening_conversation_enrolment",
        "screening_conversation",
        ["tenant_id", "enrolment_id"],
        unique=False,
    )


def _make_draws() -> None:
    op.create_table(
        "selection_draw",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("arm", sa.Text(), nullable=True),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.Column("seed_hash", sa.Text(), nullable=False),
        sa.Column("seed_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("revealed_seed", sa.Text(), nullable=True),
        sa.Column("announced_by", sa.Uuid(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.Uuid(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("places > 0", name=op.f("ck_selection_draw_places_positive")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_selection_draw")),
    )
    op.create_index("ix_selection_draw_programme", "selection_draw", ["tenant_id", "programme"], unique=False)
    op.create_table(
        "draw_participant",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("draw_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "draw_id"],
            ["selection_draw.tenant_id", "selection_draw.id"],
            name=op.f("fk_draw_participant_draw_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "enrolment_id"],
            ["enrolment.tenant_id", "enrolment.id"],
            name=op.f("fk_draw_participant_enrolment_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "draw_id", "enrolment_id", name=op.f("pk_draw_participant")),
    )
    op.create_index(
        "uq_draw_participant_drawn",
        "draw_participant",
        ["tenant_id", "enrolment_id"],
        unique=True,
        postgresql_where=sa.text("outcome = 'drawn'"),
    )


def _make_marks_of_duplicates() -> None:
    op.create_table(
        "not_a_duplicate",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_citizen_id", sa.Uuid(), nullable=False),
        sa.Column("second_citizen_id", sa.Uuid(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("marked_by", sa.Uuid(), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_citizen_id < second_citizen_id", name=op.f("ck_not_a_duplicate_in_order")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "first_citizen_id"],
            ["citizen.tenant_id", "citizen.id"],
            name=op.f("fk_not_a_duplicate_first_citizen_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "second_citizen_id"],
            ["citizen.tenant_id", "citizen.id"],
            name=op.f("fk_not_a_duplicate_second_citizen_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_not_a_duplicate")),
        sa.UniqueConstraint(
            "tenant_id",
            "first_citizen_id",
            "second_citizen_id",
            name=op.f("uq_not_a_duplicate_tenant_id_first_citizen_id_second_citizen_id"),
        ),
    )
