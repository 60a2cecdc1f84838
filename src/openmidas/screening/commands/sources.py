"""The lists and the lines that a command is given: files, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from openmidas.documents.commands.languages import Language
from openmidas.screening.commands.lost_lists import LOST, LostList
from openmidas.screening.commands.words import word, word_list_error, word_lost_error
from openmidas.screening.formats.files import Asked, ListFile
from openmidas.screening.formats.registry import FORMATS, format_of, read_list
from openmidas.screening.lost import LostError
from openmidas.screening.opening import open_list
from openmidas.screening.problems import ListError, ReadList

STANDARD_INPUT = "-"
LONGEST_LINE = 4 * 1024 * 1024
KINDS = (*FORMATS, LOST)
"""The kinds of list that a command may be given: of persons, and of documents."""


class CommandFailed(Exception):  # noqa: N818  reads as a sentence where it is raised
    """A command cannot do what was asked; the text says why, in the user's language."""


@dataclass(frozen=True, slots=True)
class ListGiven:
    """A list on the command line: its kind and its files."""

    kind: str
    paths: tuple[Path, ...]


def lists_given(
    groups: Sequence[Sequence[str]], language: Language
) -> tuple[list[ListGiven], list[str]]:
    """What ``--list KIND:FILE …`` names, and what cannot be a file of any of them.

    A text without a kind is a further file of the list before it, where that may have several.
    """
    found: list[ListGiven] = []
    left: list[str] = []
    for group in groups:
        kind = _kind(group[0])
        if kind is None:
            raise CommandFailed(word("no_kind", language, path=group[0], kinds=", ".join(KINDS)))
        files = [group[0].partition(":")[2]]
        for text in group[1:]:
            other = _kind(text)
            if other is None:
                files.append(text)
                continue
            found.append(_given(kind, files, left))
            kind, files = other, [text.partition(":")[2]]
        found.append(_given(kind, files, left))
    return found, left


def read_given(given: ListGiven, encoding: str, language: Language) -> ReadList:
    """Read one list. What does not bear a date is as old as its file. Raises CommandFailed."""
    with _told(given, language):
        dated = max(path.stat().st_mtime for path in given.paths)
        asked = Asked(dated=datetime.fromtimestamp(dated, UTC), encoding=encoding)
        return read_list(given.kind, [ListFile.at(path) for path in given.paths], asked)


def read_lost_given(given: ListGiven, encoding: str, language: Language) -> LostList:
    """Read a list of documents. Raises CommandFailed."""
    with _told(given, language):
        return LostList.read(given.paths, encoding)


def _kind(text: str) -> str | None:
    """The kind that stands before the colon, None where there is none that is known."""
    kind, sign, _ = text.partition(":")
    known = format_of(kind)
    if not sign:
        return None
    return known.kind if known else LOST if kind.lower() == LOST else None


def _given(kind: str, files: list[str], left: list[str]) -> ListGiven:
    """A list with its files; those that it cannot have are added to `left`."""
    known = format_of(kind)
    if known is not None and not known.several:
        left += files[1:]
        files = files[:1]
    return ListGiven(kind, tuple(Path(file) for file in files))


@contextmanager
def _told(given: ListGiven, language: Language) -> Iterator[None]:
    """Whatever is wrong with the files of a list is told in a sentence. Raises CommandFailed."""
    path = str(given.paths[0])
    try:
        yield
    except OSError as error:
        raise CommandFailed(_no_file(error, path, language)) from error
    except ListError as error:
        raise CommandFailed(word_list_error(error, path, language)) from error
    except LostError as error:
        raise CommandFailed(word_lost_error(error, path, language)) from error


def _no_file(error: OSError, path: str, language: Language) -> str:
    code = {FileNotFoundError: "no_file", IsADirectoryError: "folder"}.get(
        type(error), "unreadable"
    )
    return word(code, language, path=error.filename or path, reason=error.strerror or "")


@contextmanager
def opened(path: str, language: Language) -> Iterator[Iterator[bytes]]:
    """The lines of a file, plain or gzipped, or those of standard input as they come."""
    if path == STANDARD_INPUT:
        yield _lines(sys.stdin.buffer)
        return
    try:
        stream = open_list(Path(path))
    except OSError as error:
        raise CommandFailed(_no_file(error, path, language)) from error
    with stream:
        yield _lines(stream)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines as they come; of one that is far too long only the beginning, which is no JSON."""
    while line := stream.readline(LONGEST_LINE):
        rest = line
        while not rest.endswith(b"\n") and len(rest) == LONGEST_LINE:
            rest = stream.readline(LONGEST_LINE)
        yield line
