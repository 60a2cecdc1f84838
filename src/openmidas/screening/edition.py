"""An edition: an immutable, dated state of one list, and the bytes it travels in.

    magic "OMEDITN" | format version, 1 byte | MessagePack, in version 1 within a zstandard frame

The same edition always gives the same bytes: not compressed, so that what two editions have in common
can be seen. Whoever sends or stores them packs them. `digest` names what an edition says.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Literal

import msgspec
import zstandard

from openmidas.screening.listings import Listing

MAGIC = b"OMEDITN"
FORMAT_VERSION = 2
COMPRESSED_VERSION = 1
MAXIMUM_DECODED_BYTES = 256 * 1024 * 1024

EditionCode = Literal["not_an_edition", "unknown_version", "damaged", "too_large"]


class EditionError(Exception):
    """Bytes that are no edition of ours. `code` says how, `params` with which figures.

    "not_an_edition" {}, "unknown_version" {version, known}, "damaged" {detail},
    "too_large" {limit, in bytes}.
    """

    def __init__(self, code: EditionCode, params: dict[str, str] | None = None) -> None:
        self.code = code
        self.params = params or {}
        super().__init__(f"{code} {self.params}" if self.params else code)


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """A state of the list `list_code` ("un"), as its source dated it (`dated`, with a zone)."""

    list_code: str
    title: str
    dated: datetime
    listings: tuple[Listing, ...]

    def encode(self) -> bytes:
        """The bytes of this edition, deterministic."""
        return MAGIC + bytes([FORMAT_VERSION]) + self._payload()

    @staticmethod
    def decode(data: bytes) -> Edition:
        """The edition in these bytes; raises EditionError when they hold none."""
        header = len(MAGIC) + 1
        if len(data) < header or data[: len(MAGIC)] != MAGIC:
            raise EditionError("not_an_edition")
        version = data[len(MAGIC)]
        if version not in (COMPRESSED_VERSION, FORMAT_VERSION):
            raise EditionError(
                "unknown_version", {"version": str(version), "known": str(FORMAT_VERSION)}
            )
        payload = data[header:]
        if version == COMPRESSED_VERSION:
            payload = _decompress(payload)
        try:
            return msgspec.msgpack.decode(payload, type=Edition)
        except msgspec.MsgspecError as error:
            raise EditionError("damaged", {"detail": str(error)}) from error

    def digest(self) -> str:
        """SHA-256 of what the edition says, in hexadecimal."""
        return hashlib.sha256(self._payload()).hexdigest()

    def _payload(self) -> bytes:
        return msgspec.msgpack.Encoder(order="deterministic").encode(self)


def _decompress(frame: bytes) -> bytes:
    try:
        size = zstandard.frame_content_size(frame)
        if size > MAXIMUM_DECODED_BYTES:
            raise EditionError("too_large", {"limit": str(MAXIMUM_DECODED_BYTES)})
        if size < 0:  # we always write the size: a frame without it is not ours
            raise EditionError("damaged", {"detail": "size not stated"})
        return zstandard.ZstdDecompressor().decompress(frame, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise EditionError("damaged", {"detail": str(error)}) from error
