"""The words of the conditions, put together from the rules that an enrolment is pinned to; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.conditions.rules import Section, Terms
from raaderum.kernel.money import format_kroner
from raaderum.kernel.text import Text
from raaderum.programmes.rules import RefundPolicy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from raaderum.kernel.money import Oere
    from raaderum.programmes.rules import ProgrammeVersion

EDITION: Final = 1
"""Of the words below. It is counted up whenever one of them changes."""

REFUND_WORDS: Final[Mapping[RefundPolicy, Text]] = {
    RefundPolicy.WHOLE_AMOUNT: Text(
        "Hele beløbet er dit at bruge, så længe det er til det, I har aftalt i planen.",
        "The whole amount is yours to use, as long as it is for what was agreed in the plan.",
    ),
    RefundPolicy.BACK_TO_POOL: Text(
        "Det, dine delmål ikke har brug for, går tilbage til puljen, hvor en anden borger kan få det.",
        "What your sub-goals do not need goes back to the pool, where another citizen may get it.",
    ),
}

_TITLE: Final = Text("Vilkår for {name}, {municipality}", "Conditions of {name}, {municipality}")
_LAW: Final = Section(
    Text("Hvad ordningen bygger på", "What the programme is founded on"), Text("{law}.", "{law}.")
)
_RIGHT: Final = Text("Det, du får", "What you get")
_FIXED_LENGTH: Final = Text(
    "Du får ret til at bruge op til {ceiling} i {months} måneder. Det hedder en trækningsret. Månederne "
    "begynder først den dag, din plan bliver godkendt.",
    "You get the right to use up to {ceiling} for {months} months. It is called a drawing right. The months "
    "do not begin until the day your plan is approved.",
)
_AGREED_LENGTH: Final = Text(
    "Du får ret til at bruge op til {ceiling} i {least} til {months} måneder. Det hedder en trækningsret. "
    "Hvor længe aftales, når din plan bliver godkendt, og månederne begynder først den dag.",
    "You get the right to use up to {ceiling} for {least} to {months} months. It is called a drawing right. "
    "How long is agreed when your plan is approved, and the months do not begin until that day.",
)
_PLANNING: Final = Section(
    Text("Tid til at lave din plan", "Time to make your plan"),
    Text(
        "Fra du siger ja, har du højst {days} dage til at lave din plan.",
        "From the day you say yes, you have at most {days} days to make your plan.",
    ),
)
_DREAMING: Final = Section(
    Text("Tid til at drømme", "Time to dream"),
    Text(
        "Fra du siger ja, er der tid til at drømme og planlægge. Den tid tæller ikke med i månederne.",
        "From the day you say yes, there is time to dream and plan. That time does not count in the months.",
    ),
)
_PAYMENT: Final = Section(
    Text("Sådan bliver der betalt", "How payments are made"),
    Text(
        "Din støtteperson beder kommunen om hvert køb for dig, og kommunen betaler. Du får som regel ikke "
        "penge i hånden.",
        "Your support person asks the municipality for each purchase on your behalf, and the municipality "
        "pays. As a rule you do not get money in hand.",
    ),
)
_RECEIPTS: Final = Section(
    Text("Kvitteringer", "Receipts"),
    Text(
        "Betaler du selv noget med penge fra kommunen, skal kommunen have kvitteringen senest {days} dage "
        "efter.",
        "If you pay for something yourself with money from the municipality, it must have the receipt within "
        "{days} days.",
    ),
)
_LEFT: Final = Text("Det, der er tilbage", "What is left over")
_SUPPLEMENT: Final = Section(
    Text("Oven i det, du har ret til", "On top of what is owed to you"),
    Text(
        "Pengene er et tillæg. De erstatter aldrig støtte, du har ret til efter serviceloven, lov om en "
        "aktiv beskæftigelsesindsats (LAB), lov om aktiv socialpolitik (LAS) eller en anden lov.",
        "The money is a supplement. It never replaces support that is owed to you under the Social Services "
        "Act, the Active Employment Act (LAB), the Active Social Policy Act (LAS) or another act.",
    ),
)
_TAX: Final = Section(
    Text("Skat og ydelser", "Tax and benefits"),
    Text(
        "Du betaler ikke skat af pengene, og de bliver ikke trukket fra i dine ydelser.",
        "You pay no tax on the money, and it is not counted against your benefits.",
    ),
)
_DECLARATION: Final = Section(
    Text("Tro og love", "Solemn declaration"),
    Text(
        "Jeg erklærer på tro og love, at jeg vil bruge pengene, som det er aftalt i min godkendte plan. "
        "Misbruger jeg dem, kan kommunen kræve dem betalt tilbage.",
        "I solemnly declare that I will use the money as agreed in my approved plan. If I misuse it, the "
        "municipality can claim it back.",
    ),
)
_STOP: Final = Section(
    Text("Du kan stoppe", "You can stop"),
    Text(
        "Du kan stoppe, når du vil. Du behøver ikke sige hvorfor.",
        "You can stop whenever you want. You need not say why.",
    ),
)
_SUPPORT_PERSON: Final = Section(
    Text("Din støtteperson", "Your support person"),
    Text(
        "Du har altid én støtteperson. Du kan når som helst bede om en anden. Du behøver ikke sige hvorfor.",
        "You always have one support person. You can ask for another at any time, and you need not say why.",
    ),
)
_MOVING: Final = Section(
    Text("Hvis du flytter", "If you move"),
    Text(
        "Flytter du til en anden kommune, slutter forløbet den dag, du flytter.",
        "If you move to another municipality, the course ends on the day you move.",
    ),
)
_SAME_RULES: Final = Section(
    Text("De samme regler hele vejen", "The same rules all the way"),
    Text(
        "De regler, du siger ja til nu, gælder for dig hele vejen, også hvis kommunen laver nye.",
        "The rules you accept now are yours all the way, even if the municipality makes new ones.",
    ),
)
_REFLECTION: Final = Section(
    Text("Betænkningstid", "Time to think"),
    Text(
        "Du har {days} dage til at tænke dig om, fra du fik tilbuddet. Du må gerne svare før, og tilbuddet "
        "falder ikke bort af sig selv.",
        "You have {days} days to think from the day of the offer. You may answer before, and the offer does "
        "not lapse by itself.",
    ),
)
_OWN: Final = Text("Kommunens egne vilkår", "The municipality's own conditions")


def terms_of(rules: ProgrammeVersion, *, municipality: str, ceiling: Oere) -> Terms:
    """Return the conditions of an enrolment under `rules`; `ceiling` is the citizen's own, in øre."""
    length = _FIXED_LENGTH if rules.min_months == rules.months else _AGREED_LENGTH
    kroner = format_kroner(ceiling)
    sections = [
        Section(_RIGHT, length.filled(ceiling=kroner, months=rules.months, least=rules.min_months)),
        _planning(rules),
        _PAYMENT,
        _with_days(_RECEIPTS, rules.receipt_days),
        Section(_LEFT, REFUND_WORDS[rules.refund_policy]),
        _SUPPLEMENT,
        _TAX,
        _DECLARATION,
        _STOP,
        _SUPPORT_PERSON,
        _MOVING,
        _SAME_RULES,
    ]
    if rules.reflection_days:
        sections.append(_with_days(_REFLECTION, rules.reflection_days))
    if rules.own_conditions is not None:
        sections.append(Section(_OWN, rules.own_conditions))
    sections.append(Section(_LAW.heading, _in_both(_LAW.body, law=rules.law)))
    return Terms(
        version=f"{rules.valid_from}/{EDITION}",
        title=_in_both(_TITLE, name=rules.name, municipality=Text(municipality, municipality)),
        sections=tuple(sections),
    )


def _planning(rules: ProgrammeVersion) -> Section:
    if rules.planning_limit_days is None:
        return _DREAMING
    return _with_days(_PLANNING, rules.planning_limit_days)


def _with_days(section: Section, days: int) -> Section:
    return Section(section.heading, section.body.filled(days=days))


def _in_both(words: Text, **texts: Text) -> Text:
    """Return `words` with each placeholder filled in its own language."""
    return Text(
        words.danish.format(**{name: text.danish for name, text in texts.items()}),
        words.english.format(**{name: text.english for name, text in texts.items()}),
    )
