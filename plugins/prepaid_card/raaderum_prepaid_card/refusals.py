"""Why Stripe says no, in words for people. A code without words of its own gets the common ones."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from raaderum.plugin_api import Refused, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMON: Final = Text(
    "Kortudstederen har afvist det. Koden siger hvorfor; spørg driften, hvad den betyder.",
    "The card issuer has refused it. The code says why; ask operations what it means.",
)
REASONS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "account_disabled": Text(
            "Kommunens konto hos kortudstederen er lukket. Kontakt kortudstederen.",
            "The municipality's account with the card issuer is disabled. Contact the card issuer.",
        ),
        "account_inactive": Text(
            "Kommunens konto hos kortudstederen er ikke åbnet for kort endnu. Kontakt kortudstederen.",
            "The municipality's account with the card issuer is not open for cards yet. Contact the issuer.",
        ),
        "card_active": Text("Kortet er i brug.", "The card is active."),
        "card_canceled": Text(
            "Kortet er lukket for altid. Bestil et nyt.", "The card is closed for good. Order a new one."
        ),
        "card_inactive": Text(
            "Kortet er ikke åbnet, eller det er sat på pause. Åbn det, og prøv igen.",
            "The card is not activated, or it is paused. Activate it, and try again.",
        ),
        "cardholder_blocked": Text(
            "Kortholderen er spærret hos kortudstederen. Kontakt kortudstederen.",
            "The cardholder is blocked with the card issuer. Contact the card issuer.",
        ),
        "cardholder_inactive": Text(
            "Kortholderen er ikke aktiv hos kortudstederen. Kontakt kortudstederen.",
            "The cardholder is not active with the card issuer. Contact the card issuer.",
        ),
        "cardholder_phone_number_required": Text(
            "Kortudstederen vil have borgerens telefonnummer. Kontakt kortudstederen.",
            "The card issuer wants the citizen's telephone number. Contact the card issuer.",
        ),
        "cardholder_verification_required": Text(
            "Kortudstederen mangler at få bekræftet, hvem kortholderen er.",
            "The card issuer has yet to be shown who the cardholder is.",
        ),
        "category_unknown": Text(
            "Kortudstederen kender ikke en af butikskategorierne. Ret kategorien i reglerne.",
            "The card issuer does not know one of the shop categories. Correct the category in the rules.",
        ),
        "name_not_printable": Text(
            "Navnet har ingen bogstaver, der kan stå på et kort. Skriv det med latinske bogstaver.",
            "The name has no letters that can stand on a card. Write it in Latin letters.",
        ),
        "no_category_left": Text(
            "Alle tilladte butikskategorier er også spærret. Ret reglerne.",
            "All allowed shop categories are blocked as well. Correct the rules.",
        ),
        "insufficient_funds": Text(
            "Der er ikke penge nok på kommunens konto hos kortudstederen. Indbetal mere.",
            "There is not enough money in the municipality's account with the card issuer. Pay in more.",
        ),
        "insufficient_issuing_balance": Text(
            "Der er ikke penge nok på kommunens konto hos kortudstederen. Indbetal mere.",
            "There is not enough money in the municipality's account with the card issuer. Pay in more.",
        ),
        "invalid_api_key": Text(
            "Nøglen til kortudstederen gælder ikke længere. Driften skal sætte en ny.",
            "The key to the card issuer is no longer good. Operations must set a new one.",
        ),
        "not_allowed": Text(
            "Kortudstederen tillader ikke denne slags køb.",
            "The card issuer does not allow this kind of purchase.",
        ),
        "not_permitted": Text(
            "Nøglen til kortudstederen må ikke gøre dette. Driften skal give den lov.",
            "The key to the card issuer may not do this. Operations must allow it.",
        ),
        "postal_code_invalid": Text(
            "Kortudstederen kender ikke postnummeret. Ret adressen.",
            "The card issuer does not know the postcode. Correct the address.",
        ),
        "resource_missing": Text(
            "Kortudstederen kender ikke kortet.", "The card issuer does not know the card."
        ),
        "spending_controls": Text(
            "Købet er uden for kortets grænser for beløb eller butikskategori.",
            "The purchase is outside the card's limits for amount or shop category.",
        ),
        "suspected_fraud": Text(
            "Kortudstederen tror, at nogen misbruger kortet. Spær det, og spørg borgeren.",
            "The card issuer believes that somebody misuses the card. Block it, and ask the citizen.",
        ),
        "verification_failed": Text(
            "Koden, udløbsdatoen eller adressen var forkert.",
            "The code, the expiry date or the address was wrong.",
        ),
        "webhook_declined": Text("Vi har selv sagt nej til købet.", "We ourselves declined the purchase."),
        "webhook_error": Text(
            "Vores svar til kortudstederen kunne ikke læses, så købet blev afvist.",
            "Our answer to the card issuer could not be read, so the purchase was declined.",
        ),
        "webhook_timeout": Text(
            "Vi svarede ikke kortudstederen i tide, så købet blev afvist. Prøv igen.",
            "We did not answer the card issuer in time, so the purchase was declined. Try again.",
        ),
        "webhook_approved": Text("Vi har selv sagt ja til købet.", "We ourselves approved the purchase."),
    }
)


def refused(code: str) -> Refused:
    """Return the refusal with its reason in words."""
    return Refused(code, REASONS.get(code, COMMON))
