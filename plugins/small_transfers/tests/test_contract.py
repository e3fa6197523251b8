"""Small transfers keep the payout contract; the bank takes the files from a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from raaderum.plugin_api import Mode, ProviderContext
from raaderum.testing.payout_contract import PayoutContract
from raaderum_small_transfers.payment_file import instruction_id
from raaderum_small_transfers.plugin import SmallTransfersKind

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = {
    "debtor_name": "Eksempel Kommune",
    "debtor_iban": "DK5000400440116243",
    "debtor_bic": "DABADKKK",
    "file_version": "pain.001.001.03",
    "service_level": "NURG",
    "charge_bearer": "SHAR",
}


class TestContract(PayoutContract):
    kind = SmallTransfersKind()

    def context(self, folder: Path, mode: Mode) -> ProviderContext:
        return ProviderContext(UUID(int=1), "lejre", mode, SETTINGS, folder / "small_transfers")

    def effects_of(self, folder: Path, idempotency_key: str) -> int:
        wanted = f"<InstrId>{instruction_id(idempotency_key)}</InstrId>"
        files = (folder / "small_transfers").glob("*/outgoing/*.xml")
        return sum(file.read_text(encoding="utf-8").count(wanted) for file in files)
