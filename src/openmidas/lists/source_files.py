"""The file that an edition was read from, kept in the HQ's own journal."""

from __future__ import annotations

from collections.abc import Iterator

import zstandard

from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry
from openmidas.lists.entries import PART_BYTES, SourcePartKept
from openmidas.lists.models import EditionSource

_LEVEL = 10


def in_parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Bytes cut to what one entry holds, numbered from 0."""
    for number, start in enumerate(range(0, len(data), PART_BYTES)):
        yield number, data[start : start + PART_BYTES]


def compress(data: bytes) -> bytes:
    """A source file as it is kept."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(data)


def source_bytes(source: EditionSource) -> bytes:
    """The file exactly as it was given: the entries that stand before the one that tells of it.

    Raises `LookupError` when some of them have no body any more.
    """
    found = JournalEntry.objects.filter(
        node=source.node,
        epoch=source.epoch,
        sequence__gte=source.sequence - source.parts,
        sequence__lt=source.sequence,
    ).order_by("sequence")
    compressed = b"".join(_part(entry) for entry in found)
    return zstandard.ZstdDecompressor().decompress(compressed, max_output_size=source.size)


def _part(entry: JournalEntry) -> bytes:
    content = None if entry.body is None else decode_body(bytes(entry.body)).read()
    if not isinstance(content, SourcePartKept):
        raise LookupError(f"entry {entry.sequence} holds no part of a source")
    return content.data
