"""The municipality's programmes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from raaderum.people.roles import Act
from raaderum.plugin_host.installed import plugins
from raaderum.programmes.installed import programmes
from raaderum.tenancy.installed import current_tenant
from raaderum.web.operations import Call, Resource
from raaderum.web.schemas.programmes import ProgrammesAnswer

if TYPE_CHECKING:
    from raaderum.kernel.text import Text
    from raaderum.plugin_api import AnswerType, Question
    from raaderum.programmes.rules import ProgrammeVersion

resource = Resource("programmes", __name__, description="Programmes and their dated rules.")


@dataclass(frozen=True, slots=True)
class _ShownQuestion:
    name: str
    text: Text
    answer: AnswerType
    choices: list[dict[str, Any]]


class _ShownProgramme:
    """A version of a programme together with the questions of its target group."""

    def __init__(self, version: ProgrammeVersion) -> None:
        self._version = version
        questions = plugins().target_groups[version.target_group].questions
        self.questions = [_shown(question) for question in questions]

    def __getattr__(self, name: str) -> object:
        return getattr(self._version, name)


@resource.reads("/programmes", act=Act.SEE_PROGRAMMES, answer=ProgrammesAnswer())
def list_programmes(_call: Call) -> dict[str, Any]:
    """List the programmes with their rules.

    Every version is listed, also those that are no longer or not yet in force, with the questions
    that a screening answers.
    """
    versions = programmes().of_tenant(current_tenant().slug)
    return {"items": [_ShownProgramme(version) for version in versions]}


def _shown(question: Question) -> _ShownQuestion:
    choices = [{"value": value, "text": text} for value, text in question.choices.items()]
    return _ShownQuestion(question.name, question.text, question.answer, choices)
