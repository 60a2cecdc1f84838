"""Opening a list's file: plain or gzipped, and never more of it than was asked for."""

from __future__ import annotations

import codecs
import gzip
import io
import re
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from openmidas.screening.problems import ListError

_GZIP_MAGIC = b"\x1f\x8b"
_MOST_UNPACKED = 100
"""Times its size; lists as they are published shrink to a tenth or a twentieth."""
_UNSUSPECTED = 16 * 1024 * 1024
_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")


def open_list(path: Path) -> BinaryIO:
    """Open a list's file for reading, gzipped or plain (its first bytes tell, not its name)."""
    with path.open("rb") as file:
        zipped = file.read(2) == _GZIP_MAGIC
    return cast(BinaryIO, _Unzipped(path, "rb")) if zipped else path.open("rb")


class _Unzipped(gzip.GzipFile):
    """A gzipped file that may not unpack to hundreds of times its size, as nothing but a bomb does."""

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes; raises ListError "malformed" where there are far too many."""
        data = super().read(size)
        taken = self.tell()
        if taken > _UNSUSPECTED and taken > _MOST_UNPACKED * Path(self.name).stat().st_size:
            detail = f"unpacks to more than {_MOST_UNPACKED} times its size"
            raise ListError("malformed", {"line": "", "column": "", "detail": detail})
        return data


class BoundedReader(io.RawIOBase):
    """Hands on at most `limit` bytes and checks that UTF-8 really is UTF-8.

    An XML parser calls a wrong byte "invalid token"; who mixed up an encoding should read so.
    `check`: whether it does, which who decodes it anyway need not ask for. Raises ListError
    "too_large", "wrong_encoding", "truncated" or "malformed".
    """

    def __init__(self, source: BinaryIO, limit: int, *, check: bool = True) -> None:
        super().__init__()
        self._source = source
        self._limit = limit
        self._checks = check
        self._taken = 0
        self._decoder: codecs.IncrementalDecoder | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """The next bytes, b"" at the end."""
        wanted = self._limit + 1 - self._taken
        chunk = self._read_source(wanted if size < 0 else min(size, wanted))
        first = self._taken == 0
        self._taken += len(chunk)
        if self._taken > self._limit:
            raise ListError("too_large", {"limit": str(self._limit)})
        if first and self._checks:
            self._decoder = _utf8_decoder(chunk)
        if self._decoder is not None:
            self._check(self._decoder, chunk)
        return chunk

    def _read_source(self, size: int) -> bytes:
        try:
            return self._source.read(size)
        except EOFError as error:
            raise ListError("truncated", {"line": ""}) from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise ListError(
                "malformed", {"line": "", "column": "", "detail": str(error)}
            ) from error

    def _check(self, decoder: codecs.IncrementalDecoder, chunk: bytes) -> None:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            raise ListError("wrong_encoding", {"encoding": "UTF-8"}) from error


def _utf8_decoder(start: bytes) -> codecs.IncrementalDecoder | None:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    declared = _DECLARED.match(start.removeprefix(codecs.BOM_UTF8))
    if declared and declared[1].upper().replace(b"_", b"-") not in (b"UTF-8", b"UTF8"):
        return None
    return codecs.getincrementaldecoder("utf-8")()
