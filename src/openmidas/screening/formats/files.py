"""The files of a list as a reader gets them, and what is said of a list that does not say it itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from openmidas.screening.opening import open_list
from openmidas.screening.problems import ListError


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file by name, which tells sdn.csv from alt.csv, and how to open it for reading."""

    name: str
    open_it: Callable[[], BinaryIO]

    @classmethod
    def at(cls, path: Path) -> ListFile:
        """A file on disk, plain or gzipped."""
        return cls(path.name, lambda: open_list(path))

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The file, open while it is read."""
        stream = self.open_it()
        try:
            yield stream
        finally:
            stream.close()


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a list beside its files.

    `list_code` and `title`: "" leaves those of the format. `dated`: used where the source does not
    say when it was made. `encoding`: of a text file that is not in UTF-8. `limit`: the most bytes
    of one file; None leaves that of the format.
    """

    list_code: str = ""
    title: str = ""
    dated: datetime | None = None
    encoding: str = ""
    limit: int | None = None

    def when(self, found: datetime | None) -> datetime:
        """The date of the list: what the source says, or else what was said of it."""
        dated = found or self.dated
        if dated is None:
            raise ListError("undated", {"found": ""})
        return dated if dated.tzinfo else dated.replace(tzinfo=UTC)
