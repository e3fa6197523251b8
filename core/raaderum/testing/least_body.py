"""The least body that an operation of an OpenAPI document takes, with ids of things that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Schema = Mapping[str, Any]

_BY_FORMAT: Final = {
    "uuid": "019f0000-0000-7000-8000-000000000000",
    "date": "2026-11-02",
    "date-time": "2026-11-02T12:00:00Z",
    "email": "ny@kommune.example",
}


def least_body(document: Schema, schema: Schema, ids: Mapping[str, str], *, fully: bool = False) -> Any:  # noqa: ANN401 - any JSON
    """Return the least value that fits `schema`: what must be there, and of that the first allowed.

    A property whose name is in `ids` gets that value. `fully`: with what could be left out, and one
    thing in each list.
    """
    schema = _resolved(document, schema)
    if "enum" in schema:
        return next(value for value in schema["enum"] if value is not None)
    match _kind(schema):
        case "object":
            properties = schema.get("properties", {})
            return {
                name: ids[name] if name in ids else least_body(document, properties[name], ids, fully=fully)
                for name in (properties if fully else schema.get("required", []))
            }
        case "array":
            least = max(schema.get("minItems", 0), int(fully))
            return [least_body(document, schema["items"], ids, fully=fully) for _ in range(least)]
        case "integer":
            return max(schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return True
        case _:
            return _BY_FORMAT.get(schema.get("format", "")) or "x" * max(1, schema.get("minLength", 1))


def uuid_fields(document: Schema, schema: Schema, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the names, from the outside in, that lead to every property holding an id or a list of ids."""
    schema = _resolved(document, schema)
    if schema.get("format") == "uuid":
        yield at
    for name, inner in schema.get("properties", {}).items():
        yield from uuid_fields(document, inner, (*at, name))
    if "items" in schema:
        yield from uuid_fields(document, schema["items"], at)


def _kind(schema: Schema) -> str:
    kind = schema.get("type", "string")
    return str(next(one for one in kind if one != "null") if isinstance(kind, list) else kind)


def _resolved(document: Schema, schema: Schema) -> Schema:
    if "$ref" in schema:
        found: Schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        return found
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return _resolved(document, next(one for one in schema[choice] if one.get("type") != "null"))
    return schema
