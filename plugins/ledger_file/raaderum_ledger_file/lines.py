"""One voucher as one line of JSON, there and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from raaderum.plugin_api import Oere, Voucher, VoucherLine, VoucherReceipt


class LineUnreadable(Exception):
    """A line is no voucher, or a voucher cannot be put into a line."""


def line_of(receipt: VoucherReceipt) -> bytes:
    """Return the line, ending in the only newline it holds; raise `LineUnreadable` where none can be made."""
    try:
        content = {
            "number": receipt.number,
            "idempotency_key": receipt.idempotency_key,
            "voucher": asdict(receipt.voucher),
        }
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, default=date.isoformat)
        return text.encode() + b"\n"
    except (TypeError, ValueError) as error:
        raise LineUnreadable from error


def receipt_from(line: bytes) -> VoucherReceipt:
    """Return what stands on a line; raise `LineUnreadable` where it is no voucher."""
    try:
        content = json.loads(line)
        return VoucherReceipt(content["number"], content["idempotency_key"], _voucher(content["voucher"]))
    except (KeyError, TypeError, ValueError) as error:
        raise LineUnreadable from error


def _voucher(content: dict[str, Any]) -> Voucher:
    due_on = content["due_on"]
    read = {
        "booked_on": date.fromisoformat(content["booked_on"]),
        "due_on": None if due_on is None else date.fromisoformat(due_on),
        "lines": tuple(_line(line) for line in content["lines"]),
    }
    return Voucher(**{**content, **read})


def _line(content: dict[str, Any]) -> VoucherLine:
    account, amount = content["account"], content["amount"]
    if not isinstance(account, str) or type(amount) is not int:
        raise TypeError
    return VoucherLine(account, Oere(amount), content["text"])
