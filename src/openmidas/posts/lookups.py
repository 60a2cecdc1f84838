"""Looking up a person: always for a purpose, and always an entry in the journal.

What can be searched lies in rooms above this one; they register themselves::

    register_search(search_crossings)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.services import record_reading
from openmidas.posts.entries import LookupMade
from openmidas.posts.refusals import Refused

MOST_RESULTS = 50
SHORTEST_REASON = 20
SHORTEST_QUERY = 3


class Purpose(StrEnum):
    """Why a person is looked up. Closed: what is not in it is "other", with a reason in words."""

    CROSSING_CHECK = "crossing_check"
    CASE = "case"
    PERSON_REQUEST = "person_request"
    COMPLAINT = "complaint"
    OVERSIGHT = "oversight"
    LISTS = "lists"
    OTHER = "other"


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One record of a person. ``where``: the post and lane; ``url``: its page, if it has one.

    ``alike``: the name is another spelling of what was asked.
    """

    name: str
    document: str
    birth: str
    nationality: str
    what: str
    where: str
    at: datetime
    url: str = ""
    alike: bool = False


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """Who is looked for: names in any spelling, a number, a plate, a date. At most ``most`` results."""

    text: str
    most: int = MOST_RESULTS


SearchFunction = Callable[[Search], Sequence[Found]]
Answer = TypeVar("Answer")

_searches: list[SearchFunction] = []


def register_search(function: SearchFunction) -> None:
    """A higher room can be searched for persons from now on; registering twice does nothing."""
    if function not in _searches:
        _searches.append(function)


def made(actor: Actor, purpose: Purpose, reason: str, query: str, results: int) -> UUID:
    """Write that somebody looked up a person; the look-up's id.

    Raises `Refused` ``lookup.reason_missing`` when "other" comes without a reason in words, and
    ``lookup.unprintable`` for a reason with signs that are not seen.
    """
    reason = " ".join(reason.split())[:255]
    if purpose is Purpose.OTHER and len(reason) < SHORTEST_REASON:
        raise Refused("lookup.reason_missing", least=str(SHORTEST_REASON))
    if not reason.isprintable():
        raise Refused("lookup.unprintable")
    content = LookupMade(
        lookup=new_id(), purpose=purpose, reason=reason, query=query[:255], results=results
    )
    with transaction.atomic():
        record_reading(content, actor=actor)
    return content.lookup


def look_up(
    actor: Actor,
    purpose: Purpose,
    reason: str,
    text: str,
    search: Callable[[str], Sequence[Answer]],
    *,
    within: str = "",
) -> Sequence[Answer]:
    """Search for a person. The look-up is on disk before the answer is given.

    ``within``: what is searched, written before the text. Raises `Refused` ``lookup.too_short``,
    ``lookup.unprintable``, or as `made` does; nothing is given away then.
    """
    text = " ".join(text.split())
    if len(text) < SHORTEST_QUERY:
        raise Refused("lookup.too_short", least=str(SHORTEST_QUERY))
    if not text.isprintable():
        raise Refused("lookup.unprintable")
    found = search(text)
    made(actor, purpose, reason, f"{within}{text}", len(found))
    return found


def find(actor: Actor, purpose: Purpose, reason: str, text: str) -> Sequence[Found]:
    """Search everything that is registered, newest first, other spellings last. Raises as `look_up` does."""
    return look_up(actor, purpose, reason, text, _search_all)


def _search_all(text: str) -> list[Found]:
    asked = Search(text=text)
    found = [one for function in _searches for one in function(asked)]
    found.sort(key=lambda one: one.at, reverse=True)
    found.sort(key=lambda one: one.alike)
    return found[:MOST_RESULTS]
