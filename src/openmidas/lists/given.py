"""What is given to an import: a kind of list, its files, and what the files do not say of it."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from openmidas.screening import FORMATS, Asked, ListFile, ReadList, format_of, open_list, read_list

Progress = Callable[[int, int], None]
"""Called with how many bytes of the files are read, and of how many."""

OWN = "national"
"""The kind of a State's own list: its listings are proposed by one officer and approved by another
(`openmidas.lists.national`), so that no file becomes an edition by itself."""
IMPORTED = tuple(kind for kind in FORMATS if kind != OWN)
"""The kinds that one person may publish: others have made the list already."""
MOST_FILES = 8
MOST_TITLE = 200
_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive can name: the same files give the same archive."""


class ImportRefused(Exception):  # noqa: N818  an answer, no mistake of the program
    """A list that was read, or need not be, and is not taken. Nothing is stored.

    "not_hq" {}, "limit" {most}, "too_large" {limit, in bytes}, "older" {dated, current}: of an
    edition older than the one in use; "kind" {kind}: there is none of that name; "files" {most}: none,
    too many, or several for a kind that is one file; "list_code" {list_code}: no code can be so;
    "other_list" {list_code}: the code of another kind of list; "title" {most}: a name too long.
    """

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a list that its files do not say: "" and None leave what the kind of list has.

    ``list_code`` and ``title`` tell lists of one kind apart; ``dated``: of a source without a date,
    else it is as old as its file; ``encoding``: of a text file that is not in UTF-8.
    """

    list_code: str = ""
    title: str = ""
    dated: date | None = None
    encoding: str = ""


class GivenFile(msgspec.Struct, frozen=True):
    """A file of a list on disk, and its name where it was uploaded under another one."""

    path: Path
    name: str = ""

    @property
    def called(self) -> str:
        """The name it was given under."""
        return self.name or self.path.name


def check_given(kind: str, files: Sequence[GivenFile], naming: Naming, most_bytes: int) -> None:
    """Refuse what need not be read. Raises `ImportRefused`, or `OSError` where there is no file."""
    format = format_of(kind)
    if format is None:
        raise ImportRefused("kind", kind=kind)
    if kind == OWN:
        raise ImportRefused("four_eyes")
    if not 1 <= len(files) <= (MOST_FILES if format.several else 1):
        raise ImportRefused("files", most=str(MOST_FILES if format.several else 1))
    if sum(file.path.stat().st_size for file in files) > most_bytes:
        raise ImportRefused("too_large", limit=str(most_bytes))
    if len(naming.title) > MOST_TITLE:
        raise ImportRefused("title", most=str(MOST_TITLE))
    code = naming.list_code
    if code and not _CODE.fullmatch(code):
        raise ImportRefused("list_code", list_code=code)
    if any(other.list_code == code and other is not format for other in FORMATS.values()):
        raise ImportRefused("other_list", list_code=code)


def read_given(
    kind: str, files: Sequence[GivenFile], naming: Naming, progress: Progress
) -> ReadList:
    """Read the files, telling how far that has come. Raises `ListError`, `OSError`."""
    dated = max(file.path.stat().st_mtime for file in files)
    asked = Asked(
        list_code=naming.list_code,
        title=naming.title,
        dated=datetime.fromtimestamp(dated, UTC)
        if naming.dated is None
        else datetime.combine(naming.dated, time(), UTC),
        encoding=naming.encoding,
    )
    watch = _Watch(files, progress)
    return read_list(kind, [watch.file(at) for at in range(len(files))], asked)


def one_source(files: Sequence[GivenFile], list_code: str) -> tuple[str, bytes]:
    """The file as it is kept, with its name; several are kept as one archive."""
    if len(files) == 1:
        return files[0].called, files[0].path.read_bytes()
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as archive:
        for file in files:
            archive.writestr(zipfile.ZipInfo(file.called, _EARLIEST), file.path.read_bytes())
    return f"{list_code}.zip", data.getvalue()


class _Watch:
    """Sums up how far the files are read. A file that is read twice does not go back."""

    def __init__(self, files: Sequence[GivenFile], progress: Progress) -> None:
        self._files = files
        self._sizes = [file.path.stat().st_size for file in files]
        self._done = [0] * len(files)
        self._progress = progress

    def file(self, at: int) -> ListFile:
        """One of the files, watched."""
        given = self._files[at]
        return ListFile(
            given.called, lambda: cast(BinaryIO, _Watched(open_list(given.path), self, at))
        )

    def read_to(self, at: int, place: int) -> None:
        """A file is read as far as that."""
        self._done[at] = max(self._done[at], min(place, self._sizes[at]))
        self._progress(sum(self._done), sum(self._sizes))


class _Watched:
    """A file that tells how far it is read; of a compressed one, how far that is."""

    def __init__(self, stream: BinaryIO, watch: _Watch, at: int) -> None:
        self._stream = stream
        self._file = stream.fileobj if isinstance(stream, gzip.GzipFile) else stream
        self._watch = watch
        self._at = at

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        self._watch.read_to(self._at, self._file.tell())
        return chunk

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(place, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def seekable(self) -> bool:
        return True

    def close(self) -> None:
        self._stream.close()
