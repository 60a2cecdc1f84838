"""The attachments on a stick: what a post without a link needs beside the HQ's journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec

from openmidas.exchange.attachments import keep_whole, named
from openmidas.exchange.deltas import MOST_BYTES, unpack
from openmidas.exchange.local import Attachment
from openmidas.journal.loghead import Hash


class Enclosed(msgspec.Struct, frozen=True):
    """An attachment packed so that it needs no other: its SHA-256, and how many bytes are in it."""

    attachment: Hash
    size: Annotated[int, msgspec.Meta(ge=1, le=MOST_BYTES)]
    packed: bytes


def enclosed(room: int) -> Iterator[Enclosed]:
    """The attachments that every post needs, as far as there is room for them (bytes).

    Whole: nobody knows for certain what a post without a link holds by now.
    """
    for each in named():
        row = Attachment.objects.filter(digest=each.digest).first() if each.current else None
        if row is None or row.length > room:
            continue
        room -= row.length
        yield Enclosed(bytes.fromhex(row.digest), row.size, bytes(row.packed))


def keep_enclosed(attachments: Iterable[Enclosed]) -> None:
    """Keep what is on a stick. The entry that names it may not have come to the tables yet.

    Raises `JournalError` ``attachment.damaged`` for bytes that are not what their hash says.
    """
    for each in attachments:
        digest = each.attachment.hex()
        unpack(each.packed, size=each.size, digest=digest)
        keep_whole(digest, each.size, each.packed)
