"""What the lists room writes into journals: editions for every node, their sources for the HQ alone.

An edition is too large for an entry. Its bytes travel beside the journal, as an attachment; the entry
that publishes it says how many there are, and their hash. Before, they came in entries of their own,
in parts, which are read as ever.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from openmidas.exchange.deltas import MOST_BYTES
from openmidas.journal import TO_NODE, TO_STATE, Content, NodeKind, kind

PART_BYTES = 64 * 1024
"""The most that one part holds: small enough for a link that drops every few minutes."""

PROBLEMS_TOGETHER = 200

Part = Annotated[bytes, msgspec.Meta(min_length=1, max_length=PART_BYTES)]
Number = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Count = Annotated[int, msgspec.Meta(ge=0)]
Sha256 = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=32)]
Title = Annotated[str, msgspec.Meta(max_length=200)]
Text = Annotated[str, msgspec.Meta(max_length=2_000)]


def _in_parts(fields: dict[str, Any]) -> dict[str, Any]:
    """Version 1 of what publishes an edition knew of parts only."""
    return {**fields, "size": 0}


@kind("edition.part", version=1, audience=TO_STATE, authority=[NodeKind.HQ])
class EditionPartSent(Content, frozen=True):
    """A run of the bytes of an edition; ``number`` counts from 0. Read, and written no more."""

    edition: UUID
    number: Number
    data: Part


@kind(
    "edition.published",
    version=2,
    audience=TO_STATE,
    authority=[NodeKind.HQ],
    upcasters={1: _in_parts},
)
class EditionPublished(Content, frozen=True):
    """The HQ publishes an edition of a list, from now on the one in use once all its bytes are there.

    ``dated``: when its source made it; ``digest``: SHA-256 of its bytes; ``size``: how many there are,
    where they travel beside the journal; ``parts``: in how many entries they came, where they do not;
    ``says``: SHA-256 of what it says, whatever bytes it is written in; ``limit_days``: older than that,
    it is stale; ``problems``: how many pieces of the source were not understood; ``documents``: how
    many stand on it by themselves; ``readers``: the roles that may look into a list of the State's own,
    None for any other list.
    """

    edition: UUID
    list_code: Code
    title: Title
    dated: datetime
    digest: Sha256
    says: Sha256
    size: Annotated[int, msgspec.Meta(ge=0, le=MOST_BYTES)]
    parts: Number
    persons: Count
    entities: Count
    limit_days: Count
    problems: Count
    documents: Count = 0
    readers: Annotated[tuple[Code, ...], msgspec.Meta(max_length=20)] | None = None


@kind("source.part", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class SourcePartKept(Content, frozen=True):
    """A run of the bytes of the file that an edition was read from, compressed with Zstandard."""

    edition: UUID
    number: Number
    data: Part


@kind("source.kept", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class SourceKept(Content, frozen=True):
    """The file that an edition was read from: ``size`` in bytes and SHA-256 before compression."""

    edition: UUID
    file_name: Annotated[str, msgspec.Meta(max_length=255)]
    size: Count
    digest: Sha256
    parts: Number


class SourceProblem(msgspec.Struct, frozen=True):
    """A piece of the source that was not understood (see `openmidas.screening.Problem`)."""

    listing: Annotated[str, msgspec.Meta(max_length=64)]
    field: Annotated[str, msgspec.Meta(max_length=120)]
    code: Code
    text: Text


@kind("source.problems", version=1, audience=TO_NODE, authority=[NodeKind.HQ])
class SourceProblemsFound(Content, frozen=True):
    """What of a source was not understood, some at a time; ``first`` is the first one's number."""

    edition: UUID
    first: Count
    problems: Annotated[tuple[SourceProblem, ...], msgspec.Meta(max_length=PROBLEMS_TOGETHER)]
