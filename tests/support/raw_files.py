"""What really stands in the files of a database, read without the database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.db import connection

PAGE = 4096
RESERVED = 80
"""Bytes at the end of a page of SQLCipher 4: the initialisation vector (16), then its HMAC (64)."""
SALT = 16
"""Bytes at the beginning of the file that are not sealed."""
WAL_HEADER, FRAME_HEADER = 32, 24


def raw_bytes() -> bytes:
    """All bytes of the test's database: at SQLite unsealed page by page, its log too.

    On PostgreSQL the tables' files after a checkpoint; what its log holds is nobody's to promise.
    """
    if connection.vendor == "postgresql":
        return b"".join(_postgresql())
    name = Path(connection.settings_dict["NAME"])
    key = connection.settings_dict["OPTIONS"]["key"]
    key = bytes.fromhex(key() if callable(key) else key)
    pages = list(_pages(name.read_bytes(), key))
    log = name.with_name(f"{name.name}-wal")
    if log.exists():
        pages += _frames(log.read_bytes(), key)
    return b"\0".join(pages)


def _pages(raw: bytes, key: bytes) -> Iterator[bytes]:
    for start in range(0, len(raw), PAGE):
        yield _unsealed(raw[start : start + PAGE], key, first=start == 0)


def _frames(raw: bytes, key: bytes) -> Iterator[bytes]:
    for start in range(WAL_HEADER, len(raw), FRAME_HEADER + PAGE):
        number = int.from_bytes(raw[start : start + 4], "big")
        page = raw[start + FRAME_HEADER : start + FRAME_HEADER + PAGE]
        yield _unsealed(page, key, first=number == 1)


def _unsealed(page: bytes, key: bytes, *, first: bool) -> bytes:
    vector = page[PAGE - RESERVED :][:16]
    sealed = page[SALT if first else 0 : PAGE - RESERVED]
    opened = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return opened.update(sealed) + opened.finalize()


def _postgresql() -> Iterator[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        oid = cursor.fetchone()[0]
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0]) / "base" / str(oid)
    if not os.access(folder, os.R_OK):
        pytest.skip("the files of the server are not ours to read")
    for path in sorted(folder.iterdir()):
        yield path.read_bytes()
