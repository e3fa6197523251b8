from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from raaderum.plugin_api import (
    Completed,
    LedgerExportKind,
    Mode,
    Oere,
    ProviderContext,
    Refused,
    SettingsInvalid,
    VoucherLine,
)
from raaderum_ledger_file.plugin import (
    FileLedgerExportKind,
    raaderum_ledger_exports,
    raaderum_plugin_api_version,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from raaderum.plugin_api import LedgerExport, Voucher
    from raaderum_ledger_file.export import FileLedgerExport

    MakeVoucher = Callable[..., Voucher]


def test_vouchers_get_consecutive_numbers(export: FileLedgerExport, a_voucher: MakeVoucher) -> None:
    outcomes = [export.export(a_voucher(amount), f"key-{amount}") for amount in (1, 2, 3)]
    assert outcomes == [Completed("2026-000001"), Completed("2026-000002"), Completed("2026-000003")]


def test_each_accounting_year_counts_for_itself(export: FileLedgerExport, a_voucher: MakeVoucher) -> None:
    dates = [date(2026, 12, 31), date(2027, 1, 1), date(2026, 12, 30), date(2027, 1, 2)]
    numbers = [export.export(a_voucher(booked_on=day), f"key-{day}") for day in dates]
    assert [number.reference for number in numbers if isinstance(number, Completed)] == [
        "2026-000001",
        "2027-000001",
        "2026-000002",
        "2027-000002",
    ]
    assert [receipt.number for receipt in export.receipts()] == [
        "2026-000001",
        "2026-000002",
        "2027-000001",
        "2027-000002",
    ]


def test_the_same_key_is_the_same_voucher_also_after_a_restart(
    export: FileLedgerExport, restarted: Callable[[], FileLedgerExport], a_voucher: MakeVoucher
) -> None:
    first = export.export(a_voucher(), "key")
    export.export(a_voucher(2), "other")
    assert export.export(a_voucher(), "key") == first
    assert restarted().export(a_voucher(), "key") == first
    assert len(list(export.receipts())) == 2


@pytest.mark.parametrize("changed", [{"text": "Andet"}, {"booked_on": date(2027, 3, 2)}, {"due_on": None}])
def test_the_same_key_with_another_voucher_is_refused(
    export: FileLedgerExport, a_voucher: MakeVoucher, changed: dict[str, Any]
) -> None:
    export.export(a_voucher(), "key")
    outcome = export.export(replace(a_voucher(), **changed), "key")
    assert isinstance(outcome, Refused)
    assert outcome.code == "key_reused"
    assert "2026-000001" in outcome.reason.danish
    assert len(list(export.receipts())) == 1


def test_look_up_tells_the_number_or_that_it_never_arrived(
    export: FileLedgerExport, restarted: Callable[[], FileLedgerExport], a_voucher: MakeVoucher
) -> None:
    other = restarted()
    assert other.look_up("key") is None
    export.export(a_voucher(), "key")
    assert other.look_up("key") == Completed("2026-000001")
    assert other.look_up("KEY") is None


def test_a_receipt_holds_the_whole_voucher(
    export: FileLedgerExport, restarted: Callable[[], FileLedgerExport], a_voucher: MakeVoucher
) -> None:
    bare = replace(
        a_voucher(), text="linje\nto\u2028»æøå«", supplier_cvr=None, invoice_number=None, due_on=None
    )
    export.export(a_voucher(), "key")
    export.export(bare, "nøgle\n2")
    assert [(one.idempotency_key, one.voucher) for one in restarted().receipts()] == [
        ("key", a_voucher()),
        ("nøgle\n2", bare),
    ]


def test_what_is_booked_while_somebody_reads_does_not_disturb_the_reading(
    export: FileLedgerExport, a_voucher: MakeVoucher
) -> None:
    export.export(a_voucher(1), "1")
    export.export(a_voucher(2), "2")
    reading = export.receipts()
    assert next(reading).number == "2026-000001"
    export.export(a_voucher(3), "3")
    assert [receipt.number for receipt in reading] == ["2026-000002"]


def test_the_file_of_a_year_is_json_lines_that_other_programs_can_read(
    export: FileLedgerExport, folder: Path, a_voucher: MakeVoucher
) -> None:
    export.export(a_voucher(), "key")
    (line,) = (folder / "vouchers-2026.jsonl").read_text(encoding="utf-8").splitlines()
    content = json.loads(line)
    assert content["number"] == "2026-000001"
    assert content["voucher"]["booked_on"] == "2026-03-02"
    assert [line["amount"] for line in content["voucher"]["lines"]] == [125_00, -125_00]


def _with_line(voucher: Voucher, **changed: Any) -> Voucher:  # noqa: ANN401 -- wrong types are the point
    return replace(voucher, lines=(replace(voucher.lines[0], **changed), *voucher.lines[1:]))


@pytest.mark.parametrize(
    ("code", "spoil"),
    [
        ("not_balanced", lambda voucher: _with_line(voucher, amount=Oere(1))),
        ("no_lines", lambda voucher: replace(voucher, lines=())),
        ("account_missing", lambda voucher: _with_line(voucher, account=" ")),
        ("not_writable", lambda voucher: _with_line(voucher, account=None)),
        ("not_writable", lambda voucher: _with_line(voucher, amount=125_00.0)),
        ("not_writable", lambda voucher: replace(voucher, lines=[VoucherLine("1", Oere(0), "")])),
        ("not_writable", lambda voucher: replace(voucher, text="\ud800")),
        ("not_writable", lambda voucher: replace(voucher, booked_on=datetime(2026, 1, 1))),  # noqa: DTZ001 -- the mistake itself
        ("not_writable", lambda voucher: replace(voucher, supplier_name=object())),
    ],
)
def test_a_voucher_that_cannot_be_booked_is_refused_and_leaves_no_trace(
    export: FileLedgerExport,
    folder: Path,
    a_voucher: MakeVoucher,
    code: str,
    spoil: Callable[[Voucher], Voucher],
) -> None:
    outcome = export.export(spoil(a_voucher()), "key")
    assert isinstance(outcome, Refused)
    assert outcome.code == code
    assert outcome.reason.danish != outcome.reason.english
    assert [path.name for path in folder.iterdir()] == [".lock"]
    assert export.export(a_voucher(), "key") == Completed("2026-000001")


def test_a_voucher_without_a_key_is_refused(export: FileLedgerExport, a_voucher: MakeVoucher) -> None:
    outcome = export.export(a_voucher(), "")
    assert isinstance(outcome, Refused)
    assert outcome.code == "key_missing"


def _context(files: Path, mode: Mode) -> ProviderContext:
    return ProviderContext(UUID(int=1), "halsnaes", mode, {}, files)


def test_sandbox_and_live_have_numbers_of_their_own(tmp_path: Path, a_voucher: MakeVoucher) -> None:
    kind = FileLedgerExportKind()
    for mode in (Mode.SANDBOX, Mode.LIVE):
        export: LedgerExport = kind.configure(_context(tmp_path / "a" / "b", mode))
        assert export.export(a_voucher(), "key") == Completed("2026-000001")


def test_a_folder_that_cannot_be_made_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SettingsInvalid, match="sandbox"):
        FileLedgerExportKind().configure(_context(tmp_path / "taken", Mode.SANDBOX))


def test_a_disabled_export_cannot_be_configured(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="mode"):
        FileLedgerExportKind().configure(_context(tmp_path, Mode.DISABLED))


def test_the_plugin_offers_the_export_under_the_identifier_file() -> None:
    assert re.fullmatch(r"\d+\.\d+", raaderum_plugin_api_version())
    (kind,) = raaderum_ledger_exports()
    assert isinstance(kind, LedgerExportKind)
    assert kind.identifier == "file"
