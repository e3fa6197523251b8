"""Official rules that are not checked here, and why. Whatever is not listed, and bears an official id, is.

A key that ends in `-` stands for all ids that begin with it.
"""

from __future__ import annotations

from typing import Final

_LONG_LIST: Final = "the code list has hundreds of codes, none of them about money"
_OTHER_COUNTRY: Final = "rules of another country; its suppliers' invoices are not in DKK anyway"
_NOT_FOR_PAYMENT: Final = "about parts of the document that nothing is paid from"

NOT_CHECKED: Final[dict[str, str]] = {
    "BR-CL-07": _LONG_LIST,
    "BR-CL-08": _LONG_LIST,
    "BR-CL-13": _LONG_LIST,
    "BR-CL-23": _LONG_LIST,
    "UBL-CR-": "warnings about elements that EN 16931 has no use for",
    "UBL-DT-": "warnings about attributes that EN 16931 has no use for; 01, 06 and 07 are checked",
    "DE-R-": _OTHER_COUNTRY,
    "GR-R-": _OTHER_COUNTRY,
    "GR-S-": _OTHER_COUNTRY,
    "IS-R-": _OTHER_COUNTRY,
    "IT-R-": _OTHER_COUNTRY,
    "SE-R-": _OTHER_COUNTRY,
    "F-LIB318": _LONG_LIST,
    "OIOUBL-BIL-106": _LONG_LIST,
    "OIOUBL-COMMON-002": _NOT_FOR_PAYMENT,
    "OIOUBL-COMMON-006": _NOT_FOR_PAYMENT,
    "OIOUBL-COMMON-104": _LONG_LIST,
    **dict.fromkeys((f"F-LIB{number:03}" for number in range(41, 65)), _NOT_FOR_PAYMENT),
    **dict.fromkeys((f"F-LIB{number:03}" for number in range(83, 100)), _NOT_FOR_PAYMENT),
    **dict.fromkeys((f"F-INV{number}" for number in range(326, 330)), "lines priced in a foreign currency"),
    **dict.fromkeys((f"F-CRN{number}" for number in range(198, 202)), "lines priced in a foreign currency"),
}


def is_checked(rule: str) -> bool:
    """Say whether an official rule is not listed here. Ids unknown to all rule sets count as checked."""
    if rule in ("UBL-DT-01", "UBL-DT-06", "UBL-DT-07"):
        return True
    return rule not in NOT_CHECKED and not rule.startswith(
        tuple(key for key in NOT_CHECKED if key.endswith("-"))
    )
