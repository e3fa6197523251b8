"""The page of a case's card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "money.on_card": Text("På kortet", "On the card"),
    "money.card_held": Text("Reserveret på kortet", "Held on the card"),
    "money.overdrawn": Text("Trukket ud over det, der var", "Drawn beyond what there was"),
    "card.heading": Text("Kort", "Card"),
    "card.not_offered": Text(
        "Ordningen betaler ikke med kort her. Køb kan ske på faktura eller med en overførsel.",
        "The programme does not pay by card here. Purchases can be made by invoice or transfer.",
    ),
    "card.locked": Text("Kortet er låst.", "The card is locked."),
    "card.locked_text": Text(
        "Der mangler en kvittering. Når den er sendt, virker kortet igen med det samme.",
        "A receipt is missing. When it has been sent, the card works again at once.",
    ),
    "card.money": Text("Penge på kortet", "Money on the card"),
    "card.per_payment": Text("Højst ad gangen", "At most at a time"),
    "card.form": Text("Slags", "Kind"),
    "card.address": Text("Vej og husnummer", "Street and number"),
    "card.address_hint": Text("Et plastikkort sendes hertil.", "A plastic card is sent here."),
    "card.postal_code": Text("Postnummer", "Postal code"),
    "card.city": Text("By", "Town"),
    "card.expires": Text("udløber {day}", "expires {day}"),
    "card.pause": Text("Sæt kortet på pause nu", "Pause the card now"),
    "card.resume": Text("Tag kortet i brug igen", "Use the card again"),
    "card.activate": Text("Tag kortet i brug", "Activate the card"),
    "card.close": Text("Luk kortet for altid", "Close the card for good"),
    "card.replace": Text("Tabt eller slidt?", "Lost or worn?"),
    "card.replace_reason": Text("Hvad er der sket med kortet?", "What has happened to the card?"),
    "card.single_use": Text("Hvor mange køb", "How many purchases"),
    "card.single_use_text": Text(
        "Engangskort: kortet lukker sig selv, når det første køb er trukket",
        "Single use: the card closes itself when its first purchase has been drawn",
    ),
    "card.is_single_use": Text("til ét køb", "for one purchase"),
    "card.replace_confirm": Text("Luk kortet, og bestil et nyt", "Close the card and order a new one"),
    "card.payments": Text("Køb med kortet", "Payments with the card"),
    "card.when": Text("Hvornår", "When"),
    "card.shop": Text("Butik", "Shop"),
    "card.amount": Text("Beløb", "Amount"),
    "card.state": Text("Hvad skete der", "What happened"),
    "card.back": Text("{amount} er kommet tilbage", "{amount} has come back"),
    "card.dispute": Text("Indsigelse: {status}", "Dispute: {status}"),
    "card.settle": Text("Jeg har set på det", "I have looked into it"),
    "card.items": Text("Poster, der betales med kortet", "Items paid by card"),
    "card.item_up_to": Text("op til {amount}", "up to {amount}"),
    "card.item_until": Text("til og med {day}", "until {day}"),
    "card.unmark": Text("Betal ikke længere denne post med kort", "No longer pay this item by card"),
    "card.mark": Text("Betal en post med kort", "Pay an item by card"),
    "card.mark_text": Text(
        "Pengene kommer på kortet, når dagen nærmer sig, og tilbage til budgettet, hvis de ikke bruges.",
        "The money comes on the card when the day is near, and comes back to the budget if it is not used.",
    ),
    "card.item": Text("Post i planen", "Item of the plan"),
    "card.item_amount": Text("Beløb på kortet", "Amount on the card"),
    "card.until": Text("Sidste dag på kortet", "Last day on the card"),
    "card.until_hint": Text(
        "Uden en dag bliver pengene på kortet, til forløbet slutter.",
        "Without a day the money stays on the card until the course ends.",
    ),
    "card.words": Text("Butikkens navn", "The shop's name"),
    "card.words_hint": Text(
        "Ord, som butikkens navn kan indeholde, med komma imellem.",
        "Words that the shop's name can hold, with a comma between.",
    ),
    "card.shops": Text("Hvilke butikker", "Which shops"),
    "card.any_shop": Text("Alle slags butikker", "Any kind of shop"),
    "card.mark_confirm": Text("Betal posten med kort", "Pay the item by card"),
    "card.order": Text("Bestil et kort", "Order a card"),
    "card.order_confirm": Text("Bestil kortet", "Order the card"),
    "done.order_card": Text("Kortet er bestilt.", "The card has been ordered."),
    "done.replace_card": Text(
        "Kortet er lukket, og et nyt er bestilt.", "The card is closed, and a new one ordered."
    ),
    "done.activate_card": Text("Kortet tages i brug.", "The card is being activated."),
    "done.pause_card": Text("Kortet er på pause.", "The card is paused."),
    "done.resume_card": Text("Kortet tages i brug igen.", "The card is being resumed."),
    "done.close_card": Text("Kortet er lukket.", "The card is closed."),
    "done.mark_card_item": Text("Posten betales nu med kort.", "The item is now paid by card."),
    "done.unmark_card_item": Text(
        "Posten betales ikke længere med kort.", "The item is no longer paid by card."
    ),
    "done.settle_card_payment": Text(
        "Det er noteret, at købet er set efter.", "It is noted that the payment has been looked into."
    ),
}
