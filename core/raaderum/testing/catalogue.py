"""A lint of the database's own catalogue: every table, view, function, constraint and role held to the rules.

The rules are questions in `catalogue.sql`; what may break one stands in `ALLOWED`, with the reason.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

_NO_COMPARISON: Final = "a policy that is no pure comparison with the tenant"

ALLOWED: Final[Mapping[tuple[str, str], str]] = {
    ("row security is not forced on the owner", "alembic_version"): "the owner migrates; it holds a version",
    ("a tenant_id that is missing or may be null", "alembic_version"): "it belongs to the database",
    ("a unique index that the tenant does not lead", "alembic_version_pkc"): "the same",
    (_NO_COMPARISON, "alembic_version.everybody_reads"): "the application checks its version at start",
    (_NO_COMPARISON, "outbox_work.relay_sees_due_work"): (
        "the sweeper asks which tenants have due work; the role cannot sign in and sees no subject"
    ),
    ("a function whose names anybody could bend (no search_path)", "enter_tenant"): (
        "it has no rights of its own and runs under the search path of the functions that call it"
    ),
}


def rules() -> dict[str, str]:
    """Return every rule with its question."""
    _, *sections = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("-- rule: ")
    return {rule: question for rule, _, question in (section.partition("\n") for section in sections)}


def catalogue_findings(
    connection: Connection, *, allowed: Mapping[tuple[str, str], str] = ALLOWED
) -> list[tuple[str, str]]:
    """Return every breach as the rule and the name of what breaks it, those in `allowed` left out.

    `connection` works in the schema `raaderum`, as who may see every role.
    """
    found = [
        (rule, str(name)) for rule, question in rules().items() for name in connection.scalars(text(question))
    ]
    return [finding for finding in found if finding not in allowed]
