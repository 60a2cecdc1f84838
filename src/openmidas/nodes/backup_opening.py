"""Opening a backup: member by member, as a stream, and nothing believed that does not open."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from openmidas.nodes.backup_seal import (
    BackupFailed,
    Preface,
    SealedReader,
    read_preface,
    unwrap,
)

BLOCK = 1024 * 1024

Progress = Callable[[int], None]
Secret = Callable[[Preface], X25519PrivateKey]
"""Gives the secret, once it is known whose backup it is and of which passphrase."""


class OpenBackup:
    """A backup that opens. Its members can be read once, in their order."""

    def __init__(self, preface: Preface, reader: SealedReader) -> None:
        self.preface = preface
        self._reader = reader
        self._archive = tarfile.open(mode="r|", fileobj=cast(BinaryIO, reader))  # noqa: SIM115

    def members(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Each file with its name; the file must be read before the next is asked for.

        Ends only when the end of the backup was seen to be its end. Raises `BackupFailed`.
        """
        try:
            for member in self._archive:
                file = self._archive.extractfile(member) if member.isfile() else None
                if file is None:
                    raise BackupFailed("restore.unsafe", name=member.name)
                yield member.name, file
        except tarfile.TarError as error:
            raise BackupFailed("backup.damaged") from error
        while self._reader.read(BLOCK):
            continue

    def close(self) -> None:
        self._archive.close()


@contextmanager
def open_backup(
    path: Path, secret: Secret, progress: Progress = lambda _: None
) -> Iterator[OpenBackup]:
    """Open a backup. Raises `BackupFailed`, `OSError`."""
    with path.open("rb") as file:
        counted = cast(BinaryIO, _Counted(file, progress))
        preface, bound = read_preface(counted)
        reader = SealedReader(counted, preface, bound, unwrap(preface, secret(preface)))
        try:
            backup = OpenBackup(preface, reader)
        except tarfile.TarError as error:
            raise BackupFailed("backup.damaged") from error
        try:
            yield backup
        finally:
            backup.close()


def verify(path: Path, secret: Secret, progress: Progress = lambda _: None) -> Preface:
    """Open a backup and read all of it; whose it is. Raises `BackupFailed`, `OSError`."""
    with open_backup(path, secret, progress) as backup:
        for _name, file in backup.members():
            while file.read(BLOCK):
                continue
        return backup.preface


class _Counted:
    """A file that tells how many bytes were read from it."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file = file
        self._progress = progress

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._progress(len(data))
        return data
