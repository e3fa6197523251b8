"""What can be said of one way of paying: the words that the tables of rules are written in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from raaderum_invoice.document import Aggregate

Test = Callable[["Aggregate"], bool]
"""Says of a `cac:PaymentMeans` whether a rule is broken."""

PAYEE, PAYER, BRANCH = "PayeeFinancialAccount", "PayerFinancialAccount", "FinancialInstitutionBranch"
BANK: Final = (BRANCH, "FinancialInstitution")
CHANNEL_LIST: Final = "urn:oioubl:codelist:paymentchannelcode-1.1"


def has(*path: str) -> Test:
    """Return a test for a value at the end of `path`."""
    return lambda means: means.has(*path)


def lacks(*path: str) -> Test:
    """Return a test for no value at the end of `path`."""
    return lambda means: not means.has(*path)


def holds(*path: str) -> Test:
    """Return a test for an aggregate at the end of `path`."""
    return lambda means: bool(means.all_parts(*path))


def holds_no(*path: str) -> Test:
    """Return a test for no aggregate at the end of `path`."""
    return lambda means: not means.all_parts(*path)


def longer(length: int, *path: str) -> Test:
    """Return a test for a value of more than `length` characters."""
    return lambda means: len(means.first_text(*path)) > length


def not_of(lengths: tuple[int, ...], *path: str) -> Test:
    """Return a test for a value whose length is none of `lengths`; an absent one is 0 long."""
    return lambda means: len(means.first_text(*path)) not in lengths


def wrong_list(means: Aggregate) -> bool:
    """Say whether the channel is not from the list of channels."""
    return means.attribute("PaymentChannelCode", "listID") != CHANNEL_LIST


def channel_not(*channels: str) -> Test:
    """Return a test for a channel, or none, other than `channels`."""
    return lambda means: means.text("PaymentChannelCode") not in channels


def not_a_number(text: str) -> bool:
    """Say whether `text` is anything but digits, perhaps with a point among them."""
    return not (text.isascii() and text.replace(".", "", 1).isdigit())


def when_channel(test: Test, *channels: str) -> Test:
    """Return `test` for those means that name a channel, or one of `channels`."""
    return lambda means: (
        "PaymentChannelCode" in means.texts
        and (not channels or means.text("PaymentChannelCode") in channels)
        and test(means)
    )


def when_id(test: Test, *ids: str) -> Test:
    """Return `test` for those means whose PaymentID, the card type, is one of `ids`."""
    return lambda means: means.text("PaymentID") in ids and test(means)


def unless_id(test: Test, *ids: str) -> Test:
    """Return `test` for those means whose PaymentID is none of `ids`."""
    return lambda means: means.text("PaymentID") not in ids and test(means)


def instruction_is_empty(means: Aggregate) -> bool:
    """Say whether there is a payment id with nothing in it."""
    return means.texts.get("InstructionID") == ""


def instruction_is_no_number(means: Aggregate) -> bool:
    """Say whether there is a payment id that is not all digits."""
    instruction = means.text("InstructionID")
    return bool(instruction) and not (instruction.isascii() and instruction.isdigit())


def giro_account_is_wrong(means: Aggregate) -> bool:
    """Say whether the account is not a number of 7 or 8 digits."""
    account = means.first_text(PAYEE, "ID")
    return len(account) not in (7, 8) or not_a_number(account)


def branch_is_no_number(means: Aggregate) -> bool:
    """Say whether the registration number is not a number above 0."""
    branch = means.first_text(PAYEE, BRANCH, "ID")
    return not_a_number(branch) or not branch.strip("0.")


def payer_branch_has_no_id(means: Aggregate) -> bool:
    """Say whether the payer's bank is named without its registration number."""
    return bool(means.all_parts(PAYER, BRANCH)) and not means.has(PAYER, BRANCH, "ID")
