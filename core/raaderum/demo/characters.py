"""The made-up people of the demo. Nobody in it exists; every CPR number has 60 added to its day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from raaderum.goals.rules import GoalCategory
from raaderum.kernel.money import Oere
from raaderum.people.roles import Role
from raaderum.plans.rules import SpendingCategory

if TYPE_CHECKING:
    from collections.abc import Mapping


class Stage(IntEnum):
    """How far a citizen has come; each stage holds all before it."""

    REFERRED = 1
    DREAMING = 2
    PLAN_PROPOSED = 3
    GRANTED = 4
    PURCHASE_REQUESTED = 5
    PURCHASE_APPROVED = 6
    INVOICED = 7
    PAID = 8
    CREDITED = 9


@dataclass(frozen=True, slots=True)
class Supplier:
    """A shop or school that does not exist; the CVR number only has a valid check digit."""

    name: str
    cvr: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to spend on: an item of the plan, and the purchase towards it.

    It is needed in `needed_in_days`; None: some months on, by its place in the plan.
    """

    description: str
    category: SpendingCategory
    amount: Oere
    why: str
    supplier: Supplier
    needed_in_days: int | None = None


@dataclass(frozen=True, slots=True)
class Character:
    """A made-up citizen: who they are, what they dream of, and how far they have come."""

    name: str
    age: int
    programme: str
    dream: str
    categories: tuple[GoalCategory, ...]
    sub_goals: tuple[str, ...]
    wishes: tuple[Wish, ...]
    stage: Stage


DRIVING_SCHOOL: Final = Supplier("Havnens Køreskole ApS", "10000009")
BICYCLES: Final = Supplier("Cykelsmeden i Gågaden", "10000017")
FURNITURE: Final = Supplier("Genbo Møbler A/S", "10000025")
COMPUTERS: Final = Supplier("Tastegaarden ApS", "10000033")
EVENING_SCHOOL: Final = Supplier("Aftenskolen Fjorden", "10000041")
DENTIST: Final = Supplier("Tandlægerne på Torvet", "10000068")
MUSIC_SHOP: Final = Supplier("Klang & Streng I/S", "10000076")
FITNESS: Final = Supplier("Foreningen Fri Bevægelse", "10000084")

LICENCE: Final = Wish(
    "Kørekort til bil, lovpakke",
    SpendingCategory.TRANSPORT,
    Oere(14_500_00),
    "Med kørekort kan jeg søge job uden for byen.",
    DRIVING_SCHOOL,
)
BICYCLE: Final = Wish(
    "Cykel med lygter og lås",
    SpendingCategory.TRANSPORT,
    Oere(4_299_50),
    "Så kan jeg komme af sted om morgenen, også når bussen ikke kører.",
    BICYCLES,
    needed_in_days=5,
)
SOFA_AND_BED: Final = Wish(
    "Seng, sofa og spisebord",
    SpendingCategory.HOUSING,
    Oere(11_250_00),
    "Når der er rart at være, bliver jeg boende.",
    FURNITURE,
)
LAPTOP: Final = Wish(
    "Bærbar computer",
    SpendingCategory.COMPUTER_AND_PHONE,
    Oere(5_995_00),
    "Jeg skal kunne skrive opgaver og ansøgninger.",
    COMPUTERS,
)
COURSE: Final = Wish(
    "Kursus i svejsning, 6 uger",
    SpendingCategory.TUITION,
    Oere(18_400_00),
    "Værkstedet tager mig, hvis jeg har certifikatet.",
    EVENING_SCHOOL,
)
TEETH: Final = Wish(
    "Tandbehandling efter overslag",
    SpendingCategory.DENTIST_AND_GLASSES,
    Oere(16_780_25),
    "Jeg vil kunne smile til en jobsamtale.",
    DENTIST,
)
GUITAR: Final = Wish(
    "Guitar og ti timers undervisning",
    SpendingCategory.MUSIC,
    Oere(6_349_00),
    "Musikken er det, der holder mig fra at tage stoffer. Læreren viser mig hvordan.",
    MUSIC_SHOP,
)
TRAINING: Final = Wish(
    "Medlemskab og træner i et år",
    SpendingCategory.EXERCISE_AND_LEISURE,
    Oere(3_600_00),
    "Jeg får en grund til at stå op og nogen at følges med.",
    FITNESS,
)

OUTINGS: Final = Wish(
    "Ture med børnene: svømmehal, biograf, café",
    SpendingCategory.FAMILY,
    Oere(2_400_00),
    "Vi skal have noget at være sammen om, som de husker.",
    FITNESS,
    needed_in_days=7,
)

_HOUSING: Final = (GoalCategory.HOUSING, GoalCategory.INDEPENDENCE)
_WORK: Final = (GoalCategory.EDUCATION_AND_EMPLOYMENT,)
_HEALTH: Final = (GoalCategory.HEALTH, GoalCategory.SELF_WORTH)
_PBB: Final = "personligt-borgerstyret-budget"
_LTT: Final = "langtidsledige-tager-teten"
_MIT_LIV: Final = "mit-liv-min-styring"

