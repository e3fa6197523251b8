"""What can be wrong with a precedent, or with a file of them."""

from __future__ import annotations

from raaderum.kernel.errors import Conflict, InvalidInput, RuleBroken
from raaderum.kernel.text import Text


class NotAnonymous(InvalidInput):
    """Words by which a person could be recognised. Never repeats them."""

    code = "not_anonymous"
    text = Text(
        "Teksten indeholder {what}. Skriv i almindelige vendinger, så ingen kan kendes.",
        "The text holds {what_english}. Write in general words, so that nobody can be recognised.",
    )


class PrecedentIncomplete(InvalidInput):
    """A doubt case that does not say what a reader needs."""

    code = "precedent_incomplete"
    text = Text(
        "Skriv spørgsmål, omstændigheder og begrundelse, hver på højst {most} tegn.",
        "Write the question, the circumstances and the reason, each in at most {most} characters.",
    )


class QuarterWrong(InvalidInput):
    """A time that is no quarter."""

    code = "quarter_wrong"
    text = Text("Skriv kvartalet som 2026-Q4.", "Write the quarter as 2026-Q4.")


class PrecedentKnown(Conflict):
    """The same doubt case stands in the library already."""

    code = "precedent_known"
    text = Text(
        "Den samme sag findes allerede i biblioteket. Se den der.",
        "The same case is in the library already. See it there.",
    )


class PrecedentNotDraft(Conflict):
    """A precedent that has been published or withdrawn already."""

    code = "precedent_not_draft"
    text = Text("Det er allerede afgjort. Hent listen igen.", "It is settled already. Read the list again.")


class PrecedentNotPublished(Conflict):
    """A precedent that nobody has published was to be followed up."""

    code = "precedent_not_published"
    text = Text(
        "Kun offentliggjorte sager følges op. Bed en teamleder offentliggøre den først.",
        "Only published cases are followed up. Ask a team leader to publish it first.",
    )


class OwnPrecedent(RuleBroken):
    """The writer was to confirm their own anonymising."""

    code = "own_precedent"
    text = Text(
        "Du har selv skrevet sagen. En anden skal se efter, at ingen kan kendes.",
        "You wrote this case yourself. Somebody else must check that nobody can be recognised.",
    )


class PrecedentFileWrong(InvalidInput):
    """A file that does not hold precedents as they are exported."""

    code = "precedent_file_wrong"
    text = Text(
        "Filen kan ikke læses ind: {reason}. Intet er ændret. Bed kommunen om en ny fil fra biblioteket.",
        "The file cannot be taken in: {reason_english}. Nothing was changed. "
        "Ask the municipality for a new file from its library.",
    )
