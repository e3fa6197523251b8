"""The bank's answers: what they mean at each level, and files that are broken or hostile."""

from __future__ import annotations

import io
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from raaderum.plugin_api import Accepted, Completed, Refused, StatusUnreadable, Told, Unknown
from raaderum_small_transfers.payment_file import instruction_id, message_id
from raaderum_small_transfers.reasons import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from raaderum.plugin_api import PaymentBatch, PaymentOrder
    from raaderum_small_transfers.provider import SmallTransfers

FILE = message_id("run:1")
KEYS = [f"payout:00000000-0000-0000-0000-00000000000{number}:1" for number in (1, 2, 3)]
CODES = ["RD-00000001", "RD-00000002", "RD-00000003"]


@pytest.fixture
def sent(
    provider: SmallTransfers,
    an_order: Callable[..., PaymentOrder],
    a_batch: Callable[..., PaymentBatch],
) -> SmallTransfers:
    """A provider that has sent one file of three payments."""
    provider.send_batch(a_batch([an_order(number) for number in (1, 2, 3)]))
    return provider


def answer(inner: str, *, namespace: str = "pain.002.001.03", message: str = FILE, group: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:{namespace}"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>B1</MsgId><CreDtTm>2026-03-02T08:00:00</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId><OrgnlMsgNmId>pain.001</OrgnlMsgNmId>{group}"
        f"</OrgnlGrpInfAndSts>{inner}</CstmrPmtStsRpt></Document>"
    ).encode()


def payment(status: str, *, code: str = "", instruction: str = "", reason: str = "") -> str:
    because = (
        "<StsRsnInf><Orgtr><Id><OrgId><Othr><Id>1</Id><SchmeNm><Cd>CUST</Cd></SchmeNm></Othr></OrgId></Id>"
        f"</Orgtr><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>"
        if reason
        else ""
    )
    return (
        f"<TxInfAndSts><OrgnlInstrId>{instruction}</OrgnlInstrId><OrgnlEndToEndId>{code}</OrgnlEndToEndId>"
        f"<TxSts>{status}</TxSts>{because}<OrgnlTxRef><PmtTpInf><SvcLvl><Cd>NURG</Cd></SvcLvl></PmtTpInf>"
        "</OrgnlTxRef></TxInfAndSts>"
    )


def told(provider: SmallTransfers, content: bytes) -> list[Told]:
    return list(provider.read_status(io.BytesIO(content)))


@pytest.mark.parametrize("version", range(3, 11))
def test_a_payment_is_paid_only_when_the_money_has_moved(sent: SmallTransfers, version: int) -> None:
    namespace = f"pain.002.001.{version:02d}"
    inner = payment("ACSC", instruction=instruction_id(KEYS[0])) + payment("ACCC", code=CODES[1])
    inner = f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>1</OrgnlPmtInfId>{inner}</OrgnlPmtInfAndSts>"
    assert told(sent, answer(inner, namespace=namespace)) == [
        Told(KEYS[0], Completed(FILE)),
        Told(KEYS[1], Completed(FILE)),
    ]
    assert sent.look_up(KEYS[0]) == Completed(FILE)


@pytest.mark.parametrize("status", ["RCVD", "PDNG", "ACTC", "ACCP", "ACSP", "ACWC", "ACFC"])
def test_a_payment_on_its_way_is_accepted(sent: SmallTransfers, status: str) -> None:
    assert told(sent, answer(payment(status, code=CODES[0]))) == [Told(KEYS[0], Accepted(FILE))]
    assert told(sent, answer("", group=f"<GrpSts>{status}</GrpSts>")) == []


def test_a_refused_payment_says_why_in_plain_words(sent: SmallTransfers) -> None:
    (one,) = told(sent, answer(payment("RJCT", code=CODES[2], reason="AC04")))
    assert one == Told(KEYS[2], Refused("AC04", reason_of("AC04")))
    assert "lukket" in reason_of("AC04").danish
    assert "ZZ99" in reason_of("ZZ99").english
    assert sent.look_up(KEYS[2]) == Refused("AC04", reason_of("AC04"))


def test_a_refused_file_refuses_all_of_its_payments(sent: SmallTransfers) -> None:
    group = "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>"
    refused = Refused("FF01", reason_of("FF01"))
    outcomes = {one.idempotency_key: one.outcome for one in told(sent, answer("", group=group))}
    assert outcomes == dict.fromkeys(KEYS, refused)


