"""How a compiled file is laid out, and the checks before anything in it is believed.

    magic "OMINDEX\\x02" | count of sections, 4 bytes | length of the file, 8 bytes | 12 bytes of zero
    for each section: name, 8 bytes of ASCII, zeros behind | offset, 8 bytes | length, 8 bytes
    the sections, in this order, each begun at a multiple of 64
    behind the length of the file: nothing, or up to 4 KiB of whoever signs it (see `lists.building`)

All numbers are little-endian. The last byte of the magic is the version. `SECTIONS` are the sections
there are, with the type of number that each is an array of. What stands in an array is not looked at
when the file is opened; whoever reads it bounds it.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal

import msgspec
import numpy as np
import numpy.typing as npt

from openmidas.screening.compiled.keys import keying

MAGIC = b"OMINDEX"
VERSION = 2
ALIGNED = 64
MOST_BYTES = 8 * 1024**3
MOST_LISTINGS = 2**24 - 1
"""So many numbers the postings hold."""
MOST_TOKENS = 2**24 - 1
MOST_BEHIND = 4096
MOST_META = 1024 * 1024

_HEAD = struct.Struct("<8sIQ12x")
_SECTION = struct.Struct("<8sQQ")

SECTIONS: Mapping[str, str] = {
    "META": "u1",  # MessagePack of Meta
    "BUCKETS": "<u4",  # where in POSTINGS each bucket begins, and the end
    "POSTINGS": "<u4",  # bits of the key over the number of a listing or word, see `postings`
    "WORDS": "u1",  # the words, sorted, one after the other
    "WORDENDS": "<u4",
    "WORDKEYS": "<u8",  # the first eight letters of each word as a number: see `vocabulary.key_of`
    "WORDSOF": "<u4",  # how many names bear the word
    "GROUPOF": "<u4",  # which sound it has
    "SOUNDS": "<u8",  # hashes of the sounds, sorted
    "SOUNDSOF": "<u4",  # how many names bear the sound
    "YEARS": "<u2",  # year of birth of each listing, 0 for none, 1 for several
    "DAYS": "<u2",  # month * 32 + day of it, 0 for not known
    "STATES": "<u2",  # hash of its nationality, 0 for none, 1 for several
    "TRAITS": "u1",  # sex (2 bits), fewest words of a name that name (4 bits)
    "RECORDS": "u1",  # the listings, see `records`
    "ENDS": "<u4",  # where each record ends
}

CompiledCode = Literal["not_compiled", "unknown_version", "damaged", "too_large"]


class CompiledError(Exception):
    """Bytes that are no compiled lists, or not of this version.

    "not_compiled" {}, "unknown_version" {version, known}, "damaged" {detail}, "too_large" {limit}.
    """

    def __init__(self, code: CompiledCode, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)


class CompiledList(msgspec.Struct, frozen=True, kw_only=True):
    """A list whose listings end before number `end`. `edition`: SHA-256 of what it says."""

    code: Annotated[str, msgspec.Meta(max_length=64)]
    title: Annotated[str, msgspec.Meta(max_length=400)]
    dated: datetime
    edition: Annotated[str, msgspec.Meta(max_length=64)]
    end: Annotated[int, msgspec.Meta(ge=0, le=MOST_LISTINGS)]


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds. `names`: of all listings; `bits`: of a key, that number its bucket; `width`:
    bits that a posting's number takes.
    """

    keying: Annotated[str, msgspec.Meta(max_length=64)]
    names: Annotated[int, msgspec.Meta(ge=0)]
    bits: Annotated[int, msgspec.Meta(ge=1, le=24)]
    width: Annotated[int, msgspec.Meta(ge=1, le=24)]
    lists: Annotated[tuple[CompiledList, ...], msgspec.Meta(max_length=4096)]


Array = npt.NDArray[Any]


class Layout:
    """The sections of a file, checked, as arrays that read it where it lies."""

    def __init__(self, data: memoryview) -> None:
        """Raises `CompiledError` where it does not hold together."""
        self._arrays = _sections(data)
        self.meta = _meta(self._arrays["META"])
        _agree(self._arrays, self.meta)

    def __getitem__(self, name: str) -> Array:
        return self._arrays[name]

    @property
    def listings(self) -> int:
        return len(self._arrays["ENDS"])


