"""Statement lines from the file to the matched payment, beside a bare walk through the XML and one COPY."""

from __future__ import annotations

import resource
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from lxml import etree
from tests.bench.rows import Figure, Row, Unit
from tests.bench.town import town_at_work

from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id, new_short_code
from raaderum.kernel.money import Oere
from raaderum.ledger.rules import Account, AccountKind, Move, TransactionKind
from raaderum.ledger.service import Posting, open_accounts, post_all
from raaderum.payouts.rules import AttemptState, PayoutState, idempotency_key
from raaderum.payouts.service import clearing_account
from raaderum.payouts.tables import Payout, PayoutAttempt
from raaderum.persistence.many_rows import insert_all
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.reconciliation.matching import match_lines
from raaderum.reconciliation.reading import line_counts
from raaderum.reconciliation.rules import LineOutcome
from raaderum.reconciliation.taking_in import take_in_statement
from raaderum.testing.sample_statements import SampleDetail, SampleEntry, SampleStatement, statement_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import psycopg
    from tests.bench.rows import Effort
    from tests.bench.town import Town
    from tests.bench.workbench import Workbench

    from raaderum.purchases.tables import Purchase

_PART: Final = "Bank: statement lines, one process, from the file to the matched payment"
_LINES: Final = 100_000
_QUICK_LINES: Final = 10_000
_OPEN_IN: Final = 100
"""One payment in so many is not known to be paid before its line comes."""
_MOST_MILLISECONDS: Final = 60_000
_AMOUNT: Final = 1_00
_AT_ONCE: Final = 5_000
_SPARE: Final = 100
_PROVIDER: Final = "supplier_invoice"
_TABLE: Final = (
    "create temporary table bare_line (number int, amount bigint, booked_on date, reference text, told text)"
)
_COPY: Final = "copy bare_line (number, amount, booked_on, reference, told) from stdin"


def measure_bank_lines(bench: Workbench, effort: Effort) -> list[Row]:
    """Measure once: a hundred thousand payments cannot be made for each repeat."""
    count = _QUICK_LINES if effort.repeats == 1 else _LINES
    with town_at_work(bench.settings, cases=1) as town:
        payouts = _make_payouts(town, count)
        path = bench.folder / "statement.xml"
        _write(path, payouts)
        with bench.administrator.connect() as connection:
            connection.execute("analyze")
        read, matched, megabytes = _ours(town, path)
        with bench.administrator.connect() as connection:
            bare = _bare(connection, path)
    size = f"{path.stat().st_size / 1_000_000:.0f} MB"
    opened = count // _OPEN_IN
    settings = (
        f"{count} lines of {size}; sealed, audited, row security on; {opened} of the payments settled by "
        f"their line, the others confirmed; memory grew by {megabytes:.0f} MB; once"
    )
    other = Figure("bare iterparse and COPY", (bare,))
    whole = Figure("file to matched", (read + matched,))
    return [
        Row(
            _PART,
            f"{count} lines, all",
            whole,
            settings,
            other,
            most=_MOST_MILLISECONDS,
            unit=Unit.MILLISECONDS,
        ),
        Row(
            _PART, "of it: read and kept", Figure("read", (read,)), "as above", other, unit=Unit.MILLISECONDS
        ),
    ]


def _ours(town: Town, path: Path) -> tuple[float, float, float]:
    """Return the milliseconds of reading and of matching, and how much the memory grew, in MB."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = perf_counter()
    with path.open("rb") as content, unit_of_work() as session:
        by = town.municipality.finance_officer
        file_id = take_in_statement(session, content, file_name=path.name, by=by).id
    taken = perf_counter()
    count = match_lines(file_id)
    ended = perf_counter()
    with reading() as session:
        counts = line_counts(session, file_id)
    assert counts == {LineOutcome.MATCHED: count}, counts
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return (taken - started) * 1000, (ended - taken) * 1000, grown


def _bare(connection: psycopg.Connection[tuple[Any, ...]], path: Path) -> float:
    """Return the milliseconds of the least that could be done: no check, no seal, no match."""
    started = perf_counter()
    connection.execute(_TABLE)
    with connection.cursor().copy(_COPY) as copy:
        for number, (_, entry) in enumerate(etree.iterparse(path, tag="{*}Ntry")):
            told = {etree.QName(element).localname: element.text for element in entry.iter()}
            amount = int((told["Amt"] or "").replace(".", ""))
            copy.write_row((number, amount, told["Dt"], told["AcctSvcrRef"], told["Ustrd"]))
            entry.clear()
            parent = entry.getparent()
            while parent is not None and entry.getprevious() is not None:
                del parent[0]
    return (perf_counter() - started) * 1000


def _make_payouts(town: Town, count: int) -> list[Payout]:
    """Write payments of one purchase straight into the tables; every hundredth is still under way."""
    purchase = town.purchases[0]
    # Nothing but chance keeps two codes apart here, and among so many it does not always.
    codes = list({new_short_code() for _ in range(count + _SPARE)})[:count]
    payouts = [_payout(town, purchase, one, is_open=at % _OPEN_IN == 0) for at, one in enumerate(codes)]
    opened = [payout for payout in payouts if payout.state == PayoutState.SENDING]
    with unit_of_work() as session:
        insert_all(session, payouts)
        insert_all(session, [_attempt(payout) for payout in opened])
        open_accounts(session, clearing_account(_PROVIDER).owner_id, [AccountKind.CLEARING])
        post_all(session, [_reserved(payout) for payout in opened])
    return payouts


def _payout(town: Town, purchase: Purchase, code: str, *, is_open: bool) -> Payout:
    return Payout(
        id=new_id(),
        tenant_id=town.municipality.id,
        enrolment_id=purchase.enrolment_id,
        purchase_id=purchase.id,
        provider=_PROVIDER,
        amount=_AMOUNT,
        code=code,
        payee_name="Svendborg Køreskole ApS",
        purpose_sealed=b"",
        account="5.38.38",
        due_on=clock.today(),
        state=PayoutState.SENDING if is_open else PayoutState.PAID,
        requested_by=purchase.requested_by,
        approved_by=town.municipality.finance_officer.person_id,
        approval_digest="",
        paid_at=None if is_open else clock.now(),
    )


def _attempt(payout: Payout) -> PayoutAttempt:
    return PayoutAttempt(
        id=new_id(),
        tenant_id=payout.tenant_id,
        payout_id=payout.id,
        number=1,
        idempotency_key=idempotency_key(payout.id, 1),
        state=AttemptState.ACCEPTED,
    )


def _reserved(payout: Payout) -> Posting:
    committed = Account(AccountKind.COMMITTED, payout.enrolment_id)
    move = Move(Oere(payout.amount), committed, clearing_account(payout.provider))
    return Posting(TransactionKind.RESERVE, [move], f"reserve:{payout.id}:1", payout.id)


def _write(path: Path, payouts: Sequence[Payout]) -> None:
    pieces = statement_pieces(SampleStatement(_entries(payouts), opening=None))
    with path.open("wb") as file:
        while portion := b"".join(islice(pieces, _AT_ONCE)):
            file.write(portion)


def _entries(payouts: Sequence[Payout]) -> Iterator[SampleEntry]:
    for number, payout in enumerate(payouts):
        detail = SampleDetail(
            -payout.amount, payout.code, f"Betaling {number}", counterparty=payout.payee_name
        )
        yield SampleEntry(-payout.amount, f"REF{number}", (detail,), booked_on=clock.today())
