"""Two sets of books with the same content: Råderum's own, and those written by hand without row security."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.bench.workbench import Workbench

HERE: Final = Path(__file__).parent
TENANT: Final = "0190b000-0000-7000-8000-00000000000a"
CITIZENS: Final = 10_000
_VALUES: Final = {
    "tenant": TENANT,
    "citizens": str(CITIZENS),
    "pool": "0190b000-0000-7000-8000-00000000000b",
    # The first digits of the account ids; the last twelve are the citizen's number.
    "available": "0190b000-0000-7000-8001-",
    "committed": "0190b000-0000-7000-8002-",
}


class Books(StrEnum):
    """The schema that a set of books lies in."""

    OURS = "raaderum"
    BY_HAND = "by_hand"


def lay_out_books(bench: Workbench) -> None:
    """Make the books by hand, and fill both."""
    with bench.administrator.connect() as connection:
        connection.execute(_statements("books_by_hand.sql"))
    with bench.application.connect() as connection:
        for books in Books:
            connection.execute(_filled("fill.sql", books))
    with bench.administrator.connect() as connection:
        connection.execute("vacuum analyze")
        connection.execute("checkpoint")


def lay_out_invoices(bench: Workbench) -> None:
    """Make the tables of the bare invoice transaction, with the purchases that are there."""
    with bench.administrator.connect() as connection:
        connection.execute(_statements("invoices_by_hand.sql"))
        connection.execute("analyze")


def fill_with_citizens(bench: Workbench, town: str, *, tenants: int, citizens: int) -> None:
    """Give `tenants` municipalities, of which `town` is one, `citizens` citizens each."""
    statements = Template(_statements("volume.sql"))
    with bench.administrator.connect() as connection:
        connection.execute(statements.substitute(town=town, tenants=tenants, citizens=citizens))
        connection.execute("vacuum analyze")


def script(name: str, books: Books, folder: Path) -> Path:
    """Write a pgbench script for one set of books below `folder`."""
    path = folder / f"{books}-{name}"
    path.write_text(_filled(name, books), encoding="utf-8")
    return path


def _filled(name: str, books: Books) -> str:
    return Template(_statements(name)).substitute(_VALUES, schema=books.value)


def _statements(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