def open_layout(source: Path | bytes | bytearray | memoryview) -> Layout:
    """A file, mapped into memory, or bytes that are in memory. Raises `CompiledError`, `OSError`."""
    if not isinstance(source, Path):
        return Layout(memoryview(source).cast("B"))
    with source.open("rb") as file:
        size = file.seek(0, 2)
        if size < _HEAD.size:
            raise CompiledError("not_compiled")
        mapped = mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ)
    if hasattr(mapped, "madvise"):  # not on Windows
        # The system reads ahead of the first travellers, who would wait for each page.
        mapped.madvise(mmap.MADV_WILLNEED)
    return Layout(memoryview(mapped))


def write_layout(out: BinaryIO, sections: Mapping[str, BinaryIO]) -> None:
    """Write a file of these sections, each in a stream that is read from its beginning."""
    lengths = {name: sections[name].seek(0, 2) for name in SECTIONS}
    at = _aligned(_HEAD.size + _SECTION.size * len(SECTIONS))
    table = []
    for name, length in lengths.items():
        table.append(_SECTION.pack(name.encode(), at, length))
        at = _aligned(at + length)
    head = _HEAD.pack(MAGIC + bytes([VERSION]), len(SECTIONS), at) + b"".join(table)
    out.write(head + bytes(_aligned(len(head)) - len(head)))
    for name, length in lengths.items():
        sections[name].seek(0)
        while chunk := sections[name].read(1 << 20):
            out.write(chunk)
        out.write(bytes(_aligned(length) - length))


def _aligned(at: int) -> int:
    return -(-at // ALIGNED) * ALIGNED


def _damaged(detail: str) -> CompiledError:
    return CompiledError("damaged", detail=detail)


def _sections(data: memoryview) -> dict[str, Array]:
    if len(data) < _HEAD.size or bytes(data[: len(MAGIC)]) != MAGIC:
        raise CompiledError("not_compiled")
    version = data[len(MAGIC)]
    if version != VERSION:
        raise CompiledError("unknown_version", version=str(version), known=str(VERSION))
    _, count, length = _HEAD.unpack_from(data)
    if length > MOST_BYTES:
        raise CompiledError("too_large", limit=str(MOST_BYTES))
    if not 0 <= len(data) - length <= MOST_BEHIND:
        raise _damaged(f"{length} bytes were written, {len(data)} are here")
    data = data[:length]
    if count != len(SECTIONS) or len(data) < _HEAD.size + count * _SECTION.size:
        raise _damaged(f"{count} sections")
    arrays: dict[str, Array] = {}
    end = _HEAD.size + count * _SECTION.size
    for at, (name, type_) in enumerate(SECTIONS.items()):
        found, start, length = _SECTION.unpack_from(data, _HEAD.size + at * _SECTION.size)
        width = np.dtype(type_).itemsize
        if found.rstrip(b"\0") != name.encode() or start % ALIGNED or length % width:
            raise _damaged(f"section {name}")
        if start < end or start + length > len(data):
            raise _damaged(f"section {name} lies outside")
        end = start + length
        arrays[name] = np.frombuffer(data, dtype=type_, count=length // width, offset=start)
    return arrays


def _meta(section: Array) -> Meta:
    if len(section) > MOST_META:
        raise _damaged("section META is too large")
    try:
        meta = msgspec.msgpack.decode(section.tobytes(), type=Meta)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _damaged(str(error)) from error
    if meta.keying != keying():
        raise CompiledError("unknown_version", version=meta.keying, known=keying())
    return meta


def _agree(arrays: Mapping[str, Array], meta: Meta) -> None:
    """Whether arrays that go together have the lengths that they must have."""
    listings, tokens, groups = (len(arrays[name]) for name in ("ENDS", "WORDENDS", "SOUNDS"))
    lengths = {
        **dict.fromkeys(("YEARS", "DAYS", "STATES", "TRAITS"), listings),
        **dict.fromkeys(("WORDSOF", "GROUPOF", "WORDKEYS"), tokens),
        "SOUNDSOF": groups,
        "BUCKETS": 2**meta.bits + 1,
    }
    for name, length in lengths.items():
        if len(arrays[name]) != length:
            raise _damaged(f"section {name} has another length")
    if listings > MOST_LISTINGS or tokens > MOST_TOKENS:
        raise CompiledError("too_large", limit=str(MOST_LISTINGS))
    ends = [each.end for each in meta.lists]
    if ends != sorted(ends) or (ends or [0])[-1] != listings:
        raise _damaged("the lists do not add up to the listings")
