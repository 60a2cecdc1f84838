"""Lost and stolen documents in a file, asked by number: no person is compared, and none need be named."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from openmidas.screening.commands.asked import Asked
from openmidas.screening.evidence import Evidence, Level
from openmidas.screening.lost import (
    LostFile,
    LostMatch,
    LostNumbers,
    LostReport,
    LostRow,
    build,
    new_key,
    read_lost,
    written,
)
from openmidas.screening.opening import open_list
from openmidas.screening.problems import ListError
from openmidas.screening.weights import shipped_weights

LOST = "lost"
"""The kind of these lists, and the code that their hits bear."""


@dataclass(frozen=True, slots=True)
class LostHit:
    """A document on a list, by the number that was asked: a list of hashes does not tell its own."""

    issuer: str
    match: LostMatch
    asked: str
    asked_issuer: str | None

    @property
    def certain(self) -> bool:
        """Whether the State that issued it was asked for as well."""
        return self.asked_issuer is not None

    @property
    def number(self) -> str:
        """Its letters and figures."""
        return "".join(sign for sign in self.asked.upper() if sign.isalnum())

    @property
    def listing(self) -> str:
        """What the listing is called: "GIN passport O0456789"."""
        return f"{self.issuer} {self.match.sort} {self.number}"

    @property
    def level(self) -> Level:
        """Without its issuer a number is that of several States' documents: weak, and never more."""
        if not self.certain:
            return "weak"
        return "possible" if self.match.writing == "alike" else "strong"

    @property
    def score(self) -> float:
        """In bits: what the same number of a listed person's document weighs, or less of it."""
        weights = shipped_weights()
        if not self.certain:
            return weights.number_supports
        return weights.number_alone / (2 if self.level == "possible" else 1)

    def evidence(self) -> Evidence:
        """The number as it was asked and as it is listed."""
        ours = " ".join(part for part in (self.asked_issuer, self.asked) if part)
        theirs = f"{self.issuer} {self.number}"
        return Evidence("number", self.certain or None, ours, theirs, "same", self.score)


@dataclass(frozen=True, slots=True)
class LostList:
    """The documents of one or several files, as keyed hashes in a file that goes with this program."""

    rows: int
    left_out: int
    _numbers: LostNumbers
    _issuers: tuple[str, ...]

    @classmethod
    def read(cls, paths: tuple[Path, ...], encoding: str = "") -> LostList:
        """Read these files. Raises `ListError`, `LostError`, `OSError`."""
        issuers: set[str] = set()
        report = LostReport()
        key = new_key()
        # The file is opened and then has no name any more: it is gone whenever this program ends.
        with tempfile.TemporaryDirectory(prefix="midas-lost-") as folder:
            path = Path(folder) / "asked.lost"
            built = build(path, key, _rows(paths, report, encoding, issuers))
            if not built.entries:
                raise ListError("empty")
            numbers = LostNumbers(LostFile(path, key), key)
        return cls(report.taken, report.left_out, numbers, tuple(sorted(issuers)))

    def hits(self, asked: Asked) -> Iterator[LostHit]:
        """Every listed document that the asked one may be. Raises `LostError`, `OSError`."""
        for number in asked.numbers:
            if written(number) is None:
                continue
            issuers = (asked.number_issuer,) if asked.number_issuer else self._issuers
            for issuer in issuers:
                match = self._numbers.look(issuer, "", number)
                if match is not None:
                    yield LostHit(issuer, match, number, asked.number_issuer)


def _rows(
    paths: tuple[Path, ...], report: LostReport, encoding: str, issuers: set[str]
) -> Iterator[LostRow]:
    for path in paths:
        with open_list(path) as stream:
            for row in read_lost(stream, report, encoding=encoding):
                issuers.add(row.issuer)
                yield row
