"""The posting function, the audit chain, and triggers that keep both as they were written."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from raaderum.persistence.row_security import APPLICATION, AUDITOR, BOOKS

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FUNCTIONS_OF_THE_BOOKS = (
    "open_account(uuid, uuid, text, uuid, boolean)",
    "post_transaction(uuid, uuid, text, text, uuid, date, uuid[], bigint[])",
    "same_transaction(uuid, text, text, uuid, uuid[], bigint[])",
    "append_audit(uuid, jsonb)",
)
_CALLED_BY_THE_APPLICATION = (
    "open_account(uuid, uuid, text, uuid, boolean)",
    "post_transaction(uuid, uuid, text, text, uuid, date, uuid[], bigint[])",
    "append_audit(uuid, jsonb)",
)
_PURE = (
    "enter_tenant(uuid)",
    "audit_hash(bytea, bigint, timestamptz, uuid, text, text, text, uuid, uuid, jsonb)",
    "first_audit_break(uuid)",
)
_APPEND_ONLY = ("audit_entry", "ledger_entry", "ledger_transaction")
_FINAL_STATES = {
    "payout": "'paid'",
    "payout_attempt": "'completed', 'refused'",
    "refund": "'booked'",
}


def upgrade() -> None:
    op.execute("set local row_security = on")  # functions' bodies are checked as if they were called
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    for function in _PURE:
        op.execute(f"grant execute on function {function} to {APPLICATION}, {BOOKS}, {AUDITOR}")
    op.execute(f"grant create on schema raaderum to {BOOKS}")
    for function in _FUNCTIONS_OF_THE_BOOKS:
        op.execute(f"alter function {function} owner to {BOOKS}")
    op.execute(f"revoke create on schema raaderum from {BOOKS}")
    op.execute(f"set local role {BOOKS}")
    for function in _CALLED_BY_THE_APPLICATION:
        op.execute(f"grant execute on function {function} to {APPLICATION}")
    op.execute("set local role raaderum_owner")
    for table in _APPEND_ONLY:
        op.execute(
            f"create trigger stays_as_written before update or delete or truncate on {table} "
            "for each statement execute function refuse_change()"
        )
    for table, states in _FINAL_STATES.items():
        op.execute(
            f"create trigger stays_final before update on {table} "
            f"for each row execute function refuse_thaw({states})"
        )
