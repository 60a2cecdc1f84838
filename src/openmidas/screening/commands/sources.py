"""The lists and the lines that a command is given: files, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from openmidas.screening.commands.words import Language, word, word_list_error
from openmidas.screening.formats.files import Asked, ListFile
from openmidas.screening.formats.registry import FORMATS, format_of, read_list
from openmidas.screening.opening import open_list
from openmidas.screening.problems import ListError, ReadList

STANDARD_INPUT = "-"
LONGEST_LINE = 4 * 1024 * 1024


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
        first, *more = group
        kind, sign, path = first.partition(":")
        if not sign or format_of(kind) is None:
            kinds = ", ".join(FORMATS)
            raise CommandFailed(word("no_kind", language, path=first, kinds=kinds))
        files = [path]
        for text in more:
            other, sign, path = text.partition(":")
            if sign and format_of(other):
                found.append(ListGiven(kind, tuple(Path(file) for file in files)))
                kind, files = other, [path]
            else:
                files.append(text)
        known = format_of(kind)
        if known is not None and not known.several:
            files, beyond = files[:1], files[1:]
            left += beyond
        found.append(ListGiven(kind, tuple(Path(file) for file in files)))
    return found, left


def read_given(given: ListGiven, encoding: str, language: Language) -> ReadList:
    """Read one list. What does not bear a date is as old as its file. Raises CommandFailed."""
    try:
        dated = max(path.stat().st_mtime for path in given.paths)
        asked = Asked(dated=datetime.fromtimestamp(dated, UTC), encoding=encoding)
        return read_list(given.kind, [ListFile.at(path) for path in given.paths], asked)
    except OSError as error:
        path = error.filename or given.paths[0]
        raise CommandFailed(word("no_file", language, path=str(path))) from error
    except ListError as error:
        path = str(given.paths[0])
        raise CommandFailed(word_list_error(error, path, language)) from error


@contextmanager
def opened(path: str, language: Language) -> Iterator[Iterator[bytes]]:
    """The lines of a file, plain or gzipped, or those of standard input as they come."""
    if path == STANDARD_INPUT:
        yield _lines(sys.stdin.buffer)
        return
    try:
        stream = open_list(Path(path))
    except OSError as error:
        raise CommandFailed(word("no_file", language, path=path)) from error
    with stream:
        yield _lines(stream)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines as they come; of one that is far too long only the beginning, which is no JSON."""
    while line := stream.readline(LONGEST_LINE):
        rest = line
        while not rest.endswith(b"\n") and len(rest) == LONGEST_LINE:
            rest = stream.readline(LONGEST_LINE)
        yield line
