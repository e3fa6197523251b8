"""What stands around every page, and on the pages before sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, Text]] = {
    "frame.product": Text("Råderum", "Råderum"),
    "frame.skip": Text("Gå til indholdet", "Skip to the content"),
    "frame.navigation": Text("Sider", "Pages"),
    "frame.other_language": Text("In English", "På dansk"),
    "frame.sign_out": Text("Log ud", "Sign out"),
    "frame.problem": Text("Det kunne ikke gøres", "It could not be done"),
    "frame.foot": Text(
        "Råderum – personlige borgerstyrede budgetter", "Råderum – personal citizen-directed budgets"
    ),
    "nav.way_in": Text("Nye borgere", "New citizens"),
    "nav.money": Text("Penge", "Money"),
    "nav.practice": Text("Regler og praksis", "Rules and practice"),
    "nav.administration": Text("Administration", "Running it"),
    "nav.own_case": Text("Mit forløb", "My course"),
    "nav.cases": Text("Borgere", "Citizens"),
    "nav.referral": Text("Ny indstilling", "New referral"),
    "nav.invoices": Text("Fakturaer", "Invoices"),
    "nav.payouts": Text("Betalinger", "Payments"),
    "nav.ledger": Text("Regnskab", "Books"),
    "nav.audit": Text("Hændelser", "Log"),
    "nav.programmes": Text("Ordninger", "Programmes"),
    "field.optional": Text("(kan udelades)", "(optional)"),
    "field.unit": Text("kr.", "kr."),
    "list.older": Text("Vis ældre", "Show older"),
    "municipalities.heading": Text("Vælg din kommune", "Choose your municipality"),
    "municipalities.lead": Text(
        "Råderum holder styr på borgerstyrede budgetter: borgerens drøm, planen og hver krone.",
        "Råderum keeps track of citizen-directed budgets: the citizen's dream, the plan and every krone.",
    ),
    "sign_in.heading": Text("Log ind", "Sign in"),
    "sign_in.not_set_up": Text(
        "Der er ikke sat log-ind op for kommunen endnu.",
        "Sign-in has not been set up for the municipality yet.",
    ),
    "sign_in.not_set_up_what_to_do": Text(
        "Bed kommunens administrator om at få det sat op. Intet her kan ses uden log-ind.",
        "Ask the municipality's administrator to set it up. Nothing can be seen here without signing in.",
    ),
    "sign_in.made_up": Text(
        "Dette er en demo med opdigtede mennesker. Vælg, hvem du vil være.",
        "This is a demo with made-up people. Choose who you want to be.",
    ),
    "sign_in.staff": Text("Medarbejdere", "Staff"),
    "sign_in.citizens": Text("Borgere", "Citizens"),
    "sign_in.nobody": Text(
        "Her er ingen endnu. Fyld demoen med opdigtede borgere først.",
        "There is nobody here yet. Fill the demo with made-up citizens first.",
    ),
}
