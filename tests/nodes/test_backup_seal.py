"""A sealed file opens for those whom it was sealed for, as a whole, or not at all."""

from __future__ import annotations

import os
from io import BytesIO
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from openmidas.journal import NodeKind
from openmidas.nodes.backup_seal import (
    CHUNK,
    MAGIC,
    PREFIX,
    TAG,
    BackupFailed,
    Preface,
    SealedReader,
    SealedWriter,
    new_file_key,
    new_secret,
    read_preface,
    recipient_of,
    secret_of_passphrase,
    unwrap,
    wrap,
)

SECRET = new_secret()
SEALED_CHUNK = CHUNK + TAG


def preface(file_key: bytes, *secrets: X25519PrivateKey) -> Preface:
    return Preface(
        node=UUID(int=7),
        kind=NodeKind.POST,
        state="MLI",
        name="Kourémalé",
        epoch=1,
        sequence=5,
        at=1_760_000_000_000,
        database="sqlite",
        program="0.1.0",
        prefix=os.urandom(PREFIX),
        keys=tuple(wrap(file_key, recipient_of(secret)) for secret in secrets),
    )


def sealed(data: bytes, *secrets: X25519PrivateKey) -> bytes:
    file, file_key = BytesIO(), new_file_key()
    writer = SealedWriter(file, preface(file_key, *(secrets or (SECRET,))), file_key)
    for start in range(0, len(data), 700_001):  # never at the end of a chunk
        writer.write(data[start : start + 700_001])
    writer.close()
    return file.getvalue()


def opened(raw: bytes, secret: X25519PrivateKey = SECRET) -> bytes:
    file = BytesIO(raw)
    said, bound = read_preface(file)
    return SealedReader(file, said, bound, unwrap(said, secret)).read()


def refused(code: str) -> pytest.RaisesExc[BackupFailed]:
    return pytest.RaisesExc(BackupFailed, check=lambda error: error.code == code)


def body(raw: bytes) -> int:
    """Where the first chunk begins."""
    file = BytesIO(raw)
    read_preface(file)
    return file.tell()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
def test_what_is_read_is_what_was_written(size: int) -> None:
    data = os.urandom(size)
    raw = sealed(data)
    assert opened(raw) == data
    assert data[:64] not in raw or size < 8


@pytest.mark.parametrize("cut", [1, TAG, 100_000])
def test_a_file_that_ends_in_the_middle_of_a_chunk_does_not_open(cut: int) -> None:
    with refused("backup.damaged"):
        opened(sealed(os.urandom(2 * CHUNK + 200_000))[:-cut])


@pytest.mark.parametrize("kept", [1, 2])
def test_a_file_cut_off_between_two_chunks_is_seen_to_be(kept: int) -> None:
    raw = sealed(os.urandom(3 * CHUNK))
    with refused("backup.cut_off"):
        opened(raw[: body(raw) + kept * SEALED_CHUNK])


def test_chunks_that_changed_places_do_not_open() -> None:
    raw = sealed(os.urandom(3 * CHUNK))
    at = body(raw)
    one, two = raw[at : at + SEALED_CHUNK], raw[at + SEALED_CHUNK : at + 2 * SEALED_CHUNK]
    with refused("backup.damaged"):
        opened(raw[:at] + two + one + raw[at + 2 * SEALED_CHUNK :])


def test_a_changed_byte_does_not_open() -> None:
    raw = bytearray(sealed(b"x" * 1000))
    raw[-500] ^= 1
    with refused("backup.damaged"):
        opened(bytes(raw))


def test_the_preface_cannot_be_exchanged_for_another() -> None:
    """Who restores reads there whose node it is."""
    file, file_key = BytesIO(), new_file_key()
    said = preface(file_key, SECRET)
    writer = SealedWriter(file, said, file_key)
    writer.close()
    raw = file.getvalue()
    other = msgspec.msgpack.encode(msgspec.structs.replace(said, name="Labbézanga"))
    assert len(other) == len(msgspec.msgpack.encode(said))
    with refused("backup.damaged"):
        opened(raw[: len(MAGIC) + 4] + other + raw[body(raw) :])


def test_it_opens_for_each_recipient_and_for_nobody_else() -> None:
    capital, salt = new_secret(), os.urandom(16)
    spoken = secret_of_passphrase("baobab sous la pluie", salt)
    raw = sealed(b"a post", capital, spoken)
    assert opened(raw, capital) == b"a post"
    assert opened(raw, secret_of_passphrase("baobab sous la pluie", salt)) == b"a post"
    with refused("backup.not_for_this_key"):
        opened(raw, secret_of_passphrase("baobab au soleil", salt))


@pytest.mark.parametrize(
    "raw", [b"", b"PK\x03\x04 a stick has other files", MAGIC, MAGIC + b"\xff" * 40]
)
def test_another_file_is_no_backup(raw: bytes) -> None:
    with refused("backup.no_backup"):
        read_preface(BytesIO(raw))
