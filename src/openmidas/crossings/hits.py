"""Hits as questions to a person: which they are, and what is known of the answers.

Who answers, and where answers are kept, lies in a room above this one; it registers itself::

    register_answers(Answers())
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID, uuid5

import msgspec

from openmidas.crossings.inspection import (
    Document,
    Finding,
    Inspection,
    Severity,
    Traveller,
)
from openmidas.lists.in_use import ListHit
from openmidas.screening import Listing

HIT_CODES = ("list_hit", "hit_resolved")
"""The findings that are hits: open, and resolved before as somebody else."""

HitKey = tuple[str, str]
"""The code of a list and the listing's own reference."""

_encoder = msgspec.msgpack.Encoder(order="deterministic")


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """A hit that was resolved before: not the same person.

    ``by``: the officer's name; empty where another post found out and the headquarters confirmed it.
    """

    by: str
    on: date
    until: date


class HitLink(msgspec.Struct, frozen=True, kw_only=True):
    """Where a hit is answered, and what the answer is now; ``answer`` and ``said`` empty: none yet.

    ``url`` empty: not at this node. ``answer``: its code (`cases.entries.Answer`), ``said``: in words.
    """

    url: str
    answer: str = ""
    said: str = ""


class Answers(Protocol):
    """What a room above knows of the answers to hits."""

    def remembered(
        self, traveller: Traveller, document: Document, hits: Sequence[ListHit], day: date
    ) -> Mapping[HitKey, Remembered]:
        """The hits that are known to be somebody else's, for this traveller; asked within the scan."""

    def links(self, inspection: Inspection) -> Mapping[HitKey, HitLink]:
        """Where the hits of an inspection are answered, and how they were."""


_answers: list[Answers] = []


def register_answers(answers: Answers) -> None:
    """A higher room answers hits from now on; registering twice does nothing."""
    if answers not in _answers:
        _answers.append(answers)


def remembered(
    traveller: Traveller, document: Document, hits: Sequence[ListHit], day: date
) -> dict[HitKey, Remembered]:
    """What is remembered of these hits. Nothing is asked where there is no hit."""
    found: dict[HitKey, Remembered] = {}
    if hits:
        for answers in _answers:
            found |= answers.remembered(traveller, document, hits, day)
    return found


def links(inspection: Inspection) -> dict[HitKey, HitLink]:
    """Where each hit of an inspection is answered."""
    found: dict[HitKey, HitLink] = {}
    if any(finding.code in HIT_CODES for finding in inspection.findings):
        for answers in _answers:
            found |= answers.links(inspection)
    return found


def asks_for_an_answer(finding: Finding) -> bool:
    """Whether it is a hit that somebody is to look into before the traveller crosses.

    Very likely, not resolved before, and on a list that asks for more than to be informed. Whatever is
    less sure asks for nothing: a question that is nearly always idle is soon answered without looking.
    """
    return (
        finding.code == "list_hit"
        and finding.params.get("level") == "strong"
        and finding.severity is not Severity.INFO
    )


def unanswered(inspection: Inspection) -> list[UUID]:
    """The hits that ask for an answer and have none, in the order of the findings."""
    asked = [key_of(one) for one in inspection.findings if asks_for_an_answer(one)]
    if not asked:
        return []
    answered = {key for key, link in links(inspection).items() if link.answer}
    return [hit_id(inspection.id, *key) for key in asked if key and key not in answered]


def hit_id(inspection: UUID, list_code: str, listing: str) -> UUID:
    """Which hit it is: one for each inspection and listing, at every node the same."""
    return uuid5(inspection, f"{list_code}\n{listing}")


def key_of(finding: Finding) -> HitKey | None:
    """Whom a hit is about; None for any other finding, and for hits of before they were told apart."""
    params = finding.params
    if finding.code not in HIT_CODES or "list_code" not in params:
        return None
    return params["list_code"], params["listing"]


def listing_digest(listing: Listing) -> str:
    """SHA-256 of what a listing says of whom it means and what it asks, in hexadecimal.

    Until when it holds is left out: to stand there for longer tells nothing new of the person.
    """
    said = msgspec.structs.replace(listing, expires_on=None)
    return hashlib.sha256(_encoder.encode(said)).hexdigest()