STAFF: Final[Mapping[str, tuple[tuple[str, Role], ...]]] = {
    "aarhus": (
        ("Signe Thorup", Role.SUPPORT_PERSON),
        ("Rasmus Bundgaard", Role.SUPPORT_PERSON),
        ("Karen Vestergaard", Role.COORDINATOR),
        ("Torben Friis", Role.TEAM_LEADER),
        ("Frida Østergaard", Role.FINANCE_OFFICER),
        ("Anders Lund", Role.ADMINISTRATOR),
    ),
    "halsnaes": (
        ("Jonna Skov", Role.SUPPORT_PERSON),
        ("Michael Dam", Role.COORDINATOR),
        ("Bente Kjær", Role.TEAM_LEADER),
        ("Poul Ravn", Role.FINANCE_OFFICER),
        ("Lise Brandt", Role.ADMINISTRATOR),
    ),
    "kolding": (
        ("Amalie Juhl", Role.SUPPORT_PERSON),
        ("Henrik Bach", Role.COORDINATOR),
        ("Mette Gram", Role.TEAM_LEADER),
        ("Ole Winther", Role.FINANCE_OFFICER),
        ("Inger Holst", Role.ADMINISTRATOR),
    ),
    "lejre": (
        ("Sofie Bruun", Role.SUPPORT_PERSON),
        ("Jens Aagaard", Role.COORDINATOR),
        ("Kirsten Toft", Role.TEAM_LEADER),
        ("Niels Borg", Role.FINANCE_OFFICER),
        ("Ruth Damgaard", Role.ADMINISTRATOR),
    ),
}

CITIZENS: Final[Mapping[str, tuple[Character, ...]]] = {
    "aarhus": (
        Character(
            "Mikkel Sand",
            23,
            _PBB,
            "Jeg vil ha' min egen dør at lukke. Og et arbejde hvor de regner med mig.",
            (*_HOUSING, *_WORK),
            ("Tage kørekort", "Flytte ind i en lejlighed", "Få et job på værksted"),
            (LICENCE, SOFA_AND_BED, BICYCLE),
            Stage.PAID,
        ),
        Character(
            "Sarah Lindholm",
            20,
            _PBB,
            "At sove hjemme hos mig selv. At mor kan komme på besøg.",
            _HOUSING,
            ("Få en bolig", "Indrette den, så den er min"),
            (SOFA_AND_BED, LAPTOP),
            Stage.INVOICED,
        ),
        Character(
            "Yusuf Demir",
            27,
            _PBB,
            "Jeg vil spille igen, foran folk, uden at være påvirket 🎸",
            (GoalCategory.FREEDOM_FROM_DRUGS, GoalCategory.SELF_WORTH),
            ("Øve hver dag", "Spille til åben scene"),
            (GUITAR,),
            Stage.PLAN_PROPOSED,
        ),
        Character(
            "Tina Overgaard",
            44,
            _LTT,
            "Jeg vil tilbage på arbejdsmarkedet, men på et sted hvor mit hoved kan følge med.",
            _WORK,
            ("Lære at svejse", "Komme i praktik"),
            (COURSE, BICYCLE),
            Stage.PAID,
        ),
        Character(
            "Bjarne Holt",
            52,
            _LTT,
            "Tænder jeg tør vise frem, så jeg tør gå til samtale.",
            (*_WORK, *_HEALTH),
            ("Få lavet tænder", "Søge fem job om måneden"),
            (TEETH,),
            Stage.PURCHASE_REQUESTED,
        ),
    ),
    "halsnaes": (
        Character(
            "Lone Krag",
            46,
            _MIT_LIV,
            "Jeg vil se mine børn oftere og kunne invitere dem på noget.",
            (GoalCategory.SOCIAL_RELATIONS, GoalCategory.HEALTH),
            ("Komme ud hver dag", "Have råd til at mødes"),
            (BICYCLE, TRAINING, OUTINGS),
            Stage.CREDITED,
        ),
        Character(
            "Preben Vang",
            58,
            _MIT_LIV,
            "Ro. En seng, et bord og en dag uden at drikke.",
            (*_HOUSING, GoalCategory.FREEDOM_FROM_DRUGS),
            ("Et hjem der ligner et hjem",),
            (SOFA_AND_BED,),
            Stage.PURCHASE_APPROVED,
        ),
        Character(
            "Dorte Lind",
            33,
            _MIT_LIV,
            "Jeg ved det ikke endnu. Jeg vil gerne have tid til at finde ud af det.",
            _HEALTH,
            ("Finde ud af, hvad jeg vil",),
            (TRAINING,),
            Stage.DREAMING,
        ),
    ),
    "kolding": (
        Character(
            "Emil Thyge",
            22,
            _PBB,
            "Blive færdig med noget for én gangs skyld. Tømrer måske.",
            _WORK,
            ("Begynde på grundforløb", "Komme til tiden"),
            (LAPTOP, BICYCLE),
            Stage.PAID,
        ),
        Character(
            "Nanna Frost",
            25,
            _PBB,
            "At kunne stå i køen i Netto uden at gå i panik.",
            _HEALTH,
            ("Træne med andre", "Tage bussen alene"),
            (TRAINING,),
            Stage.INVOICED,
        ),
        Character(
            "Kasper Ibsen",
            19,
            _PBB,
            "Min egen nøgle.",
            _HOUSING,
            ("Bo et sted i mere end tre måneder",),
            (SOFA_AND_BED,),
            Stage.REFERRED,
        ),
    ),
    "lejre": (
        Character(
            "Gitte Sommer",
            38,
            _PBB,
            "At mine drenge vil komme hjem til mig i weekenden og synes der er godt.",
            (GoalCategory.SOCIAL_RELATIONS, *_HOUSING),
            ("Gøre værelset klar", "Kunne hente dem"),
            (SOFA_AND_BED, LICENCE),
            Stage.PAID,
        ),
        Character(
            "Flemming Krogh",
            61,
            _PBB,
            "En tur om ugen ud af huset, med nogen der husker hvad jeg hedder.",
            (GoalCategory.SOCIAL_RELATIONS,),
            ("Gå til noget fast",),
            (TRAINING, BICYCLE),
            Stage.PURCHASE_REQUESTED,
        ),
    ),
}
