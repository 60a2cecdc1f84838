"""Attachments in tests: rows that name some, and an HQ that gives them out, without a database."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

import msgspec

from openmidas.exchange.attachments import Named
from openmidas.exchange.deltas import pack
from openmidas.exchange.messages import Fetch, Piece, now

OLD = random.Random(7).randbytes(40_000)  # noqa: S311  repeatable
NEW = OLD[:9_000] + b"somebody new" + OLD[9_100:]


def digest(data: bytes) -> str:
    """The name of these bytes."""
    return hashlib.sha256(data).hexdigest()


class Naming:
    """What the rows of this node name."""

    def __init__(self, *data: bytes) -> None:
        self.current = list(data)
        self.before: list[bytes] = []

    def __call__(self) -> Iterator[Named]:
        for data in self.current:
            yield Named(digest=digest(data), size=len(data), current=True)
        for data in self.before:
            yield Named(digest=digest(data), size=len(data), current=False)


class Giver:
    """Gives pieces of some bytes out, as an HQ does. ``packings``: by the base that each builds on."""

    def __init__(self, data: bytes, *bases: bytes) -> None:
        self.packings = {None: pack(data)}
        self.packings |= {bytes.fromhex(digest(base)): pack(data, base) for base in bases}
        self.asked: list[Fetch] = []
        self.given = 0

    def give(self, fetch: Fetch) -> Piece:
        """The piece that is asked for."""
        self.asked.append(fetch)
        base, packed = self._packing(fetch)
        piece = Piece(
            time=now(),
            packing=hashlib.sha256(packed).digest(),
            base=base,
            length=len(packed),
            start=fetch.start,
            data=packed[fetch.start :][: fetch.room],
        )
        self.given += len(piece.data)
        return piece

    def _packing(self, fetch: Fetch) -> tuple[bytes | None, bytes]:
        for base, packed in self.packings.items():
            if fetch.packing == hashlib.sha256(packed).digest():
                return base, packed
        base = next((base for base in fetch.bases if base in self.packings), None)
        return base, self.packings[base]


def altered(piece: Piece, **values: object) -> Piece:
    """The piece, but for some of what it says."""
    return msgspec.structs.replace(piece, **values)
