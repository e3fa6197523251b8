"""The stand-in answers in the form that Stripe has published, and keeps keys as Stripe does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from openapi_schema_validator import OAS30Validator

from raaderum_prepaid_card.testing.calls import Answer, Calls
from raaderum_prepaid_card.testing.form import read_form

if TYPE_CHECKING:
    from raaderum_prepaid_card.testing.stripe_account import StripeAccount

HOLDER = (
    "name=A&billing[address][line1]=B&billing[address][city]=C"
    "&billing[address][country]=DK&billing[address][postal_code]=8000"
)
PHYSICAL = (
    "cardholder=ich_000000000001&type=physical&currency=eur&replacement_for=ic_000000000003"
    "&replacement_reason=lost&shipping[name]=A&shipping[service]=standard&shipping[address][line1]=B"
    "&shipping[address][city]=C&shipping[address][country]=DK&shipping[address][postal_code]=8000"
)
LIMITS = (
    "status=active&spending_controls[allowed_categories]=&spending_controls[blocked_categories][0]=bakeries"
    "&spending_controls[spending_limits][0][amount]=5000"
    "&spending_controls[spending_limits][0][interval]=all_time"
)
STORY = (
    ("/v1/issuing/cardholders", HOLDER + "&metadata[a]=b"),
    ("/v1/issuing/cards", "cardholder=ich_000000000001&type=virtual&currency=eur&metadata[a]=b"),
    ("/v1/issuing/cards", PHYSICAL),
    ("/v1/issuing/cards/ic_000000000003", LIMITS),
    ("/v1/test_helpers/issuing/authorizations", "card=ic_000000000003&amount=1000"),
    ("/v1/test_helpers/issuing/authorizations/iauth_000000000008/increment", "increment_amount=100"),
    ("/v1/test_helpers/issuing/authorizations/iauth_000000000008/capture", "capture_amount=500"),
    ("/v1/test_helpers/issuing/transactions/create_force_capture", "card=ic_000000000003&amount=100"),
    ("/v1/test_helpers/issuing/transactions/create_unlinked_refund", "card=ic_000000000003&amount=10"),
    ("/v1/test_helpers/issuing/authorizations", "card=ic_000000000003&amount=100000"),
    ("/v1/test_helpers/issuing/authorizations", "card=ic_000000000003&amount=10"),
)
LISTS = ("cardholders", "cards", "authorizations", "transactions")


@pytest.fixture
def calls(account: StripeAccount) -> Calls:
    return Calls(account)


def _post(calls: Calls, path: str, content: str, key: str | None = None) -> Answer:
    return calls.answer("POST", path, content, key, "sk_test_made_up")


def _get(calls: Calls, path: str, query: str = "") -> Answer:
    return calls.answer("GET", path, query, None, "rk_test_made_up")


def _errors(specification: dict[str, Any], schema: str, thing: object) -> list[str]:
    root = _with_nothing_allowed(
        {"allOf": [{"$ref": f"#/components/schemas/{schema}"}], "components": specification["components"]}
    )
    found = OAS30Validator(root).iter_errors(thing)
    return [f"{schema} {list(error.absolute_path)}: {error.message[:200]}" for error in found]


def _with_nothing_allowed(schema: Any) -> Any:  # noqa: ANN401 - a schema is a tree
    """Say once more, as the validator wants it, that a choice may be none of its parts."""
    if isinstance(schema, list):
        return [_with_nothing_allowed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: _with_nothing_allowed(value) for name, value in schema.items()}
    if inner.get("nullable") is True and "anyOf" in inner:
        inner["anyOf"] = [*inner["anyOf"], {"enum": [None]}]
    if inner.get("nullable") is True and "enum" in inner:
        inner["enum"] = [*inner["enum"], None]
    return inner


def test_everything_the_stand_in_answers_fits_the_published_schemas(
    calls: Calls, specification: dict[str, Any]
) -> None:
    answers = [_post(calls, path, content) for path, content in STORY]
    assert [answer.status for answer in answers] == [200] * len(STORY)
    things = [answer.body for answer in answers]
    for name in LISTS:
        listed = _get(calls, f"/v1/issuing/{name}", "limit=100").body
        assert listed["data"]
        things += listed["data"]
        one_by_one = [_get(calls, f"/v1/issuing/{name}/{one['id']}").body for one in listed["data"]]
        assert one_by_one == listed["data"]
    calls.account.dispute(next(iter(calls.account.transactions)))
    events = _get(calls, "/v1/events", "limit=100").body["data"]
    things += [*events, *(event["data"]["object"] for event in events)]
    assert [error for thing in things for error in _errors(specification, thing["object"], thing)] == []


def test_errors_fit_the_published_schema(calls: Calls, specification: dict[str, Any]) -> None:
    refused = [
        _post(calls, "/v1/issuing/cards", "type=virtual"),
        _get(calls, "/v1/issuing/cards/ic_none"),
        _post(calls, "/v1/nothing", ""),
        calls.answer("GET", "/v1/events", "", None, "sk_live_x"),
    ]
    assert [answer.status for answer in refused] == [400, 404, 404, 401]
    assert [error for answer in refused for error in _errors(specification, "error", answer.body)] == []


def test_a_schema_that_does_not_fit_is_found(specification: dict[str, Any]) -> None:
    assert _errors(specification, "issuing.card", {"id": "ic_1"})


def test_a_key_gives_the_same_answer_again_and_refuses_other_content(calls: Calls) -> None:
    first = _post(calls, "/v1/issuing/cardholders", HOLDER, "key")
    assert _post(calls, "/v1/issuing/cardholders", HOLDER, "key") == first
    other = _post(calls, "/v1/issuing/cardholders", HOLDER + "&email=a", "key")
    assert (other.status, other.body["error"]["type"]) == (400, "idempotency_error")
    calls.forget_keys()
    assert _post(calls, "/v1/issuing/cardholders", HOLDER, "key") != first


def test_lists_come_in_pages_newest_first(calls: Calls) -> None:
    made = [_post(calls, "/v1/issuing/cardholders", HOLDER).body["id"] for _ in range(5)]
    first = _get(calls, "/v1/issuing/cardholders", "limit=3").body
    rest = _get(calls, "/v1/issuing/cardholders", f"limit=3&starting_after={first['data'][-1]['id']}").body
    assert (first["has_more"], rest["has_more"]) == (True, False)
    assert [holder["id"] for holder in first["data"] + rest["data"]] == made[::-1]
    assert _get(calls, "/v1/issuing/cardholders", "limit=0").status == 400
    assert _get(calls, "/v1/issuing/cardholders", "starting_after=ich_none").status == 400


def test_a_form_becomes_objects_and_lists() -> None:
    assert read_form("a=1&b[c]=2&d[0][e]=3&d[1][e]=4&f[]=5&f[]=6&g=") == {
        "a": "1",
        "b": {"c": "2"},
        "d": [{"e": "3"}, {"e": "4"}],
        "f": ["5", "6"],
        "g": "",
    }
