"""An application that serves the API, a caller for each role, and a plain reader of invoices."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from raaderum.bootstrap import create_app
from raaderum.invoices.service import approve_invoice, take_in
from raaderum.people.access import Purpose, issue_token
from raaderum.people.roles import Role
from raaderum.persistence.database import db
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plans.service import plans_of
from raaderum.plugin_api import (
    DocumentKind,
    Finding,
    InvoiceReading,
    Oere,
    SupplierInvoice,
    Text,
    Verdict,
)
from raaderum.plugin_host.registry import PluginRegistry
from raaderum.testing.cases import PRICE, SUPPLIER, SUPPLIER_CVR, approved_purchase, case_with_grant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask
    from werkzeug.test import TestResponse

    from raaderum.audit.actor import Actor
    from raaderum.settings import Settings
    from raaderum.testing.cases import Case
    from raaderum.testing.municipality import Municipality


class PlainReader:
    """Reads `PLAIN {json}`: what the API does with invoices does not hang on their format."""

    identifier = "plain"
    name = Text("prøvefaktura", "plain invoice")

    def recognises(self, content: bytes) -> bool:
        return content.startswith(b"PLAIN ")

    def read(self, content: bytes) -> InvoiceReading:
        says = json.loads(content.removeprefix(b"PLAIN "))
        warning = Finding("RD-PLAIN", fatal=False, message=Text("En prøve.", "A sample."), where="PLAIN")
        invoice = SupplierInvoice(
            supplier_name=SUPPLIER,
            supplier_cvr=SUPPLIER_CVR,
            supplier_key=f"DK:{SUPPLIER_CVR}",
            number=says["number"],
            issued_on=date(2026, 11, 1),
            due_on=date(2026, 12, 1),
            currency="DKK",
            payable=Oere(says["payable"]),
            vat=None,
            order_reference=says["reference"],
            references=(says["reference"],),
        )
        return InvoiceReading("plain", DocumentKind.INVOICE, Verdict.ACCEPTED, invoice, (warning,))


@dataclass(frozen=True)
class Caller:
    """A program that calls the API of one municipality with one token."""

    app: Flask
    slug: str
    token: str

    def get(self, path: str) -> TestResponse:
        return self.send("GET", path)

    def post(self, path: str, body: object = None, *, key: str | None = None) -> TestResponse:
        return self.send("POST", path, body, key=key)

    def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        **options: Any,  # noqa: ANN401 - those of werkzeug's test client
    ) -> TestResponse:
        """Send a request; a write gets a key of its own unless it is given one."""
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        if method != "GET" and key != "":
            headers["Idempotency-Key"] = key or str(uuid4())
        if body is not None:
            options["json"] = body
        client = self.app.test_client()
        return client.open(f"/api/v1/{self.slug}{path}", method=method, headers=headers, **options)

    def done(self, path: str, body: object = None, *, method: str = "POST") -> dict[str, Any]:
        """Do a write that must succeed; return its answer."""
        response = self.send(method, path, body)
        assert response.status_code in {200, 201}, response.get_data(as_text=True)
        answer: dict[str, Any] = response.get_json()
        return answer

    def seen(self, path: str) -> dict[str, Any]:
        """Read something that must be there; return the answer."""
        response = self.get(path)
        assert response.status_code == 200, response.get_data(as_text=True)
        answer: dict[str, Any] = response.get_json()
        return answer


@dataclass(frozen=True)
class Ids:
    """One of everything that a path or a body can name, all of one municipality."""

    case: Case
    plan: UUID
    purchase: UUID
    invoice: UUID
    payout: UUID


@pytest.fixture(scope="session")
def whole_app(settings: Settings) -> Iterator[Flask]:
    installed = PluginRegistry.load_installed()
    readers = {"plain": PlainReader(), **installed.invoice_readers}
    app = create_app(settings, registry=replace(installed, invoice_readers=readers))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def caller(app: Flask) -> Callable[..., Caller]:
    """Give a caller: `caller(municipality, municipality.coordinator)`, in another role if `role` says so."""

    def make(municipality: Municipality, actor: Actor, *, role: Role | None = None) -> Caller:
        with municipality.at_work(), unit_of_work() as session:
            token = issue_token(
                session,
                person_id=actor.person_id or uuid4(),
                role=role or Role(actor.role),
                purpose=Purpose.API,
            )
        return Caller(app, municipality.tenant.slug, token)

    return make


@pytest.fixture
def ids(municipality: Municipality) -> Ids:
    """Return one of everything in the test's own municipality."""
    return ids_of(municipality)


@pytest.fixture
def make_ids() -> Callable[[Municipality], Ids]:
    """Return a function that makes one of everything in a municipality."""
    return ids_of


def ids_of(municipality: Municipality) -> Ids:
    case = case_with_grant(municipality)
    purchase = approved_purchase(case)
    content, finance_officer = (
        plain_invoice(purchase.code, number=purchase.code),
        municipality.finance_officer,
    )
    with municipality.at_work():
        with unit_of_work() as session:
            invoice = take_in(session, content, file_name="faktura.xml", by=finance_officer)
        with unit_of_work() as session:
            payout_id = approve_invoice(session, invoice.id, by=finance_officer).payout_id
            plan_id = plans_of(session, case.enrolment_id)[0].id
    assert payout_id is not None
    return Ids(case, plan_id, purchase.id, invoice.id, payout_id)


def plain_invoice(reference: str, *, number: str = "2026-17", payable: int = PRICE) -> bytes:
    says = {"reference": reference, "number": number, "payable": payable}
    return b"PLAIN " + json.dumps(says).encode()


@pytest.fixture
def invoice_file() -> Callable[..., bytes]:
    """Return a function that writes an invoice over a purchase's code."""
    return plain_invoice
