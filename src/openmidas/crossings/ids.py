"""Ids of inspections: a page gets one from the post, and the post knows its own again.

A crossing has its inspection's id everywhere. Could an officer choose it, two at two posts could
give theirs the same one, and the headquarters would set the later aside: nobody would find it.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from openmidas.journal.models import new_id

_MARK_BYTES = 5
_TIME_BYTES = 6
_VERSION, _VARIANT = 6, 8
"""The bytes that say what kind of UUID it is, in their first bits (RFC 9562, 5.7)."""


def issue_id() -> UUID:
    """A UUIDv7 for the next traveller, whose last 40 bits only this node can make."""
    made = new_id().bytes
    # Those of one millisecond count up at their end, where the mark stands: without chance of its own
    # in between, two lanes that ask at once would get the same one.
    start = bytearray(made[:_TIME_BYTES] + secrets.token_bytes(16 - _TIME_BYTES - _MARK_BYTES))
    start[_VERSION] = made[_VERSION] & 0xF0 | start[_VERSION] & 0x0F
    start[_VARIANT] = made[_VARIANT] & 0xC0 | start[_VARIANT] & 0x3F
    return UUID(bytes=bytes(start) + _mark(bytes(start)))


def issued_here(id: UUID) -> bool:
    """Whether this node issued the id, restarts notwithstanding."""
    start, mark = id.bytes[:-_MARK_BYTES], id.bytes[-_MARK_BYTES:]
    return constant_time_compare(mark, _mark(start))


def _mark(start: bytes) -> bytes:
    made = salted_hmac("openmidas.crossings.inspection", start, algorithm="sha256").digest()
    return made[:_MARK_BYTES]
