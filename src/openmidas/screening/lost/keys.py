"""Keyed hashes of document numbers, and the 60 bits that are kept of each while a file is made.

    hash = the first 47 bits of BLAKE2b (RFC 7693), keyed, of "ISSUER|SORT|NUMBER"

47 bits, so that among a hundred million numbers one that is not there is taken for one of them 7
times in ten million. Whoever has the file and not the key learns how many numbers there are.
"""

from __future__ import annotations

import hashlib
import secrets

import numpy as np
import numpy.typing as npt

from openmidas.screening.lost.reasons import DETAIL_BITS, detail_number
from openmidas.screening.lost.rows import LostRow, Sort

HASH_BITS = 47
KEY_BYTES = 32

Hashes = npt.NDArray[np.uint64]
Records = npt.NDArray[np.uint64]
"""Each a hash, then the 13 bits of its detail (see `reasons`): sorted, they stand by hash."""


def new_key() -> bytes:
    """A key for one edition of one State, and for nothing else."""
    return secrets.token_bytes(KEY_BYTES)


def key_check(key: bytes) -> bytes:
    """16 bytes that tell whether a key is the one that a file was made with, and nothing of the key."""
    return hashlib.blake2b(b"check", key=key, digest_size=16).digest()


def number_hash(key: bytes, issuer: str, sort: Sort, number: str) -> int:
    """The keyed hash of one number in the form that is compared (see `written`)."""
    said = f"{issuer}|{sort}|{number}".encode()
    digest = hashlib.blake2b(said, key=key, digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - HASH_BITS)


def row_records(key: bytes, row: LostRow) -> list[int]:
    """A row as it is kept: one record for each kind of document that it may be."""
    detail = detail_number(row.reason, row.month, altered=row.altered)
    return [
        number_hash(key, row.issuer, sort, row.number) << DETAIL_BITS | detail for sort in row.sorts
    ]


def hashes_of(records: Records) -> Hashes:
    """The hashes alone."""
    return records >> np.uint64(DETAIL_BITS)


def one_each(records: Records) -> Records:
    """Sorted, and of records with one hash only the last: the gravest, then the latest."""
    ordered = np.sort(records)
    hashes = hashes_of(ordered)
    last = np.ones(len(ordered), bool)
    np.not_equal(hashes[1:], hashes[:-1], out=last[:-1])
    return ordered[last]
