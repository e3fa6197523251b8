"""The files: valid by the published schema, with control sums, and nothing of the citizen's life in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from raaderum.plugin_api import Accepted, BankAccount, Payee, Refused, SettingsInvalid
from raaderum_small_transfers.characters import MOST_IN_A_NAME, written
from raaderum_small_transfers.debtor import read_debtor
from raaderum_small_transfers.payment_file import FileHead, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from raaderum.plugin_api import PaymentBatch, PaymentOrder
    from raaderum_small_transfers.provider import SmallTransfers

    Batch = Callable[..., PaymentBatch]
    Order = Callable[..., PaymentOrder]
    Files = Callable[[], list[Path]]


@pytest.mark.parametrize("version", ["pain.001.001.03", "pain.001.001.09"])
def test_a_file_is_valid_by_the_published_schema(
    configured: Callable[..., SmallTransfers],
    an_order: Order,
    a_batch: Batch,
    outgoing: Files,
    is_valid: Callable[[bytes], bool],
    version: str,
) -> None:
    provider = configured(
        file_version=version, customer_id="K-12 & 3", category_purpose="SUPP", statement_text="Tilskud <3"
    )
    orders = [
        an_order(1),
        an_order(2, payee=Payee("Udlejer A/S", account=BankAccount("0040", "440116243"))),
        an_order(3, payee=Payee("Ø", account=BankAccount(iban="DK50 0040 0440 1162 43"))),
    ]
    assert isinstance(provider.send_batch(a_batch(orders)), Accepted)
    (file,) = outgoing()
    assert is_valid(file.read_bytes())


def test_a_nemkonto_order_has_the_cpr_number_and_no_account(
    provider: SmallTransfers, an_order: Order, outgoing: Files
) -> None:
    provider.send(an_order(), "key")
    (file,) = outgoing()
    payment = etree.fromstring(file.read_bytes()).find(".//{*}CdtTrfTxInf")
    assert payment is not None
    assert payment.findtext(".//{*}Cdtr//{*}Othr/{*}Id") == an_order().payee.cpr
    assert payment.findtext(".//{*}SchmeNm/{*}Cd") == "SOSE"
    assert payment.find(".//{*}CdtrAcct") is None


def test_control_sums_stand_in_the_head_and_in_the_group(
    provider: SmallTransfers, an_order: Order, a_batch: Batch, outgoing: Files
) -> None:
    orders = [an_order(number) for number in range(1, 8)]
    provider.send_batch(a_batch(orders))
    document = etree.fromstring(outgoing()[0].read_bytes())
    total = sum(order.amount for order in orders)
    assert [element.text for element in document.iterfind(".//{*}NbOfTxs")] == ["7", "7"]
    sums = [element.text for element in document.iterfind(".//{*}CtrlSum")]
    assert sums == [f"{total // 100}.{total % 100:02d}"] * 2
    codes = [element.text for element in document.iterfind(".//{*}EndToEndId")]
    assert codes == [order.code for order in orders]
    instructions = [element.text for element in document.iterfind(".//{*}InstrId")]
    assert len(set(instructions)) == len(orders)


def test_what_a_payment_is_for_never_leaves_the_municipality(
    provider: SmallTransfers, an_order: Order, outgoing: Files, folder: Path
) -> None:
    provider.send(an_order(purpose="Afvænning"), "key")
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert "Afvænning".encode() not in everything
    assert outgoing()[0].stat().st_mode & 0o077 == 0


def test_the_journal_holds_no_name_and_no_cpr_number(
    provider: SmallTransfers, an_order: Order, folder: Path
) -> None:
    order = an_order()
    provider.send(order, "key")
    kept = b"".join(path.read_bytes() for path in folder.glob("sandbox/journal*"))
    assert str(order.payee.cpr).encode() not in kept
    assert b"Mortensen" not in kept
    assert order.code.encode() in kept


@given(name=st.text(max_size=300))
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_can_be_written_and_is_read_back_or_refused(name: str) -> None:
    element = etree.fromstring(f"<Nm>{written(name)}</Nm>")
    text = element.text or ""
    assert len(element) == 0
    assert len(text) <= MOST_IN_A_NAME
    assert text == text.strip()


@given(name=st.text(min_size=1, max_size=200).filter(lambda name: written(name) != ""))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_with_any_name_is_valid(
    name: str, an_order: Order, a_batch: Batch, is_valid: Callable[[bytes], bool]
) -> None:
    debtor = read_debtor(_settings(), where="lejre")
    batch = a_batch([an_order(payee=Payee(name, cpr="6101904321"))])
    head = FileHead("RD1", batch.made_at, batch.execute_on, batch.count, batch.total)
    assert is_valid("".join(lines_of(head, debtor, batch.orders)).encode())


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"payee": Payee("", cpr="6101904321")}, "name_missing"),
        ({"payee": Payee("\x00\ufffe")}, "name_missing"),
        ({"payee": Payee("Mia")}, "payee_incomplete"),
        ({"payee": Payee("Mia", cpr="610190-4321")}, "payee_incomplete"),
        ({"payee": Payee("Mia", account=BankAccount("40", "440116243"))}, "account_invalid"),
        ({"payee": Payee("Mia", account=BankAccount("0040", "12345678901"))}, "account_invalid"),
        ({"payee": Payee("Mia", account=BankAccount(iban="DK5100400440116243"))}, "account_invalid"),
        ({"payee": Payee("Mia", account=BankAccount(iban="DK500040044011624"))}, "account_invalid"),
        ({"payee": Payee("Mia", account=BankAccount(iban="SE4550000000058398257466"))}, "account_invalid"),
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
        ({"code": "<RD>"}, "code"),
    ],
    ids=str,
)
def test_an_order_that_cannot_be_paid_is_refused_and_no_file_is_written(
    provider: SmallTransfers, an_order: Order, outgoing: Files, changed: dict[str, Any], code: str
) -> None:
    outcome = provider.send(an_order(**changed), "key")
    assert isinstance(outcome, Refused)
    assert outcome.code == code
    assert outcome.reason.danish
    assert outgoing() == []


def test_one_that_cannot_be_paid_does_not_hold_up_the_others(
    provider: SmallTransfers, an_order: Order, a_batch: Batch, outgoing: Files
) -> None:
    batch = a_batch([an_order(1, amount=1_50), an_order(2, payee=Payee("Mia")), an_order(3, amount=2_55)])
    outcomes = provider.send_batch(batch)
    assert isinstance(outcomes, dict)
    keys = [one.idempotency_key for one in batch.orders]
    assert [type(outcomes[key]) for key in keys] == [Accepted, Refused, Accepted]
    document = etree.fromstring(outgoing()[0].read_bytes())
    assert document.findtext(".//{*}NbOfTxs") == "2"
    assert document.findtext(".//{*}CtrlSum") == "4.05"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("debtor_name", ""),
        ("debtor_iban", "DK5000400440116244"),
        ("debtor_bic", "DABA"),
        ("file_version", "pain.001.001.11"),
        ("service_level", "urgent"),
        ("charge_bearer", "NOBD"),
        ("category_purpose", "<x/>"),
        ("customer_id", "x" * 36),
    ],
)
def test_a_setting_that_cannot_be_used_stops_the_start(
    configured: Callable[..., SmallTransfers], setting: str, value: str
) -> None:
    with pytest.raises(SettingsInvalid) as refused:
        configured(**{setting: value})
    assert refused.value.values["setting"] == setting


def _settings() -> dict[str, str]:
    return {
        "debtor_name": "Eksempel Kommune",
        "debtor_iban": "DK5000400440116243",
        "debtor_bic": "DABADKKK",
        "file_version": "pain.001.001.03",
        "service_level": "NURG",
        "charge_bearer": "SHAR",
    }
