"""Run by the bench as a process of its own: sends one batch; tells seconds, peak memory and validity.

Arguments: how many payments, and a folder for the files.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from lxml import etree

from raaderum.plugin_api import (
    Accepted,
    KeyedOrder,
    Mode,
    Oere,
    Payee,
    PaymentBatch,
    PaymentOrder,
    ProviderContext,
)
from raaderum_small_transfers.plugin import SmallTransfersKind

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS = Path("../shared/contracts/iso20022/xsd")
SETTINGS = {
    "debtor_name": "Eksempel Kommune",
    "debtor_iban": "DK5000400440116243",
    "debtor_bic": "DABADKKK",
    "file_version": "pain.001.001.03",
    "service_level": "NURG",
    "charge_bearer": "SHAR",
}
AMOUNT = Oere(250_50)


class Orders:
    """Made-up orders, made anew each time they are gone through."""

    def __init__(self, count: int) -> None:
        self.count = count

    def __iter__(self) -> Iterator[KeyedOrder]:
        today = date(2026, 3, 2)
        for number in range(1, self.count + 1):
            payee = Payee(f"Mia Mortensen {number}", cpr="6101904321")
            payout_id = UUID(int=number)
            code = f"RD-{number:08X}"
            order = PaymentOrder(payout_id, 1, AMOUNT, payee, code, "", "5.38.38", today)
            yield KeyedOrder(order, f"payout:{payout_id}:1")


def main(written: str, folder: str, _flag: str = "") -> None:
    count = int(written)
    context = ProviderContext(UUID(int=1), "eksempel", Mode.SANDBOX, SETTINGS, Path(folder))
    provider = SmallTransfersKind().configure(context)
    batch = PaymentBatch(
        UUID(int=1), "run:1", datetime.now(UTC), date(2026, 3, 2), count, Oere(AMOUNT * count), Orders(count)
    )
    began = time.perf_counter()
    outcome = provider.send_batch(batch)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if not isinstance(outcome, Accepted):
        raise SystemExit(str(outcome))
    (file,) = Path(folder).glob("sandbox/outgoing/*.xml")
    sys.stdout.write(json.dumps({"seconds": seconds, "words": f"peak {peak} MB, {_validity(file)}"}))


def _validity(file: Path) -> str:
    schema = SCHEMAS / "pain.001.001.03.xsd"
    if not schema.exists():
        return "schema not at hand"
    if not etree.XMLSchema(file=schema).validate(etree.parse(file)):
        raise SystemExit("the file is not valid")
    return "valid by the schema"


if __name__ == "__main__":
    main(*sys.argv[1:])
