"""What made-up citizens spend their money on: things and services, with prices of the time and suppliers.

The suppliers do not exist; their CVR numbers only have a valid check digit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from raaderum.goals.rules import GoalCategory
from raaderum.plans.rules import SpendingCategory

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Article:
    """Something to spend on, for between `low` and `high` whole kroner."""

    description: str
    category: SpendingCategory
    low: int
    high: int
    supplier: str
    why: tuple[str, ...]


def _articles(
    category: SpendingCategory, why: tuple[str, ...], *rows: tuple[str, int, int, str]
) -> tuple[Article, ...]:
    return tuple(Article(what, category, low, high, supplier, why) for what, low, high, supplier in rows)


ARTICLES: Final = (
    *_articles(
        SpendingCategory.TRANSPORT,
        (
            "Når jeg selv kan komme frem, kan jeg sige ja til arbejde længere væk.",
            "Jeg kommer ikke af sted, når jeg skal stå i en fyldt bus. Det her er min vej udenom.",
        ),
        ("Kørekort til bil, teori og kørelektioner", 9_500, 16_500, "Vendepunktets Køreskole"),
        ("Cykel med lås, lygter og kurv", 2_800, 6_500, "Kædehjulet Cykler"),
        ("El-cykel", 8_500, 15_000, "Kædehjulet Cykler"),
        ("Scooter, hjelm og knallertbevis", 11_000, 19_000, "To Hjul & Sønner"),
        ("Periodekort til tog og bus, tre måneder", 1_800, 4_200, "Landevejens Rejsekort"),
    ),
    *_articles(
        SpendingCategory.TUITION,
        (
            "Med beviset i hånden behøver jeg ikke fortælle hele min historie for at få en chance.",
            "Jeg lærer det bedst sammen med nogle, der også er begyndere.",
        ),
        ("Kursus i hundeklipning med bevis", 9_000, 22_000, "Pels & Potes Kursuscenter"),
        ("Negle- og makeupuddannelse, aftenhold", 12_000, 26_000, "Akademiet Spejlbilledet"),
        ("Højskoleophold, 12 uger", 14_000, 24_000, "Havblik Højskole"),
        ("Truck- og kranbevis", 6_500, 12_000, "Løftekraft Kurser"),
        ("Enkeltfag og bøger", 2_500, 7_500, "Voksenskolen ved Åen"),
        ("Svejsekursus med certifikat", 9_000, 18_500, "Jern & Flamme"),
        ("Kursus i massage, grundforløb", 11_000, 21_000, "De Varme Hænder"),
    ),
    *_articles(
        SpendingCategory.COMPUTER_AND_PHONE,
        (
            "Alt foregår på skærmen nu. Uden den er jeg ude, før jeg er begyndt.",
            "Så kan jeg skrive opgaver og svare på breve hjemmefra.",
        ),
        ("Bærbar computer og taske", 4_500, 9_500, "Skærmhuset"),
        ("Mobiltelefon", 1_800, 4_800, "Skærmhuset"),
        ("Printer og papir", 900, 2_200, "Skærmhuset"),
        ("Tegneplade og programmer", 3_000, 7_000, "Skærmhuset"),
    ),
    *_articles(
        SpendingCategory.HOUSING,
        (
            "Når der er rart at være, bliver jeg hjemme om aftenen i stedet for at gå ned på bænken.",
            "Jeg kan have gæster, når der er noget at sidde på.",
            "Ro omkring mig giver ro i hovedet.",
        ),
        ("Indskud til lejlighed", 9_000, 22_000, "Boligforeningen Solgården"),
        ("Seng med madras og dyner", 3_500, 8_500, "Drømmelejet"),
        ("Sofa og sofabord", 4_500, 11_000, "Stuen Møbler"),
        ("Maling, pensler og gulvlak", 1_500, 4_500, "Farvelageret"),
        ("Vaskemaskine", 3_200, 6_200, "Hvidevarer for Alle"),
        ("Køkkenudstyr, gryder og service", 1_200, 3_800, "Gryde & Grej"),
        ("Gardiner, lamper og tæpper", 1_800, 5_200, "Stuen Møbler"),
        ("Spisebord og seks stole", 3_000, 7_500, "Stuen Møbler"),
        ("Flyttebil og flyttefolk", 2_500, 6_000, "Flyt med Sindsro"),
        ("Køjeseng og skriveborde til børnene", 3_000, 7_000, "Drømmelejet"),
    ),
    *_articles(
        SpendingCategory.CLOTHES_AND_CARE,
        (
            "Når tøjet er i orden, tør jeg gå ind ad døren til en samtale.",
            "Jeg vil ligne en, der er på vej et sted hen.",
        ),
        ("Vintertøj og støvler", 1_500, 4_500, "Tråd & Nål"),
        ("Tøj til praktik og samtaler", 2_000, 6_000, "Tråd & Nål"),
        ("Frisør og hudpleje", 800, 2_800, "Salon Nyt Lys"),
        ("Arbejdstøj og sikkerhedssko", 1_400, 3_600, "Værktøjsgården"),
    ),
    *_articles(
        SpendingCategory.DENTIST_AND_GLASSES,
        (
            "Jeg holder hånden op foran munden, når jeg taler. Det vil jeg holde op med.",
            "Når jeg kan se og tygge, kan jeg tænke på noget andet.",
        ),
        ("Tandbehandling efter overslag", 6_000, 19_000, "Tandklinikken Smil"),
        ("Briller med slebne glas", 2_400, 5_800, "Øjeblik Optik"),
    ),
    *_articles(
        SpendingCategory.EXERCISE_AND_LEISURE,
        (
            "Jeg får en fast aftale, som ikke handler om min sag.",
            "Når kroppen er træt på den gode måde, sover jeg.",
        ),
        ("Træning med instruktør i et år", 3_000, 7_500, "Muskelhuset"),
        ("Medlemskab og udstyr til klatring", 2_200, 5_500, "Klub Opad"),
        ("Fiskegrej og medlemskab", 1_500, 4_500, "Lystfiskerne ved Broen"),
        ("Ridning, en gang om ugen", 4_000, 9_000, "Stald Stilhed"),
        ("Svømmekort og svømmeundervisning", 1_200, 3_200, "Vandhallen"),
    ),
    *_articles(
        SpendingCategory.THERAPY,
        (
            "Jeg har brug for én, der kan blive siddende, når det bliver svært.",
            "Når jeg forstår min krop, kan jeg mærke det, før jeg falder i.",
        ),
        ("Terapiforløb, 15 samtaler", 8_500, 16_000, "Samtalerummet"),
        ("Fysioterapi og varmtvandstræning", 3_500, 8_000, "Bevægeklinikken"),
        ("Kostvejledning, et halvt år", 3_000, 6_500, "Tallerkenen Rundt"),
    ),
    *_articles(
        SpendingCategory.FAMILY,
        (
            "Vi skal have noget at huske sammen, der er godt.",
            "Børnene skal se, at jeg kan holde det, jeg lover.",
        ),
        ("Sommerhus med børnene, en uge", 4_500, 9_500, "Klitternes Sommerhuse"),
        ("Konfirmation hjemme", 6_000, 14_000, "Festmad ved Fjorden"),
        ("Udflugter og forlystelsespark", 1_500, 4_500, "Tivoliparken Regnbuen"),
        ("Jul for familien, mad og gaver", 2_000, 6_000, "Købmanden på Hjørnet"),
    ),
    *_articles(
        SpendingCategory.BUSINESS,
        (
            "Jeg har kunderne på papir. Nu skal jeg have udstyret.",
            "Når jeg selv er chef, kan jeg lægge arbejdet, hvor jeg har kræfter.",
        ),
        ("Symaskine, stof og mærker til salg", 5_500, 13_000, "Stof til Eftertanke"),
        ("Værktøj og trailer til havearbejde", 9_000, 21_000, "Værktøjsgården"),
        ("Hjemmeside, visitkort og regnskabsprogram", 3_000, 8_500, "Bogstavværkstedet"),
        ("Massagebriks, olier og klinikleje", 6_000, 14_000, "Klinikfællesskabet"),
    ),
    *_articles(
        SpendingCategory.PETS,
        ("En hund skal ud tre gange om dagen, og det skal jeg så også.",),
        ("Hvalp, kurv, foder og hundetræning", 6_500, 14_000, "Kennel Logrende"),
    ),
    *_articles(
        SpendingCategory.MUSIC,
        (
            "Når jeg spiller, tænker jeg ikke på at ryge.",
            "Med en lærer bliver det til mere end støj.",
        ),
        ("Guitar, forstærker og undervisning", 5_000, 12_500, "Strengespil"),
        ("Keyboard og hovedtelefoner", 3_000, 7_000, "Strengespil"),
    ),
    *_articles(
        SpendingCategory.TATTOO_REMOVAL,
        ("Den siger noget om mig, som ikke passer længere.",),
        ("Fjernelse af tatovering, seks behandlinger", 6_000, 13_000, "Hudklinikken Ny Side"),
    ),
    *_articles(
        SpendingCategory.OTHER,
        ("Det er en lille ting, men den gør resten mulig.",),
        ("Pas, attester og gebyrer", 600, 1_600, "Papirkontoret"),
        ("Lommepenge til udflugter med opfølgning", 600, 1_800, "Købmanden på Hjørnet"),
    ),
)
"""Everything but debt settlement, which is in doubt and so has a place of its own."""

DEBT: Final = Article(
    "Afvikling af to kviklån efter aftale",
    SpendingCategory.DEBT,
    5_000,
    11_000,
    "Inkassohuset Klar Besked",
    ("Når de to lån er væk, bliver der penge tilbage sidst på måneden, og jeg låner ikke igen.",),
)

_TRANSPORT: Final = SpendingCategory.TRANSPORT
FITTING: Final[Mapping[GoalCategory, tuple[SpendingCategory, ...]]] = {
    GoalCategory.EDUCATION_AND_EMPLOYMENT: (
        SpendingCategory.TUITION,
        _TRANSPORT,
        SpendingCategory.COMPUTER_AND_PHONE,
        SpendingCategory.BUSINESS,
        SpendingCategory.CLOTHES_AND_CARE,
    ),
    GoalCategory.HOUSING: (SpendingCategory.HOUSING, SpendingCategory.HOUSING, SpendingCategory.OTHER),
    GoalCategory.HEALTH: (
        SpendingCategory.DENTIST_AND_GLASSES,
        SpendingCategory.EXERCISE_AND_LEISURE,
        SpendingCategory.THERAPY,
    ),
    GoalCategory.SELF_WORTH: (
        SpendingCategory.CLOTHES_AND_CARE,
        SpendingCategory.DENTIST_AND_GLASSES,
        SpendingCategory.EXERCISE_AND_LEISURE,
        SpendingCategory.TATTOO_REMOVAL,
        SpendingCategory.FAMILY,
    ),
    GoalCategory.SOCIAL_RELATIONS: (
        SpendingCategory.FAMILY,
        SpendingCategory.PETS,
        SpendingCategory.EXERCISE_AND_LEISURE,
        SpendingCategory.HOUSING,
    ),
    GoalCategory.FREEDOM_FROM_DRUGS: (
        SpendingCategory.MUSIC,
        SpendingCategory.THERAPY,
        SpendingCategory.EXERCISE_AND_LEISURE,
    ),
    GoalCategory.FINANCIAL_SELF_MANAGEMENT: (SpendingCategory.COMPUTER_AND_PHONE, SpendingCategory.HOUSING),
    GoalCategory.INDEPENDENCE: (_TRANSPORT, SpendingCategory.COMPUTER_AND_PHONE, SpendingCategory.HOUSING),
}
"""What money is spent on for the sake of which goals."""

BASICS: Final = (SpendingCategory.HOUSING, SpendingCategory.CLOTHES_AND_CARE, _TRANSPORT)
"""What nearly everybody spends on, whatever they dream of."""
