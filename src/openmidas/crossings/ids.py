"""Ids of inspections: a page gets one from the post, and the post knows its own again.

A crossing has its inspection's id everywhere. Could an officer choose it, two at two posts could
give theirs the same one, and the headquarters would set the later aside: nobody would find it.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from openmidas.journal.models import new_id

_MARK_BYTES = 5


def issue_id() -> UUID:
    """A UUIDv7 for the next traveller, whose last 40 bits only this node can make."""
    start = new_id().bytes[:-_MARK_BYTES]
    return UUID(bytes=start + _mark(start))


def issued_here(id: UUID) -> bool:
    """Whether this node issued the id, restarts notwithstanding."""
    start, mark = id.bytes[:-_MARK_BYTES], id.bytes[-_MARK_BYTES:]
    return constant_time_compare(mark, _mark(start))


def _mark(start: bytes) -> bytes:
    made = salted_hmac("openmidas.crossings.inspection", start, algorithm="sha256").digest()
    return made[:_MARK_BYTES]
