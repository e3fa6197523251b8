"""The books, the trail from a posting to the dream, and the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "ledger.heading": Text("Regnskab", "Books"),
    "ledger.trial_balance": Text("Råbalance", "Trial balance"),
    "ledger.holds": Text(
        "Bøgerne stemmer: alle poster giver nul, og hver saldo er summen af sine poster.",
        "The books are right: all entries sum to zero, and every balance is the sum of its entries.",
    ),
    "ledger.does_not_hold": Text(
        "Bøgerne stemmer ikke. Stop udbetalinger, og kontakt driften nu.",
        "The books are not right. Stop payments and contact operations now.",
    ),
    "ledger.account": Text("Konto", "Account"),
    "ledger.accounts": Text("Antal", "Number"),
    "ledger.summed": Text("Lagt sammen", "Summed"),
    "ledger.kept": Text("Ført saldo", "Kept balance"),
    "ledger.difference": Text("Forskel", "Difference"),
    "ledger.not_kept": Text("føres ikke", "not kept"),
    "ledger.total": Text("I alt", "Total"),
    "ledger.two_ways": Text(
        "Borgernes saldi føres ved hver postering og lægges sammen forfra her. Puljer og penge på vej "
        "lægges altid sammen.",
        "The citizens' balances are kept with every posting and summed afresh here. Pools and payments under "
        "way are always summed.",
    ),
    "ledger.nothing_yet": Text(
        "Ingen posteringer endnu. Den første kommer, når en pulje får penge.",
        "No postings yet. The first one comes when a pool gets money.",
    ),
    "ledger.pools": Text("Tilbage i puljerne", "Left in the pools"),
    "ledger.fund": Text("Giv en pulje penge", "Give a pool money"),
    "ledger.programme": Text("Ordning", "Programme"),
    "ledger.amount": Text("Beløb", "Amount"),
    "ledger.fund_confirm": Text("Sæt pengene af", "Set the money aside"),
    "ledger.latest": Text("Seneste bevægelser", "Latest movements"),
    "ledger.date": Text("Dato", "Date"),
    "ledger.kind": Text("Hvad", "What"),
    "ledger.from_to": Text("Fra → til", "From → to"),
    "ledger.trail": Text("Følg pengene", "Follow the money"),
    "account.funding": Text("Kommunens egne penge", "The municipality's own money"),
    "account.pool": Text("Pulje", "Pool"),
    "account.available": Text("Borgerens råderum", "The citizen's to spend"),
    "account.committed": Text("Godkendt, ikke betalt", "Approved, not paid"),
    "account.clearing": Text("Under betaling", "Being paid"),
    "account.spent": Text("Betalt", "Paid"),
    "account.fees": Text("Rykkergebyrer, betalt af kommunen", "Reminder fees, paid by the municipality"),
    "account.claims": Text("Skal kræves tilbage", "To be claimed back"),
    "account.losses": Text("Kom aldrig tilbage", "Never came back"),
    "transaction.claim": Text("Betalt uden at skulle", "Paid though not owed"),
    "transaction.claim_back": Text("Krav kom tilbage", "Claim came back"),
    "transaction.write_off": Text("Krav afskrevet", "Claim written off"),
    "account.card": Text("På kort", "On cards"),
    "account.card_held": Text("Reserveret på kort", "Held on cards"),
    "account.overdraft": Text("Trukket ud over det, der var", "Drawn beyond what there was"),
    "account.exchange_difference": Text("Kursforskel på kort", "Exchange difference of cards"),
    "transaction.load": Text("Lagt på kort", "Put on a card"),
    "transaction.recoup": Text("Taget tilbage fra kort", "Taken back from a card"),
    "transaction.hold": Text("Reserveret af butik", "Held by a shop"),
    "transaction.unhold": Text("Reservation sluppet", "Hold let go"),
    "transaction.capture": Text("Trukket af butik", "Drawn by a shop"),
    "transaction.card_refund": Text("Butik gav penge tilbage", "Shop gave money back"),
    "transaction.overdraft_covered": Text("Overtræk dækket", "Overdraft covered"),
    "transaction.exchange": Text("Kursforskel", "Exchange difference"),
    "transaction.fund": Text("Pulje tilført", "Pool funded"),
    "transaction.grant": Text("Bevilling", "Grant"),
    "transaction.commit": Text("Køb godkendt", "Purchase approved"),
    "transaction.release": Text("Rest af køb frigivet", "Rest of purchase released"),
    "transaction.reserve": Text("Betaling sat i gang", "Payment set going"),
    "transaction.settle": Text("Betalt", "Paid"),
    "transaction.restore": Text("Betaling afvist, penge tilbage", "Payment refused, money back"),
    "transaction.refund": Text("Kreditnota", "Credit note"),
    "transaction.return": Text("Tilbage til puljen", "Back to the pool"),
    "transaction.fee": Text("Rykkergebyr", "Reminder fee"),
    "trail.heading": Text("Pengene i {name}s forløb", "The money of {name}"),
    "trail.back": Text("Tilbage til regnskab", "Back to the books"),
    "trail.lead": Text(
        "Hver postering med det, den betalte for, hele vejen tilbage til borgerens egne ord.",
        "Every posting with what it paid for, all the way back to the citizen's own words.",
    ),
    "trail.lines": Text("Posteringens linjer", "Lines of the posting"),
    "trail.because": Text("Derfor", "Because"),
    "trail.refund": Text("Kreditnota", "Credit note"),
    "trail.payout": Text("Betaling", "Payment"),
    "trail.purchase": Text("Køb", "Purchase"),
    "trail.item": Text("Post i planen", "Item of the plan"),
    "trail.plan": Text("Budgetplan", "Budget plan"),
    "trail.sub_goal": Text("Delmål", "Sub-goal"),
    "trail.dream": Text("Drømmen", "The dream"),
    "trail.invoice": Text("faktura {number}", "invoice {number}"),
    "trail.voucher": Text("bilag {number}", "voucher {number}"),
    "trail.none": Text(
        "Ingen posteringer endnu. Den første er bevillingen, når planen godkendes.",
        "No postings yet. The first one is the grant, when the plan is approved.",
    ),
    "audit.heading": Text("Hændelser", "Log"),
    "audit.lead": Text(
        "Alt, der er gjort eller set. Hver linje bærer et segl over sig selv og den forrige, så intet kan "
        "ændres eller fjernes, uden at det ses.",
        "All that was done or seen. Every line carries a seal over itself and the one before, so that "
        "nothing can be changed or taken out unseen.",
    ),
    "audit.prove": Text("Efterprøv hele kæden nu", "Prove the whole chain now"),
    "audit.whole": Text(
        "Kæden er hel: hvert segl er regnet efter fra den første linje til den sidste.",
        "The chain is whole: every seal was recomputed from the first line to the last.",
    ),
    "audit.broken": Text(
        "Kæden er brudt ved linje {sequence}. Nogen har ændret eller fjernet noget. Kontakt driften nu.",
        "The chain is broken at line {sequence}: something was changed or removed. Contact operations now.",
    ),
    "audit.number": Text("Nr.", "No."),
    "audit.when": Text("Hvornår", "When"),
    "audit.who": Text("Hvem", "Who"),
    "audit.what": Text("Hvad", "What"),
    "audit.seal": Text("Segl", "Seal"),
    "audit.none": Text("Intet er sket endnu.", "Nothing has happened yet."),
}
