"""A disk in memory that forgets: an SQLite VFS of which a power cut takes what was not synced.

Of each write since the last sync, all, nothing or some sectors of 512 bytes reach the disk, whatever
was written before or after it: lost, reordered and torn. A file whose making or removal was not
synced may be there or not.
"""

from __future__ import annotations

import random

import apsw

SECTOR = 512


class Dark(apsw.IOError):
    """The power is gone."""


class File:
    """What is on the disk for sure, what programs see, and the writes in between."""

    def __init__(self, durable: bytes | None = None) -> None:
        self.durable = durable
        self.seen: bytearray | None = None if durable is None else bytearray(durable)
        self.pending: list[tuple[int, bytes | None]] = []

    def write(self, data: bytes, offset: int) -> None:
        """As a program sees it at once."""
        seen = self.seen if self.seen is not None else bytearray()
        if len(seen) < offset:
            seen.extend(bytes(offset - len(seen)))
        seen[offset : offset + len(data)] = data
        self.seen = seen
        self.pending.append((offset, bytes(data)))

    def truncate(self, size: int) -> None:
        """Shorter."""
        if self.seen is not None:
            del self.seen[size:]
        self.pending.append((size, None))

    def sync(self) -> None:
        """On the disk for sure."""
        self.durable = None if self.seen is None else bytes(self.seen)
        self.pending.clear()

    def after_cut(self, chance: random.Random) -> File:
        """What is found when the power is back."""
        if self.durable is None and chance.random() < 0.5:
            return File()
        if self.seen is None and chance.random() < 0.5:
            return File()
        found = bytearray(self.durable or b"")
        for offset, data in self.pending:
            fate = chance.random()
            if fate < 0.4:
                continue
            if data is None:
                del found[offset:]
            elif fate < 0.8:
                _put(found, offset, data)
            else:
                _put_some(found, offset, data, chance)
        return File(bytes(found))


class Disk(apsw.VFS):
    """All files of one machine. Goes dark at the write or sync with the number ``dark_at``."""

    def __init__(self, name: str, chance: random.Random, files: dict[str, bytes]) -> None:
        self.name = name
        self.chance = chance
        self.files = {path: File(data) for path, data in files.items()}
        self.operations = 0
        self.dark_at = 0
        super().__init__(name, base="")

    def begin(self) -> None:
        """Something is to be written: after the power is gone, nothing is. Raises `Dark`."""
        if self.dark:
            raise Dark

    def operation(self) -> None:
        """One more write or sync, which may be the one that the power goes at. Raises `Dark`."""
        self.operations += 1
        if self.dark_at and self.operations >= self.dark_at:
            raise Dark

    @property
    def dark(self) -> bool:
        """Whether the power is gone."""
        return bool(self.dark_at) and self.operations >= self.dark_at

    def power_back(self) -> None:
        """The machine starts again, with what has reached the disk."""
        found = {path: file.after_cut(self.chance) for path, file in self.files.items()}
        self.files = {path: file for path, file in found.items() if file.durable is not None}
        self.operations, self.dark_at = 0, 0

    def xOpen(self, name: object, flags: list[int]) -> OpenFile:  # type: ignore[override]  # noqa: N802
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        flags[1] = flags[0]
        file = self.files.setdefault(path, File())
        if file.seen is None:
            file.seen = bytearray()
        return OpenFile(self, file)

    def xAccess(self, path: str, flags: int) -> bool:  # noqa: N802
        return path in self.files and self.files[path].seen is not None

    def xDelete(self, path: str, sync: bool) -> None:  # noqa: N802
        self.begin()
        self.operation()
        file = self.files.get(path)
        if file is not None:
            file.seen = None
            if sync:
                del self.files[path]

    def xFullPathname(self, path: str) -> str:  # noqa: N802
        return path

    def xSleep(self, microseconds: int) -> int:  # noqa: N802
        return microseconds


class OpenFile:
    """A file that SQLite has open."""

    def __init__(self, disk: Disk, file: File) -> None:
        self._disk = disk
        self._file = file

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        return bytes((self._file.seen or b"")[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.begin()
        self._file.write(data, offset)
        self._disk.operation()

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._disk.begin()
        self._file.truncate(size)
        self._disk.operation()

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.operation()
        self._file.sync()

    def xFileSize(self) -> int:  # noqa: N802
        return len(self._file.seen or b"")

    def xClose(self) -> None:  # noqa: N802
        """Nothing to be done."""

    def xLock(self, level: int) -> None:  # noqa: N802
        """Nobody else is here."""

    def xUnlock(self, level: int) -> None:  # noqa: N802
        """Nobody else is here."""

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False

    def xFileControl(self, operation: int, pointer: int) -> bool:  # noqa: N802
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        return SECTOR

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return 0


def _put(found: bytearray, offset: int, data: bytes) -> None:
    if len(found) < offset:
        found.extend(bytes(offset - len(found)))
    found[offset : offset + len(data)] = data


def _put_some(found: bytearray, offset: int, data: bytes, chance: random.Random) -> None:
    """Some sectors of a write, as the disk sees them."""
    start = offset
    while start < offset + len(data):
        end = min(offset + len(data), (start // SECTOR + 1) * SECTOR)
        if chance.random() < 0.5:
            _put(found, start, data[start - offset : end - offset])
        start = end
