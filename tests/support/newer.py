"""A later version of the program: one kind more, and a second version of one that is known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from openmidas.journal import TO_STATE, Content, NodeKind, kind
from openmidas.journal import kinds as known_kinds
from openmidas.journal import projecting as known_projections
from openmidas.journal.projecting import Origin, projects, put
from openmidas.nodes.models import NodeReport
from openmidas.posts.entries import LookupMade
from openmidas.posts.projections import lookup_made


class PostRested(Content, frozen=True, kw_only=True):
    """A kind that today's version has never heard of."""

    rest: UUID


class LookupWitnessed(Content, frozen=True, kw_only=True):
    """Version 2 of ``lookup.made``: ``reason`` is called ``why``, and who stood beside it must be told."""

    lookup: UUID
    purpose: str
    why: str
    query: str
    results: int
    beside: str


def with_why(old: dict[str, Any]) -> dict[str, Any]:
    """Version 1 did not say who stood beside it."""
    fields = {name: value for name, value in old.items() if name != "reason"}
    return {**fields, "why": old["reason"], "beside": ""}


def learn() -> None:
    """Be the later version from here on."""
    kind("post.rested", version=1, audience=TO_STATE, authority=NodeKind)(PostRested)
    projects(PostRested)(_rested)
    del known_kinds._kinds["lookup.made"]
    kind(
        "lookup.made",
        version=2,
        audience=TO_STATE,
        authority=NodeKind,
        upcasters={1: with_why},
    )(LookupWitnessed)
    projects(LookupWitnessed)(_looked_up)


@contextmanager
def upgraded() -> Iterator[None]:
    """Be the later version for a while."""
    tables = (known_kinds._kinds, known_kinds._names, known_projections._projections)
    before = [dict(table) for table in tables]
    learn()
    try:
        yield
    finally:
        for table, was in zip(tables, before, strict=True):
            table.clear()
            table.update(was)


def _rested(origin: Origin, content: PostRested) -> None:
    moments: dict[str, datetime] = dict.fromkeys(("at", "up_from", "up_until"), origin.at)
    put(NodeReport, origin, content.rest, **moments)


def _looked_up(origin: Origin, content: LookupWitnessed) -> None:
    told = {name: getattr(content, name) for name in ("lookup", "purpose", "query", "results")}
    beside = f" ({content.beside})" if content.beside else ""
    lookup_made(origin, LookupMade(reason=content.why + beside, **told))
