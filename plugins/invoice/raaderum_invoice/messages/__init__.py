"""What each rule means to a person, in our own words: Danish and English, and whether it rejects.

The ids are official ones, except those that begin with `RD-`, which are ours.
"""

from __future__ import annotations

from typing import Final

from raaderum_invoice.messages.en16931 import EN_16931
from raaderum_invoice.messages.en16931_vat import VAT
from raaderum_invoice.messages.entry import Entry
from raaderum_invoice.messages.national import NATIONAL
from raaderum_invoice.messages.oioubl2 import OIOUBL_2
from raaderum_invoice.messages.oioubl3 import OIOUBL_3
from raaderum_invoice.messages.own import OWN
from raaderum_invoice.messages.peppol import PEPPOL

CATALOGUE: Final[dict[str, Entry]] = EN_16931 | VAT | PEPPOL | NATIONAL | OIOUBL_2 | OIOUBL_3 | OWN

__all__ = ["CATALOGUE", "Entry"]
