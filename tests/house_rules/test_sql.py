"""SQL is written, not put together: only who makes roles and tables may, from names of our own."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PUT_TOGETHER = {"persistence/provisioning.py", "persistence/row_security.py"}
SQL = re.compile(
    r"\b(select\b.+\bfrom|insert\s+into|update\b.+\bset|delete\s+from|truncate\s"
    r"|(create|alter|drop)\s+(or\s+replace\s+)?(table|role|database|schema|policy|function|view|index|user|type)"
    r"|grant\b.+\bto|revoke\b.+\bfrom|set\s+(local|role|session)|set_config)\b",
    re.IGNORECASE | re.DOTALL,
)


def test_no_statement_is_put_together_from_pieces(repository: Path) -> None:
    core = repository / "core" / "raaderum"
    found = {
        f"{source.relative_to(core).as_posix()}:{line}"
        for source in core.rglob("*.py")
        if source.relative_to(core).as_posix() not in PUT_TOGETHER
        for line in lines_with_sql_put_together(ast.parse(source.read_text(encoding="utf-8")))
    }
    assert found == set()


def test_the_rule_finds_what_it_is_for() -> None:
    faults = [
        'f"select name from {table}"',
        "\"delete from staff where name = '%s'\" % name",
        "\"update staff set name = '{}'\".format(name)",
        '"insert into staff values (" + values + ")"',
        'text(f"alter role {role} login")',
        'f"set local role {role}"',
    ]
    assert [list(lines_with_sql_put_together(ast.parse(fault))) for fault in faults] == [[1]] * len(faults)
    fine = ['"select 1 from staff"', 'f"{count} rows"', '"select " "name from staff"', 'f"Update {a}"']
    assert [list(lines_with_sql_put_together(ast.parse(one))) for one in fine] == [[]] * len(fine)


def lines_with_sql_put_together(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr(values=values) if any(isinstance(one, ast.FormattedValue) for one in values):
                written = "".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in values)
            case ast.BinOp(left=ast.Constant(value=str(written)), op=ast.Mod()):
                pass
            case ast.BinOp(left=ast.Constant(value=str(written)), op=ast.Add(), right=ast.expr()):
                pass
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(written)), attr="format")):
                pass
            case _:
                continue
        if SQL.search(written):
            yield node.lineno