def test_a_refused_group_of_payments_refuses_all_of_them(sent: SmallTransfers) -> None:
    inner = "<OrgnlPmtInfAndSts><PmtInfSts>RJCT</PmtInfSts></OrgnlPmtInfAndSts>"
    assert {one.idempotency_key for one in told(sent, answer(inner))} == set(KEYS)


def test_a_file_taken_in_part_decides_only_on_those_it_names(sent: SmallTransfers) -> None:
    inner = (
        f"<OrgnlPmtInfAndSts><PmtInfSts>PART</PmtInfSts>{payment('RJCT', code=CODES[1], reason='AC01')}"
        "</OrgnlPmtInfAndSts>"
    )
    assert [one.idempotency_key for one in told(sent, answer(inner, group="<GrpSts>PART</GrpSts>"))] == [
        KEYS[1]
    ]
    assert sent.look_up(KEYS[0]) == Accepted(FILE)


@pytest.mark.parametrize("reason", ["DU01", "DU05", "AM05"])
def test_a_duplicate_is_unclear_and_never_refused(sent: SmallTransfers, reason: str) -> None:
    group = f"<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>"
    outcomes = [one.outcome for one in told(sent, answer("", group=group))]
    assert len(outcomes) == 3
    assert all(isinstance(one, Unknown) for one in outcomes)
    assert isinstance(sent.look_up(KEYS[0]), Unknown)
    told(sent, answer(payment("ACSC", code=CODES[0])))
    assert sent.look_up(KEYS[0]) == Completed(FILE)


def test_the_first_final_word_stands(sent: SmallTransfers) -> None:
    told(sent, answer(payment("ACSC", code=CODES[0])))
    told(sent, answer(payment("RJCT", code=CODES[0], reason="AC04")))
    assert sent.look_up(KEYS[0]) == Completed(FILE)


def test_files_and_payments_that_are_not_ours_are_passed_over(sent: SmallTransfers) -> None:
    assert told(sent, answer(payment("ACSC", code=CODES[0]), message="SOMEBODY-ELSE")) == []
    assert told(sent, answer(payment("ACSC", code="RD-UNKNOWN"))) == []


def test_a_torn_file_tells_what_stood_before_the_break(sent: SmallTransfers) -> None:
    whole = answer(payment("ACSC", code=CODES[0]) + payment("ACSC", code=CODES[1]))
    words = sent.read_status(io.BytesIO(whole[: whole.rindex(b"<TxSts>")]))
    assert next(words) == Told(KEYS[0], Completed(FILE))
    with pytest.raises(StatusUnreadable, match="linje"):
        next(words)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not XML at all",
        b"<Document/>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><Document><OrgnlMsgId>&a;</OrgnlMsgId></Document>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Document/>',
        b"<a>" * 10_000,
    ],
    ids=["empty", "text", "nothing told", "entity", "external", "deep"],
)
def test_what_is_no_answer_is_said_to_be_unreadable(sent: SmallTransfers, content: bytes) -> None:
    with pytest.raises(StatusUnreadable):
        told(sent, content)
    assert all(sent.look_up(key) == Accepted(FILE) for key in KEYS)


def test_a_long_answer_is_read_in_constant_memory(sent: SmallTransfers) -> None:
    def peak(count: int) -> int:
        content = io.BytesIO(answer(payment("ACSC", code="RD-UNKNOWN") * count))
        tracemalloc.start()
        assert list(sent.read_status(content)) == []
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(8_000) < 2 * peak(2_000)


def test_the_published_samples_are_read(sent: SmallTransfers, contracts: Path) -> None:
    samples = sorted(contracts.glob("samples/*/pain_002*.xml"))
    assert samples
    for sample in samples:
        content = sample.read_bytes()
        assert sent.recognises_status(content[:4096])
        assert told(sent, content) == []


def test_a_rejection_as_a_bank_writes_it_is_understood(sent: SmallTransfers, contracts: Path) -> None:
    content = (contracts / "samples/nordea/pain_002_v3_txn_reject.xml").read_text(encoding="utf-8")
    theirs = content.split("<OrgnlMsgId>")[1].split("<")[0]
    code = content.split("<OrgnlEndToEndId>")[1].split("<")[0]
    ours = content.replace(theirs, FILE).replace(code, CODES[0]).encode()
    outcomes = {type(one.outcome) for one in told(sent, ours) if one.idempotency_key == KEYS[0]}
    assert outcomes == {Refused}


def test_other_files_are_not_recognised(provider: SmallTransfers) -> None:
    assert not provider.recognises_status(b"%PDF-1.7")
    assert not provider.recognises_status(
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
    )
