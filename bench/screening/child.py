"""A matcher in a process of its own, asked over JSON lines.

`load` {listings} prepares a list; `score` {asked, offered, penalties} compares each traveller with
the listings at the places offered; `pairs` {pairs} compares each pair, cold and prepared; `memory`
tells the most that the process has had. Ours knows `screen` {asked} too: the whole list, end to end.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import msgspec

from bench.screening.cases import Asked, Pair
from openmidas.screening import Listing

ROOT = Path(__file__).resolve().parents[2]
_BATCH = 250
Advance = Callable[[int], None]
Answer = TypeVar("Answer")


class MatcherError(Exception):
    """A matcher's process ended; what it said last is in its text."""


class Timed(msgspec.Struct, frozen=True):
    """Scores of pairs, and the CPU seconds it took to compare all of them."""

    scores: tuple[float, ...]
    cold: float
    prepared: float


class Hit(msgspec.Struct, frozen=True, array_like=True):
    """A listing found: its place, the score, how sure it is said to be (0 to 1), and its class."""

    place: int
    score: float
    sure: float
    level: str


class Child:
    """A matcher's process; a context manager that ends it."""

    def __init__(self, line: Sequence[str | Path]) -> None:
        # A pipe that nobody reads would fill up.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  closed at the exit
        self._process = subprocess.Popen(
            [str(part) for part in line],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )

    def __enter__(self) -> Child:
        try:
            self._read(dict[str, Any])
        except MatcherError:
            self._end()  # nobody leaves what was not entered
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end()

    def load(self, listings: Sequence[Listing]) -> float:
        """Prepare a list; the CPU seconds that took."""
        return self._ask({"do": "load", "listings": listings}, dict[str, float])["cpu"]

    def score(
        self,
        asked: Sequence[Asked],
        offered: Sequence[Sequence[int]],
        advance: Advance,
        *,
        penalties: bool = True,
    ) -> tuple[list[list[float]], list[float]]:
        """Of each traveller, the scores of the listings offered, and the milliseconds they took."""
        scores: list[list[float]] = []
        took: list[float] = []
        for start in range(0, len(asked), _BATCH):
            batch = slice(start, start + _BATCH)
            request = {"asked": asked[batch], "offered": offered[batch], "penalties": penalties}
            answer = self._ask({"do": "score", **request}, _Scores)
            scores += answer.scores
            took += answer.ms
            advance(len(answer.ms))
        return scores, took

    def screen(
        self, asked: Sequence[Asked], advance: Advance
    ) -> tuple[list[list[Hit]], list[float]]:
        """Of each traveller, all hits of the whole list, and the milliseconds they took."""
        hits: list[list[Hit]] = []
        took: list[float] = []
        for start in range(0, len(asked), _BATCH):
            answer = self._ask({"do": "screen", "asked": asked[start : start + _BATCH]}, _Hits)
            hits += answer.hits
            took += answer.ms
            advance(len(answer.ms))
        return hits, took

    def pairs(self, pairs: Sequence[Pair]) -> Timed:
        """The scores of these pairs, and how long comparing took."""
        return self._ask(
            {"do": "pairs", "pairs": [(pair.asked, pair.listing) for pair in pairs]}, Timed
        )

    def memory(self) -> float:
        """The most memory the process has had, MB."""
        return self._ask({"do": "memory"}, dict[str, float])["mb"]

    def _ask(self, request: object, answer: type[Answer]) -> Answer:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(msgspec.json.encode(request) + b"\n")
            self._process.stdin.flush()
        except OSError as error:
            raise MatcherError(self._last_words()) from error
        return self._read(answer)

    def _read(self, answer: type[Answer]) -> Answer:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise MatcherError(self._last_words())
        return msgspec.json.decode(line, type=answer)

    def _last_words(self) -> str:
        self._process.kill()
        self._process.wait()
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it ended and said nothing"

    def _end(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._said.close()


class _Scores(msgspec.Struct, frozen=True):
    scores: list[list[float]]
    ms: list[float]


class _Hits(msgspec.Struct, frozen=True):
    hits: list[list[Hit]]
    ms: list[float]
