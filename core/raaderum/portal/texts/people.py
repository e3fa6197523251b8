"""Support persons, staff and their roles, and how much each has to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_SUPPORT: Final[Mapping[str, Text]] = {
    "support.heading": Text("Støtteperson", "Support person"),
    "support.lead": Text(
        "En borger har altid én støtteperson. Borgeren kan bede om en anden uden at sige hvorfor.",
        "A citizen always has one support person. The citizen can ask for another without saying why.",
    ),
    "support.lead_own": Text(
        "Du har altid én støtteperson. Du kan bede om en anden uden at sige hvorfor.",
        "You always have one support person. You can ask for another without saying why.",
    ),
    "support.name": Text("Navn", "Name"),
    "support.kind": Text("Hvad", "What"),
    "support.when": Text("Hvornår", "When"),
    "support.now": Text("nu", "now"),
    "support.handover": Text("Overlevering", "Handover"),
    "support.handover_hint": Text(
        "Hvad skal den næste vide? Medarbejdere på sagen kan læse det, borgeren kan ikke.",
        "What does the next one need to know? Staff on the case can read it, the citizen cannot.",
    ),
    "support.wished": Text("Borgeren ønsker en anden støtteperson", "The citizen wishes for another"),
    "support.wished_what_to_do": Text(
        "Ønsket kom {at}. Vælg en anden støtteperson her. Borgeren skal ikke begrunde det.",
        "The wish came {at}. Choose another support person here. The citizen need not say why.",
    ),
    "support.wish": Text("Vil du have en anden støtteperson?", "Would you like another support person?"),
    "support.wish_lead": Text(
        "Du skal ikke sige hvorfor. Koordinatoren får besked og finder en anden.",
        "You need not say why. The coordinator is told and finds another.",
    ),
    "support.wish_send": Text("Jeg vil have en anden støtteperson", "I would like another support person"),
    "support.wish_sent": Text("Du bad om det {at}.", "You asked for it {at}."),
    "support.wish_withdraw": Text("Fortryd ønsket", "Take the wish back"),
    "support.change": Text("Skift støtteperson", "Change the support person"),
    "support.change_lead": Text(
        "Adgangen flytter med det samme. Den tidligere kan ikke se sagen længere; det, de har gjort, "
        "beholder deres navn.",
        "The access moves at once. The former one can no longer see the case; what they did keeps"
        " their name.",
    ),
    "support.new": Text("Ny støtteperson", "New support person"),
    "support.choose": Text("Vælg", "Choose"),
    "support.change_send": Text("Skift nu", "Change now"),
    "support.substitute": Text("Sæt en vikar ind", "Appoint a substitute"),
    "support.substitute_lead": Text(
        "Vikaren har samme adgang som støttepersonen i perioden og ingen før eller efter.",
        "The substitute has the support person's access in the period, and none before or after.",
    ),
    "support.substitute_who": Text("Vikar", "Substitute"),
    "support.substitute_today": Text("Vikar i dag: {name}", "Substitute today: {name}"),
    "support.from": Text("Fra og med", "From"),
    "support.to": Text("Til og med", "Until"),
    "support.substitute_send": Text("Sæt ind", "Appoint"),
    "support.end_substitution": Text("Slut nu", "End now"),
    "support.no_candidates": Text(
        "Kommunen har ikke andre støttepersoner. Bed administratoren om at oprette en.",
        "The municipality has no other support person. Ask the administrator to register one.",
    ),
    "done.hand_over_cases": Text("Sagerne er overdraget.", "The cases are handed over."),
    "done.wish_other_support_person": Text(
        "Koordinatoren har fået dit ønske.", "The coordinator has your wish."
    ),
    "done.withdraw_support_wish": Text("Ønsket er trukket tilbage.", "The wish has been taken back."),
    "done.change_support_person": Text(
        "Borgeren har fået en ny støtteperson.", "The citizen has a new support person."
    ),
    "done.appoint_substitute": Text("Vikaren er sat ind.", "The substitute is appointed."),
    "done.end_substitution": Text("Vikarens tid er slut.", "The substitute's time has ended."),
}
_STAFF: Final[Mapping[str, Text]] = {
    "nav.staff": Text("Medarbejdere", "Staff"),
    "staff.heading": Text("Medarbejdere", "Staff"),
    "staff.lead": Text(
        "Hver person står her én gang, uanset hvor mange roller de har.",
        "Each person stands here once, however many roles they have.",
    ),
    "staff.name": Text("Navn", "Name"),
    "staff.email": Text("E-mail", "E-mail"),
    "staff.roles": Text("Roller", "Roles"),
    "staff.open_cases": Text("Støtteperson for", "Support person of"),
    "staff.change": Text("Ret", "Change"),
    "staff.change_of": Text("Ret {name}", "Change {name}"),
    "staff.own": Text("dig selv", "yourself"),
    "staff.left": Text("holdt op {at}", "left {at}"),
    "staff.give": Text("Giv en rolle", "Give a role"),
    "staff.give_send": Text("Giv rollen", "Give the role"),
    "staff.take": Text("Tag en rolle", "Take a role"),
    "staff.take_send": Text("Tag rollen", "Take the role"),
    "staff.leave": Text("Holder op nu", "Leaves now"),
    "staff.leave_hint": Text(
        "Alle roller og log-ind slutter med det samme. Navnet bliver stående på det, de har gjort.",
        "All roles and sign-ins end at once. The name stays on what they have done.",
    ),
    "staff.register": Text("Opret medarbejder", "Register a member of staff"),
    "staff.pairs": Text("Roller, én person ikke kan have sammen", "Roles that one person cannot have"),
    "done.register_staff": Text("Medarbejderen er oprettet.", "The member of staff is registered."),
    "done.give_role": Text("Rollen er givet.", "The role is given."),
    "done.take_role": Text("Rollen er taget, og log-ind med den er slut.", "The role is taken."),
    "done.end_employment": Text("Medarbejderen er holdt op.", "The member of staff has left."),
}
_LOAD: Final[Mapping[str, Text]] = {
    "nav.load": Text("Belastning", "Load"),
    "load.heading": Text("Belastning og ventetid", "Load and waiting time"),
    "load.lead": Text(
        "Hvor mange borgere hver støtteperson har, og hvor længe et ønske om køb venter på svar: "
        "den midterste ventetid det seneste år.",
        "How many citizens each support person has, and how long a request for a purchase waits for its "
        "answer: the median of the last year.",
    ),
    "load.cases": Text("Borgere", "Citizens"),
    "load.tasks": Text("Noterede opgaver", "Tasks written down"),
    "load.waiting": Text("Køb uden svar", "Purchases without an answer"),
    "load.days": Text("Dage til svar", "Days to an answer"),
    "load.number_of_days": Text("{days} dage", "{days} days"),
    "load.no_answers": Text("ingen svar endnu", "no answers yet"),
}

TEXTS: Final[Mapping[str, Text]] = {**_SUPPORT, **_STAFF, **_LOAD}
