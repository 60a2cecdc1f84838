"""The question: is this document on the list of lost and stolen ones, and what is told of it?"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from openmidas.screening.lost.building import Built, Progress, write
from openmidas.screening.lost.changes import Changes, Overlay
from openmidas.screening.lost.edition import LostFile
from openmidas.screening.lost.keys import hashes_of, number_hash
from openmidas.screening.lost.reasons import Detail, Reason, month_text
from openmidas.screening.lost.rows import Sort, sorts_of_code
from openmidas.screening.lost.runs import Runs
from openmidas.screening.lost.written import written

Writing = Literal["same", "alike", "perhaps_alike"]


class LostMatch(NamedTuple):
    """A listed document. ``first``, ``last``: reported between these months ("2019-03"), "" not told.

    ``writing``: "same", sign for sign but for spaces and the like; "alike": certainly another way of
    writing it (O and 0, I and 1, zeros at the front: see `written`); "perhaps_alike": both have such
    signs, which mostly are the same ones. A person compares.
    """

    sort: Sort
    reason: Reason
    writing: Writing
    first: str
    last: str


class LostNumbers:
    """An edition's file under its key, with what has changed since."""

    def __init__(self, file: LostFile, key: bytes, overlay: Overlay | None = None) -> None:
        self._file = file
        self._key = key
        self._overlay = overlay or Overlay.none()

    def look(self, issuer: str, code: str, number: str) -> LostMatch | None:
        """The listed document that this may be: issuer (alpha-3), document code ("P"), number.

        None: not listed, or a number that identifies nothing (see `can_look`). Where the code does
        not say what kind of document it is, every kind is looked up. A number that is not there is
        taken for one that is less than once in a million. Raises `LostError`, `OSError`.
        """
        asked = written(number)
        if asked is None or not issuer:
            return None
        for sort in sorts_of_code(code):
            detail = self._find(number_hash(self._key, issuer, sort, asked.number))
            if detail is not None:
                writing = _writing(asked.altered, detail.altered)
                first, last = month_text(detail.first), month_text(detail.last)
                return LostMatch(sort, detail.reason, writing, first, last)
        return None

    def fold(self, path: Path, progress: Progress = lambda done, total: None) -> Built:
        """Make a new file of the same key in which the changes are: what neither needs the source for.

        Takes memory and disk as `building.build` does. Raises `LostError`, `OSError`.
        """
        header = self._file.header
        with Runs(path.parent) as runs:
            gone = np.union1d(self._overlay.removed, hashes_of(self._overlay.added))
            for records in self._file.records():
                runs.add_many(records[~np.isin(hashes_of(records), gone)])
            runs.add_many(self._overlay.added)
            return write(path, self._key, runs, known=header.classes, progress=progress)

    def _find(self, hash: int) -> Detail | None:
        changed = self._overlay.find(hash) if self._overlay.number else None
        if isinstance(changed, Detail):
            return changed
        return None if changed is False else self._file.find(hash)


class PutOn:
    """What one set of changes put on the list: for asking who showed such a document before."""

    def __init__(self, changes: Changes, key: bytes) -> None:
        """``key``: that of the edition which they change."""
        self._key = key
        self._hashes = hashes_of(changes.added)

    def has(self, issuer: str, code: str, number: str) -> bool:
        """Whether a document is among them; asked as `LostNumbers.look` is."""
        asked = written(number)
        if asked is None or not issuer:
            return False
        return any(
            self._holds(number_hash(self._key, issuer, sort, asked.number))
            for sort in sorts_of_code(code)
        )

    def _holds(self, hash: int) -> bool:
        at = int(np.searchsorted(self._hashes, np.uint64(hash)))
        return at < len(self._hashes) and int(self._hashes[at]) == hash


def number_reference(key: bytes, issuer: str, sort: Sort, number: str) -> str:
    """What a listed document is called where its number is not to stand: its keyed hash, in hexadecimal."""
    asked = written(number)
    return f"{number_hash(key, issuer, sort, asked.number if asked else number):012x}"


def can_look(issuer: str, number: str) -> bool:
    """Whether a document can be looked up at all: its issuer is known, its number identifies something."""
    return bool(issuer) and written(number) is not None


def _writing(ours: bool, listed: bool) -> Writing:
    if ours != listed:
        return "alike"
    return "perhaps_alike" if ours else "same"
