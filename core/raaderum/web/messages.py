"""What the fields of a request say when they refuse something, in two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from typing import Self


class Message(str):
    """A `Text` that passes through marshmallow, which carries its messages as strings."""

    __slots__ = ("text",)
    text: Text

    def __new__(cls, danish: str, english: str) -> Self:
        """Make the message; as a plain string it is the English wording."""
        message = super().__new__(cls, english)
        message.text = Text(danish, english)
        return message

    def __reduce__(self) -> tuple[type[Message], tuple[str, str]]:
        """Let the message be copied: schemas are, wherever they are documented."""
        return Message, (self.text.danish, self.text.english)

    def format(self, *_unused: object, **values: object) -> Message:
        """Fill the placeholders of both languages."""
        filled = self.text.filled(**values)
        return Message(filled.danish, filled.english)


REQUIRED = Message("Feltet mangler.", "The field is missing.")
NULL = Message("Feltet må ikke være tomt (null).", "The field must not be null.")
UNKNOWN = Message(
    "Feltet findes ikke her. Fjern det, eller ret navnet.",
    "There is no such field here. Remove it, or correct its name.",
)
NOT_AN_OBJECT = Message("Her skal stå et JSON-objekt.", "This must be a JSON object.")
NOT_A_LIST = Message("Her skal stå en liste.", "This must be a list.")
NOT_A_TEXT = Message("Her skal stå en tekst.", "This must be a text.")
NOT_STORABLE = Message(
    "Teksten indeholder et tegn, der ikke kan gemmes (NUL eller et halvt tegn). Fjern det.",
    "The text holds a character that cannot be stored (NUL or half a character). Remove it.",
)
LENGTH = Message(
    "Teksten skal være mellem {min} og {max} tegn.", "The text must have between {min} and {max} characters."
)
PATTERN = Message("Teksten har ikke den rette form.", "The text does not have the right form.")
NOT_YES_OR_NO = Message("Skriv true eller false.", "Write true or false.")
NOT_WHOLE = Message("Her skal stå et helt tal.", "This must be a whole number.")
RANGE = Message("Tallet skal være fra {min} til {max}.", "The number must be from {min} to {max}.")
NOT_OERE = Message(
    "Beløbet skal være et helt antal øre, uden anførselstegn: 1.250,50 kr. er 125050.",
    "The amount must be a whole number of øre, without quotes: 1.250,50 kr. is 125050.",
)
NOT_AN_IDENTIFIER = Message("Her skal stå en id (UUID).", "This must be an id (UUID).")
NOT_A_DAY = Message("Her skal stå en dato som 2026-01-31.", "This must be a date such as 2026-01-31.")
NOT_A_CHOICE = Message("Skriv en af: {choices}.", "Write one of: {choices}.")
NOT_AN_ANSWER = Message(
    "Et svar er ja/nej (true/false), et helt tal, en kort tekst eller null.",
    "An answer is true/false, a whole number, a short text or null.",
)
NOT_A_CURSOR = Message(
    "Skriv værdien af »next« fra den forrige side, eller udelad feltet.",
    "Write the value of “next” of the page before, or leave the field out.",
)
COUNT = Message("Der skal være mellem {min} og {max}.", "There must be between {min} and {max}.")
