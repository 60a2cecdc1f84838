"""Where a long answer goes on: opaque to those who get it, and checked when it comes back."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from openmidas.api.problems import NotAnswered

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)


class Cursor(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """The last row told: when it was, in microseconds since 1970, and its id."""

    microseconds: int
    id: UUID

    @property
    def at(self) -> datetime:
        """When the last row told was."""
        return _EPOCH + self.microseconds * _MICROSECOND


def write_cursor(at: datetime, id: UUID) -> str:
    """The cursor behind this row."""
    raw = msgspec.msgpack.encode(Cursor((at - _EPOCH) // _MICROSECOND, id))
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def read_cursor(text: str) -> Cursor:
    """The cursor that was written so. Raises `NotAnswered` (422) for anything else."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        cursor = msgspec.msgpack.decode(raw, type=Cursor)
    except (binascii.Error, ValueError, msgspec.DecodeError) as error:
        raise NotAnswered(422, "cursor.malformed") from error
    if not 0 <= cursor.microseconds < (_LATEST - _EPOCH) // _MICROSECOND:
        raise NotAnswered(422, "cursor.malformed")
    return cursor
