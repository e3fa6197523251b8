"""Run by the bench in the peers' environment: writes one file with `sepaxml`; tells seconds and peak memory.

Arguments: how many payments, a folder, and `validate` where it is to hold the file against its schema.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import time
from pathlib import Path

from sepaxml import SepaTransfer  # type: ignore[import-not-found] # lives in .venv-bench

CONFIGURATION = {
    "name": "Eksempel Kommune",
    "IBAN": "DK5000400440116243",
    "BIC": "DABADKKK",
    "batch": True,
    "currency": "EUR",
}


def main(written: str, folder: str, flag: str = "") -> None:
    count = int(written)
    began = time.perf_counter()
    transfer = SepaTransfer(CONFIGURATION, schema="pain.001.001.03", clean=False)
    for number in range(count):
        transfer.add_payment(
            {
                "name": f"Mia Mortensen {number}",
                "IBAN": "DK5000400440116243",
                "BIC": "DABADKKK",
                "amount": 25_050,
                "execution_date": dt.date(2026, 3, 2),
                "description": f"RD-{number:08X}",
            }
        )
    content = transfer.export(validate=flag == "validate", pretty_print=False)
    (Path(folder) / "file.xml").write_bytes(content)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "words": f"peak {peak} MB"}))


if __name__ == "__main__":
    main(*sys.argv[1:])
