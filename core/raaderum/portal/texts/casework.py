"""Tasks, notes, messages, the timeline and group courses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from raaderum.kernel.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_TASKS: Final[Mapping[str, Text]] = {
    "nav.tasks": Text("Mine opgaver", "My tasks"),
    "tasks.heading": Text("Mine opgaver", "My tasks"),
    "tasks.what": Text("Hvad", "What"),
    "tasks.due": Text("Frist", "Due"),
    "tasks.overdue": Text("over fristen", "overdue"),
    "tasks.done": Text("Løst", "Done"),
    "tasks.finish": Text("Løst", "Done"),
    "tasks.none": Text("Der venter ikke noget på dig.", "Nothing waits for you."),
    "tasks.left_out": Text("Og {number} til med senere frist.", "And {number} more that are due later."),
    "tasks.write": Text("Notér en opgave", "Write a task down"),
    "tasks.title": Text("Hvad skal gøres?", "What is to be done?"),
    "tasks.for": Text("Hvem", "Who"),
    "tasks.write_send": Text("Notér", "Write down"),
    "done.write_task": Text("Opgaven er noteret.", "The task is written down."),
    "done.finish_task": Text("Opgaven er løst.", "The task is done."),
}
_SEARCH: Final[Mapping[str, Text]] = {
    "search.narrow": Text("Søg i borgerne", "Search the citizens"),
    "search.everybody": Text("alle", "all"),
    "search.all_programmes": Text("alle ordninger", "all programmes"),
    "search.overdue": Text("kun med noget over fristen", "only with something overdue"),
    "search.show": Text("Vis", "Show"),
    "search.name": Text("Find en borger", "Find a citizen"),
    "search.name_hint": Text("Mindst to bogstaver af navnet.", "At least two letters of the name."),
    "search.find": Text("Find", "Find"),
    "search.not_whole": Text(
        "Der kan være flere: der ledes i de nyeste 2.000 sager, og højst 50 vises.",
        "There may be more: the newest 2,000 cases are searched, and at most 50 are shown.",
    ),
    "search.hand_over": Text("Overdrag flere på én gang", "Hand several over at once"),
    "search.hand_over_lead": Text(
        "De valgte borgere får den samme nye støtteperson. Kan én ikke overdrages, bliver ingen det.",
        "The chosen citizens get the same new support person. If one cannot be handed over, none is.",
    ),
    "search.whom": Text("Borgere", "Citizens"),
    "search.hand_over_send": Text("Overdrag", "Hand over"),
}
_NOTES: Final[Mapping[str, Text]] = {
    "notes.heading": Text("Noter", "Notes"),
    "notes.lead": Text(
        "Vælg for hver note, hvem der kan læse den. En note kan ikke ændres, kun rettes med en ny.",
        "Choose for each note who can read it. A note cannot be changed, only corrected by a new one.",
    ),
    "notes.lead_citizen": Text(
        "Her er de noter, der deles med dig. Du kan bede kommunen om indsigt i alt, der står om dig.",
        "Here are the notes that are shared with you. You can ask the municipality for access to all "
        "that is kept about you.",
    ),
    "notes.text": Text("Note", "Note"),
    "notes.audience": Text("Hvem kan læse den?", "Who can read it?"),
    "notes.audience_hint": Text(
        "Fortrolige noter kan ikke ses af borgeren her, men er med, når borgeren beder om indsigt.",
        "The citizen cannot see confidential notes here; a request for access is answered with them too.",
    ),
    "notes.write": Text("Skriv noten", "Write the note"),
    "notes.none": Text("Ingen noter.", "No notes."),
    "notes.corrects": Text("Retter en tidligere note", "Corrects an earlier note"),
    "notes.corrected": Text("Rettet senere.", "Corrected later."),
    "notes.see_correction": Text("Se rettelsen", "See the correction"),
    "notes.correct": Text("Ret", "Correct"),
    "notes.correction": Text("Rettelse", "Correction"),
    "notes.correction_hint": Text("Begge noter bliver stående.", "Both notes stay."),
    "notes.correct_send": Text("Gem rettelsen", "Keep the correction"),
    "done.write_note": Text("Noten er skrevet.", "The note is written."),
    "done.correct_note": Text("Noten er rettet med en ny.", "The note is corrected by a new one."),
}
_MESSAGES: Final[Mapping[str, Text]] = {
    "messages.heading": Text("Beskeder", "Messages"),
    "messages.lead": Text(
        "Mellem borgeren og støttepersonen eller koordinatoren.",
        "Between the citizen and the support person or coordinator.",
    ),
    "messages.text": Text("Ny besked", "New message"),
    "messages.send": Text("Send", "Send"),
    "messages.read": Text("læst {at}", "read {at}"),
    "messages.unread": Text("ikke læst endnu", "not read yet"),
    "messages.none": Text("Ingen beskeder endnu.", "No messages yet."),
    "done.write_message": Text("Beskeden er sendt.", "The message is sent."),
}
_TIMELINE: Final[Mapping[str, Text]] = {
    "timeline.heading": Text("Tidslinje", "Timeline"),
    "timeline.filter": Text("Vis", "Show"),
    "timeline.none": Text("Her er ikke sket noget endnu.", "Nothing has happened here yet."),
}
_COURSES: Final[Mapping[str, Text]] = {
    "nav.courses": Text("Gruppeforløb", "Group courses"),
    "courses.heading": Text("Gruppeforløb", "Group courses"),
    "courses.lead": Text(
        "Møder for flere borgere sammen. De er obligatoriske, så det ses, hvem der mangler.",
        "Meetings for several citizens together. They are obligatory, so it shows who was missing.",
    ),
    "courses.none": Text("Ingen gruppeforløb endnu.", "No group courses yet."),
    "courses.nobody": Text("Ingen borgere på forløbet endnu.", "No citizens on the course yet."),
    "courses.missed": Text("Mangler", "Missing"),
    "courses.missed_number": Text("møder: {number}", "meetings: {number}"),
    "courses.missed_none": Text("intet", "nothing"),
    "courses.not_noted": Text("ikke noteret", "not noted"),
    "courses.note_for": Text("Notér fremmøde: {title}", "Note attendance: {title}"),
    "courses.mark": Text("Fremmøde", "Attendance"),
    "courses.note": Text("Notér", "Note"),
    "courses.join": Text("Sæt en borger på", "Put a citizen on the course"),
    "courses.join_send": Text("Sæt på", "Put on"),
    "courses.plan": Text("Planlæg et gruppeforløb", "Plan a group course"),
    "courses.title": Text("Hvad hedder det?", "What is it called?"),
    "courses.session": Text("Møde {number}", "Meeting {number}"),
    "courses.held_on": Text("Dato", "Date"),
    "courses.plan_send": Text("Planlæg", "Plan"),
    "done.plan_course": Text("Gruppeforløbet er planlagt.", "The group course is planned."),
    "done.join_course": Text("Borgeren er på gruppeforløbet.", "The citizen is on the group course."),
    "done.note_attendance": Text("Fremmødet er noteret.", "The attendance is noted."),
}

TEXTS: Final[Mapping[str, Text]] = {**_TASKS, **_SEARCH, **_NOTES, **_MESSAGES, **_TIMELINE, **_COURSES}
