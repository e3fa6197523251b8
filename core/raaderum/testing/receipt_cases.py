"""Payments that went out already, as their own rooms leave them, and files to send as their receipts."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from raaderum.cards.tables import Card, CardAccount, CardPayment
from raaderum.kernel import clock
from raaderum.kernel.identifiers import new_id, new_short_code
from raaderum.kernel.money import Oere
from raaderum.payouts.tables import Payout
from raaderum.persistence.database import insert
from raaderum.persistence.sealed_fields import seal_field
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.purchases.tables import Purchase
from raaderum.purchases.words import describe_purchase
from raaderum.receipts.dues import open_receipt_dues
from raaderum.receipts.tables import ReceiptDue
from raaderum.tenancy.context import current_tenant_id

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from raaderum.testing.cases import Case

SMALL_AMOUNT: Final = Oere(250_00)


def paid_transfer(
    case: Case,
    *,
    amount: Oere = SMALL_AMOUNT,
    what: str = "Arbejdssko",
    paid_at: datetime | None = None,
    activity_on: date | None = None,
) -> UUID:
    """Have a small transfer paid, pocket money where there is an activity; return the id of its due."""
    moment, town = paid_at or clock.now(), case.municipality
    purchase = Purchase(
        id=new_id(),
        tenant_id=town.id,
        enrolment_id=case.enrolment_id,
        plan_item_id=case.plan_item_ids[0],
        code=new_short_code(),
        supplier_name="Borgeren",
        amount=amount,
        invoiced=amount,
        method="transfer",
        lane="own" if activity_on else "supported",
        payee_kind="nemkonto",
        activity_on=activity_on,
        state="closed",
        requested_by=town.support_person.person_id,
        decided_by=town.coordinator.person_id,
        decided_at=moment,
    )
    payout = Payout(
        id=new_id(),
        tenant_id=town.id,
        enrolment_id=case.enrolment_id,
        purchase_id=purchase.id,
        provider="small_transfers",
        amount=amount,
        code=new_short_code(),
        payee_name="Borgeren",
        payee_kind="nemkonto",
        account="",
        due_on=clock.day_of(moment),
        state="paid",
        requested_by=town.support_person.person_id,
        approved_by=town.finance_officer.person_id,
        approval_digest="0" * 64,
        paid_at=moment,
    )
    with town.at_work():
        with unit_of_work() as session:
            describe_purchase(session, purchase, what)
            if activity_on is not None:
                seal_field(session, purchase, "pocket_money_activity", what)
            seal_field(session, payout, "purpose", what)
            insert(session, purchase)
            insert(session, payout)
        open_receipt_dues()
        with reading() as session:
            return session.scalars(select(ReceiptDue.id).where(ReceiptDue.payout_id == payout.id)).one()


def paid_by_card(
    case: Case,
    *,
    amount: Oere = SMALL_AMOUNT,
    merchant: str = "Skobutikken",
    paid_at: datetime | None = None,
) -> UUID:
    """Have something paid with the citizen's card, which is made where there is none; return its due's id."""
    moment, town = paid_at or clock.now(), case.municipality
    payment = CardPayment(
        id=new_id(),
        enrolment_id=case.enrolment_id,
        card_id=_card_of(case),
        issuer="a_card",
        reference=f"payment-{new_id()}",
        merchant_name=merchant,
        merchant_category="5661",
        merchant_city="Aarhus",
        state="captured",
        captured=amount,
        first_at=moment,
        last_at=moment,
    )
    with town.at_work():
        with unit_of_work() as session:
            insert(session, payment)
        open_receipt_dues()
        with reading() as session:
            return session.scalars(
                select(ReceiptDue.id).where(ReceiptDue.card_payment_id == payment.id)
            ).one()


def photo(seed: int = 1) -> bytes:
    """Return a photo (JPEG) of dark and light fields, other ones for each `seed`."""
    # Imported here: only what makes pictures loads the library.
    from PIL import Image  # noqa: PLC0415 - as above

    chance = random.Random(seed)  # noqa: S311 - a picture, not a secret
    fields = Image.frombytes("L", (16, 16), chance.randbytes(256))
    written = BytesIO()
    fields.resize((300, 400), Image.Resampling.BICUBIC).save(written, format="JPEG")
    return written.getvalue()


def paper(words: bytes = b"Kvittering") -> bytes:
    """Return a whole little PDF, another one for other words."""
    return b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n% " + words + b"\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def _card_of(case: Case) -> UUID:
    with case.municipality.at_work(), unit_of_work() as session:
        found = session.scalar(select(Card.id).where(Card.enrolment_id == case.enrolment_id))
        if found is not None:
            return found
        if session.get(CardAccount, (current_tenant_id(), case.enrolment_id)) is None:
            account = CardAccount(
                id=case.enrolment_id,
                issuer="a_card",
                blocked_categories=[],
                allowed_categories=[],
                merchant_words=[],
            )
            insert(session, account)
        card = Card(
            id=new_id(),
            enrolment_id=case.enrolment_id,
            issuer="a_card",
            form="virtual",
            state="active",
            reference=f"card-{new_id()}",
            last_four="4242",
            expires_on=clock.today() + timedelta(days=700),
            ordered_by=case.municipality.coordinator.person_id,
        )
        insert(session, card)
        return card.id
