"""Which call does what, and how a key that is used again is answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from raaderum_prepaid_card.testing.form import read_form
from raaderum_prepaid_card.testing.refusal import Refusal
from raaderum_prepaid_card.testing.stripe_account import StripeAccount

if TYPE_CHECKING:
    from collections.abc import Iterable

_HELPERS: Final = "/v1/test_helpers/issuing"
_OK: Final = 200
_UNAUTHORISED: Final = 401
_LONGEST_KEY: Final = 255


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call is answered."""

    status: int
    body: Mapping[str, Any]


@dataclass(slots=True)
class Calls:
    """Answers calls to one account. An answer is kept by its key, and given again for the same call.

    `refuse_with` is answered, instead of doing anything, to the next calls that write.
    """

    account: StripeAccount
    keys: dict[str, tuple[str, Answer]] = field(default_factory=dict)
    refuse_with: list[Refusal] = field(default_factory=list)

    def answer(self, method: str, path: str, content: str, key: str | None, api_key: str) -> Answer:
        """Return the answer to a call; `content` is its form, or its query."""
        with self.account.lock:
            if not api_key.startswith(("sk_test_", "rk_test_")):
                return Answer(_UNAUTHORISED, Refusal("invalid_api_key").as_body())
            try:
                if method == "GET":
                    return Answer(_OK, self._read(path, content))
                return self._written_once(path, content, key)
            except Refusal as refusal:
                return Answer(refusal.status, refusal.as_body())

    def forget_keys(self) -> None:
        """Forget all keys, as Stripe does after a day."""
        self.keys.clear()

    def _written_once(self, path: str, content: str, key: str | None) -> Answer:
        """Keep what came of it once anything was begun; a call that was never taken in may come again."""
        if key is None or len(key) > _LONGEST_KEY:
            return self._write(path, content)
        call = f"{path}?{content}"
        earlier = self.keys.get(key)
        if earlier is None:
            answer = self._write(path, content)
            self.keys[key] = (call, answer)
            return answer
        if earlier[0] != call:
            raise Refusal("idempotency_key_reused", kind="idempotency_error")
        return earlier[1]

    def _write(self, path: str, content: str) -> Answer:
        if self.refuse_with:
            raise self.refuse_with.pop(0)
        for pattern, act in _WRITES:
            match = re.fullmatch(pattern, path)
            if match:
                return Answer(_OK, act(self.account, match.groupdict().get("id", ""), read_form(content)))
        raise Refusal("url_invalid", status=404)

    def _read(self, path: str, query: str) -> Mapping[str, Any]:
        lists = _lists(self.account)
        if path in lists:
            return _page(path, lists[path], read_query(query))
        folder, _, reference = path.rpartition("/")
        for thing in lists.get(folder, ()):
            if thing["id"] == reference:
                return thing
        raise Refusal("resource_missing", "id", status=404)


def read_query(query: str) -> dict[str, list[str]]:
    """Return the filters of a list."""
    return parse_qs(query, keep_blank_values=True)


def _lists(account: StripeAccount) -> dict[str, Iterable[Mapping[str, Any]]]:
    return {
        "/v1/issuing/cardholders": account.cardholders.values(),
        "/v1/issuing/cards": account.cards.values(),
        "/v1/issuing/authorizations": account.authorisations.values(),
        "/v1/issuing/transactions": account.transactions.values(),
        "/v1/events": account.events,
    }


def _page(
    path: str, things: Iterable[Mapping[str, Any]], query: Mapping[str, list[str]]
) -> Mapping[str, Any]:
    """Return a page, the newest first, after the thing that the last page ended with."""
    newest_first = [thing for thing in reversed(list(things)) if _fits(thing, query)]
    after = query.get("starting_after", [""])[0]
    if after:
        places = [place for place, thing in enumerate(newest_first, start=1) if thing["id"] == after]
        if not places:
            raise Refusal("resource_missing", "starting_after")
        newest_first = newest_first[places[0] :]
    limit = int(query.get("limit", ["10"])[0])
    if not 1 <= limit <= 100:  # noqa: PLR2004 - Stripe's own limits
        raise Refusal("parameter_invalid_integer", "limit")
    return {
        "object": "list",
        "data": newest_first[:limit],
        "has_more": len(newest_first) > limit,
        "url": path,
    }


def _fits(thing: Mapping[str, Any], query: Mapping[str, list[str]]) -> bool:
    least, below = query.get("created[gte]"), query.get("created[lt]")
    types = [value for name, values in query.items() if name.startswith("types[") for value in values]
    card = query.get("card", [""])[0]
    return (
        (least is None or thing["created"] >= int(least[0]))
        and (below is None or thing["created"] < int(below[0]))
        and (not types or thing["type"] in types)
        and (not card or card == thing["card"])
    )


_ONE: Final = "/(?P<id>[^/]+)"
_ASKED: Final = f"{_HELPERS}/authorizations"
_MOVED: Final = f"{_HELPERS}/transactions"
_Act = Callable[[StripeAccount, str, Mapping[str, Any]], Mapping[str, Any]]
_WRITES: Final[tuple[tuple[str, _Act], ...]] = (
    ("/v1/issuing/cardholders", lambda account, _, form: account.make_cardholder(form)),
    ("/v1/issuing/cards", lambda account, _, form: account.make_card(form)),
    (f"/v1/issuing/cards{_ONE}", lambda account, one, form: account.change_card(one, form)),
    (_ASKED, lambda account, _, form: account.authorise(form)),
    (f"{_ASKED}{_ONE}/capture", lambda account, one, form: account.capture(one, form)),
    (f"{_ASKED}{_ONE}/increment", lambda account, one, form: account.increment(one, form)),
    (f"{_ASKED}{_ONE}/expire", lambda account, one, _: account.give_up(one, "closed")),
    (f"{_ASKED}{_ONE}/reverse", lambda account, one, _: account.give_up(one, "reversed")),
    (f"{_MOVED}/create_force_capture", lambda account, _, form: account.force_capture(form)),
    (f"{_MOVED}/create_unlinked_refund", lambda account, _, form: account.unlinked_refund(form)),
    (f"{_MOVED}{_ONE}/refund", lambda account, one, form: account.refund(one, form)),
)
