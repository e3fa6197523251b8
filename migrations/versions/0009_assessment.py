"""Assessments in colours, and doubtful cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from alembic import op

from raaderum.persistence.row_security import secure

if TYPE_CHECKING:
    from collections.abc import Mapping

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

WORKED_ON: Final[Mapping[str, str]] = {
    "guideline_reason": "select, insert, update",
    "plan_assessment": "select, insert",
    "plan_comment": "select, insert",
    "plan_seen": "select, insert",
    "precedent": "select, insert, update",
    "team_decision": "select, insert",
    "team_vote": "select, insert",
}
"""What the application may do with each new table."""


def upgrade() -> None:
    _let_plans_be_listed()
    _create_assessments()
    _create_team_decisions()
    _create_reasons_and_readers()
    _create_precedents()
    for table, rights in WORKED_ON.items():
        for statement in secure(table, rights=rights):
            op.execute(statement)


def _let_plans_be_listed() -> None:
    op.add_column("budget_plan", sa.Column("follow_up_sealed", sa.LargeBinary(), nullable=True))
    op.create_index(
        "ix_budget_plan_proposed",
        "budget_plan",
        ["tenant_id", "proposed_at"],
        unique=False,
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.create_index(
        "ix_budget_plan_shown_to_team",
        "budget_plan",
        ["tenant_id", "decided_at"],
        unique=False,
        postgresql_where=sa.text("colour = 'green'"),
    )


def _create_assessments() -> None:
    op.create_table(
        "plan_assessment",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("doubt", sa.Text(), nullable=True),
        sa.Column("real_change", sa.Text(), nullable=False),
        sa.Column("realistic", sa.Text(), nullable=False),
        sa.Column("means_fit_ends", sa.Text(), nullable=False),
        sa.Column("later_debt", sa.Text(), nullable=True),
        sa.Column("future_benefits", sa.Text(), nullable=True),
        sa.Column("real_change_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("realistic_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("means_fit_ends_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("guard_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("assessed_by", sa.Uuid(), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(colour = 'yellow') = (doubt is not null)", name=op.f("ck_plan_assessment_yellow_says_its_doubt")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_id"],
            ["budget_plan.tenant_id", "budget_plan.id"],
            name=op.f("fk_plan_assessment_plan_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_plan_assessment")),
        sa.UniqueConstraint(
            "tenant_id", "plan_id", "round", name=op.f("uq_plan_assessment_tenant_id_plan_id_round")
        ),
    )
    op.create_table(
        "plan_comment",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("advice in ('green', 'red')", name=op.f("ck_plan_comment_green_or_red")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "assessment_id"],
            ["plan_assessment.tenant_id", "plan_assessment.id"],
            name=op.f("fk_plan_comment_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_id"],
            ["budget_plan.tenant_id", "budget_plan.id"],
            name=op.f("fk_plan_comment_plan_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_plan_comment")),
    )
    op.create_index("ix_plan_comment_plan", "plan_comment", ["tenant_id", "plan_id"], unique=False)


def _create_team_decisions() -> None:
    op.create_table(
        "team_decision",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_id"],
            ["budget_plan.tenant_id", "budget_plan.id"],
            name=op.f("fk_team_decision_plan_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_team_decision")),
    )
    op.create_index("ix_team_decision_plan", "team_decision", ["tenant_id", "plan_id"], unique=False)
    op.create_table(
        "team_vote",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("vote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "decision_id"],
            ["team_decision.tenant_id", "team_decision.id"],
            name=op.f("fk_team_vote_decision_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "staff_id"], ["staff.tenant_id", "staff.id"], name=op.f("fk_team_vote_staff_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "decision_id", "staff_id", name=op.f("pk_team_vote")),
    )


def _create_reasons_and_readers() -> None:
    op.create_table(
        "guideline_reason",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("guideline", sa.Text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_id"],
            ["budget_plan.tenant_id", "budget_plan.id"],
            name=op.f("fk_guideline_reason_plan_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_guideline_reason")),
        sa.UniqueConstraint(
            "tenant_id", "plan_id", "guideline", name=op.f("uq_guideline_reason_tenant_id_plan_id_guideline")
        ),
    )
    op.create_table(
        "plan_seen",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "plan_id"],
            ["budget_plan.tenant_id", "budget_plan.id"],
            name=op.f("fk_plan_seen_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "staff_id"], ["staff.tenant_id", "staff.id"], name=op.f("fk_plan_seen_staff_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "plan_id", "staff_id", name=op.f("pk_plan_seen")),
    )


def _create_precedents() -> None:
    op.create_table(
        "precedent",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("circumstances", sa.Text(), nullable=False),
        sa.Column("guideline", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("quarter", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'draft') = (written_by is not null)", name=op.f("ck_precedent_no_person_once_published")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "written_by"], ["staff.tenant_id", "staff.id"], name=op.f("fk_precedent_written_by")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_precedent")),
        sa.UniqueConstraint("tenant_id", "fingerprint", name=op.f("uq_precedent_tenant_id_fingerprint")),
    )
    op.create_index("ix_precedent_state", "precedent", ["tenant_id", "state", "quarter"], unique=False)
