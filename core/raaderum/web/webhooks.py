"""Where providers call us: `POST /webhooks/<municipality>/<provider>`. The proof is the provider's signature.

A forged call leaves no trace but a refusal. A shop that waits is answered on the spot; everything else
is kept, answered with 200 and worked on afterwards. Where it cannot be kept, the provider is told to
come again.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from flask import Response, request

from raaderum.cards.deciding import decide
from raaderum.cards.told import keep_card_event
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.payouts.callbacks import take_in_callback
from raaderum.persistence.unit_of_work import unit_of_work
from raaderum.plugin_api import Callback, CallbackForged, CardEventKind, TellsByCallback
from raaderum.plugin_host.providers import tenant_providers
from raaderum.provider_events.service import keep_event
from raaderum.tenancy.context import working_for
from raaderum.tenancy.installed import tenants

if TYPE_CHECKING:
    from flask import Flask

    from raaderum.plugin_api import CallbackAnswer, CardIssuer

log = logging.getLogger(__name__)
MOST_BYTES: Final = 256_000
_PATH: Final = "/webhooks/<tenant>/<provider>"


def register_webhooks(app: Flask) -> None:
    """Serve the address that providers call."""
    app.add_url_rule(_PATH, "webhook", webhook, methods=["POST"])


def webhook(tenant: str, provider: str) -> Response:
    """Take one call from a provider of one municipality."""
    request.max_content_length = MOST_BYTES
    try:
        with working_for(tenants().by_slug(tenant).id):
            return _answered(provider)
    except (NotFound, CallbackForged) as error:
        # A provider that is not there is refused like a call that is not its own.
        return Response(error.code, 404 if isinstance(error, NotFound) else 403, mimetype="text/plain")


def _answered(provider: str) -> Response:
    providers = tenant_providers()
    issuer = providers.card_issuers.get(provider)
    if issuer is not None:
        return _as_response(_card_called(provider, issuer))
    payer: object = providers.payout_providers.get(provider)
    if isinstance(payer, TellsByCallback):
        return _payer_called(provider, payer)
    raise NotFound(where="provider")


def _card_called(name: str, issuer: CardIssuer) -> CallbackAnswer:
    event = issuer.read_callback(_callback())
    if event.kind is CardEventKind.ASKED:
        return issuer.answer(event, decide(name, event))
    with unit_of_work() as session:
        keep_card_event(session, name, event)
    return issuer.answer(event, None)


def _payer_called(name: str, payer: TellsByCallback) -> Response:
    callback = _callback()
    message = payer.read_callback(callback)
    with unit_of_work() as session:
        kept = keep_event(
            session, provider=name, event_id=message.event_id, kind=message.kind, content=callback.body
        )
        if kept:
            take_in_callback(session, name, message)
    return Response(status=200)


def _callback() -> Callback:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Callback(headers=headers, body=request.get_data(cache=False), received_at=clock.now())


def _as_response(answer: CallbackAnswer) -> Response:
    return Response(answer.body, answer.status, dict(answer.headers))
