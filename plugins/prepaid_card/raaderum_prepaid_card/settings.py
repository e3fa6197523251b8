"""What the operator says of the issuer, read and checked before anything is made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Mode, Setting, SettingsInvalid, Text
from raaderum_prepaid_card.currency import CardCurrency, ExchangeRate, read_rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from raaderum.plugin_api import ProviderContext

SETTINGS: Final[Sequence[Setting]] = (
    Setting(
        "api_key",
        Text(
            "Nøglen til Stripe: en begrænset nøgle (rk_) er bedst, i sandkassen en testnøgle",
            "The key to Stripe: a restricted one (rk_) is best, in the sandbox a test key",
        ),
        secret=True,
    ),
    Setting(
        "webhook_secret",
        Text(
            "Hemmeligheden, som Stripe underskriver sine kald til os med (whsec_)",
            "The secret that Stripe signs its calls to us with (whsec_)",
        ),
        secret=True,
    ),
    Setting(
        "webhook_secret_next",
        Text(
            "Den næste hemmelighed, mens den skiftes; begge gælder",
            "The next secret while it is being changed; both hold",
        ),
        required=False,
        secret=True,
    ),
    Setting(
        "currency",
        Text("Kortenes valuta: eur, usd eller gbp", "The cards' currency: eur, usd or gbp"),
        default=CardCurrency.EUR,
    ),
    Setting(
        "rate",
        Text(
            "Hvad en euro, dollar eller et pund koster i kroner, for eksempel 7.4604",
            "What a euro, dollar or pound costs in kroner, for example 7.4604",
        ),
    ),
    Setting(
        "margin_percent",
        Text(
            "Hvor mange procent der reserveres oveni, når butikken ikke har bedt om kroner",
            "How many percent are held on top when the shop has not asked for kroner",
        ),
        default="3",
    ),
    Setting(
        "timeout_seconds",
        Text(
            "Hvor mange sekunder et kald til Stripe højst venter på svar",
            "How many seconds a call to Stripe waits for an answer at most",
        ),
        default="10",
    ),
    Setting(
        "api_base",
        Text(
            "Kun i sandkassen: adressen på en efterligning af Stripe",
            "Only in the sandbox: the address of something that stands in for Stripe",
        ),
        required=False,
    ),
)
_KEY: Final = {
    Mode.SANDBOX: re.compile(r"[sr]k_test_[A-Za-z0-9_]{1,250}", re.ASCII),
    Mode.LIVE: re.compile(r"[sr]k_live_[A-Za-z0-9_]{1,250}", re.ASCII),
}
_KEY_SHAPE: Final = {
    Mode.SANDBOX: "must begin with sk_test_ or rk_test_",
    Mode.LIVE: "must begin with sk_live_ or rk_live_",
}
_WEBHOOK_SECRET: Final = re.compile(r"whsec_[A-Za-z0-9+/=_-]{1,250}", re.ASCII)
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.\[\]:-]+", re.ASCII)
_SECONDS: Final = range(1, 21)


@dataclass(frozen=True, slots=True)
class IssuerSettings:
    """The settings of one tenant, checked. Secrets are not shown when it is printed."""

    api_key: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(repr=False)
    currency: CardCurrency
    rate: ExchangeRate
    timeout_seconds: int
    api_base: str | None
    is_live: bool


def read_settings(context: ProviderContext) -> IssuerSettings:
    """Return what the operator says; raise `SettingsInvalid`, which never shows a secret."""
    if context.mode is Mode.DISABLED:
        raise _invalid(context, "mode", "disabled; sandbox / live")
    given = {setting.name: setting.default or "" for setting in SETTINGS} | dict(context.settings)
    return IssuerSettings(
        api_key=_api_key(context, given["api_key"].strip()),
        webhook_secrets=tuple(
            _webhook_secret(context, name, given[name].strip())
            for name in ("webhook_secret", "webhook_secret_next")
            if name == "webhook_secret" or given[name].strip()
        ),
        currency=_currency(context, given["currency"].strip().lower()),
        rate=_rate(context, given["rate"], given["margin_percent"]),
        timeout_seconds=_seconds(context, given["timeout_seconds"].strip()),
        api_base=_api_base(context, given["api_base"].strip()),
        is_live=context.mode is Mode.LIVE,
    )


def _api_key(context: ProviderContext, given: str) -> str:
    if not _KEY[context.mode].fullmatch(given):
        raise _invalid(context, "api_key", _KEY_SHAPE[context.mode])
    return given


def _webhook_secret(context: ProviderContext, name: str, given: str) -> str:
    if not _WEBHOOK_SECRET.fullmatch(given):
        raise _invalid(context, name, "must begin with whsec_")
    return given


def _currency(context: ProviderContext, given: str) -> CardCurrency:
    if given not in tuple(CardCurrency):
        raise _invalid(context, "currency", f"must be one of {', '.join(CardCurrency)}")
    return CardCurrency(given)


def _rate(context: ProviderContext, rate: str, margin_percent: str) -> ExchangeRate:
    try:
        return read_rate(rate, margin_percent)
    except ValueError as error:
        raise _invalid(context, "rate, margin_percent", str(error)) from None


def _seconds(context: ProviderContext, given: str) -> int:
    if (
        not given.isascii()
        or not given.isdecimal()
        or int(given[:4]) not in _SECONDS
        or len(given) > len("20")
    ):
        raise _invalid(context, "timeout_seconds", "must be a whole number from 1 to 20")
    return int(given)


def _api_base(context: ProviderContext, given: str) -> str | None:
    """A live key is shown to nobody but Stripe."""
    if not given:
        return None
    if context.mode is Mode.LIVE:
        raise _invalid(context, "api_base", "must not be set when live")
    if not _ADDRESS.fullmatch(given.rstrip("/")):
        raise _invalid(context, "api_base", "is no address")
    return given.rstrip("/")


def _invalid(context: ProviderContext, setting: str, reason: str) -> SettingsInvalid:
    return SettingsInvalid(where=context.tenant_slug, setting=setting, reason=reason)
