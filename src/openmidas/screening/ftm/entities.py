"""One entity of FollowTheMoney: a schema, and properties that hold texts or the ids of others.

In the nested form of OpenSanctions another entity stands in place of its id; it is taken out and
stands beside it, so that the reader knows one form only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

MOST_NESTED = 4
"""Deeper than that, entities within entities are not followed."""


class Entity(msgspec.Struct, frozen=True):
    """An entity as a line gives it. `properties` hold texts only; those of other entities are ids."""

    id: str
    schema: str
    properties: dict[str, list[str]]
    caption: str = ""
    datasets: tuple[str, ...] = ()
    last_seen: str = ""
    target: bool | None = None


class _Line(msgspec.Struct, frozen=True):
    """What a line may hold; whatever else there is says nothing about a person."""

    id: str
    schema: str
    properties: dict[str, list[Any] | str] = {}
    caption: str | None = None
    datasets: list[str] = []
    last_seen: str | None = None
    target: bool | None = None


_DECODER = msgspec.json.Decoder(_Line)


def read_line(line: str) -> Iterator[Entity]:
    """The entity of a line, then those that are nested in it.

    Raises `msgspec.DecodeError` for a line that is no entity, `RecursionError` for one nested so
    deep that it can only be meant to do harm.
    """
    yield from _entities(_DECODER.decode(line), MOST_NESTED, ("", ""))


def _entities(line: _Line, deeper: int, within: tuple[str, str]) -> Iterator[Entity]:
    properties: dict[str, list[str]] = {}
    nested: list[tuple[str, _Line]] = []
    for name, values in line.properties.items():
        texts = properties.setdefault(name, [])
        for value in [values] if isinstance(values, str) else values:
            if isinstance(value, str):
                texts.append(value)
            elif isinstance(value, dict) and deeper:
                inner = msgspec.convert(value, _Line)
                texts.append(inner.id)
                nested.append((name, inner))
            elif value is not None:
                texts.append(str(value))
    link, id = within
    if link:
        properties.setdefault(link, []).append(id)
    yield Entity(
        line.id,
        line.schema,
        {name: texts for name, texts in properties.items() if texts},
        line.caption or "",
        tuple(line.datasets),
        line.last_seen or "",
        line.target,
    )
    for _, inner in nested:
        yield from _entities(inner, deeper - 1, (_back(inner.schema), line.id))


def _back(schema: str) -> str:
    """The property by which what is nested points back at whom it is nested in."""
    return BACK.get(schema, "")


BACK = {
    "Passport": "holder",
    "Identification": "holder",
    "Sanction": "entity",
}
"""Schemas that belong to one other entity, and the property that names it."""
