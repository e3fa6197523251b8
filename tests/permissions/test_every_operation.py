"""Every operation of the API × every role × own, another's and another municipality's case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raaderum.people.access import Purpose
from raaderum.people.roles import Act
from raaderum.testing.asking import Asking, Whose, is_right_by_api

if TYPE_CHECKING:
    from raaderum.testing.api_calls import Api


def test_an_operation_answers_those_whom_the_table_lets_in_and_nobody_else(api: Api, asking: Asking) -> None:
    token, wrong, asked = asking.token(Purpose.API), [], 0
    for operation in api.operations:
        for whose in (Whose.OTHER_TENANTS, Whose.OTHERS, Whose.OWN):
            ids, names = asking.cases[whose].ids, operation.names
            response = api.send(operation, ids, slug=asking.municipality.tenant.slug, token=token)
            asked += 1
            if not is_right_by_api(
                response,
                role=asking.role,
                act=operation.act,
                reached=asking.reaches(whose, names),
                names_in_body=not names and whose is not Whose.OWN,
            ):
                wrong.append((operation.method, operation.path, whose.value, response.get_data()[:300]))
    assert wrong == []
    assert asked == len(api.operations) * len(Whose)


def test_no_operation_takes_a_token_at_another_municipality(api: Api, asking: Asking) -> None:
    token, ids = asking.token(Purpose.API), asking.cases[Whose.OTHER_TENANTS].ids
    slug = asking.elsewhere.tenant.slug
    answers = {
        (one.method, one.path): api.send(one, ids, slug=slug, token=token).status_code
        for one in api.operations
    }
    assert {path: status for path, status in answers.items() if status != 401} == {}


def test_a_list_shows_nothing_of_the_cases_that_the_role_does_not_reach(api: Api, asking: Asking) -> None:
    """The audit log is left out: it holds ids of the whole municipality, and no word of a case."""
    token, slug = asking.token(Purpose.API), asking.municipality.tenant.slug
    beyond = [whose for whose in Whose if not asking.reaches(whose, {"enrolment_id"})]
    hidden = [asking.cases[whose].ids[name] for whose in beyond for name in ("enrolment_id", "citizen_id")]
    lists = [
        one
        for one in api.operations
        if one.method == "get" and not one.names and one.act is not Act.SEE_AUDIT
    ]
    texts = {
        one.path: api.send(one, asking.cases[Whose.OWN].ids, slug=slug, token=token).get_data()
        for one in lists
    }
    assert len(texts) > 5
    assert [path for path, text in texts.items() if any(id_.encode() in text for id_ in hidden)] == []
