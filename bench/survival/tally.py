"""What has been run so far, so that a long form can be stopped and continued."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from openmidas.nodes.home import write_file

Counts = dict[str, int]
"""What one history, cut or kill came to. ``lost`` and ``doubled`` are in all of them."""


class Tally(msgspec.Struct):
    """What one harness has done. ``words``: the first things that went wrong, as it told them."""

    done: int = 0
    seconds: float = 0.0
    counts: Counts = {}
    controls: dict[str, int] = {}
    words: list[str] = []

    def add(self, counts: Counts, words: list[str]) -> None:
        """One more."""
        self.done += 1
        for name, number in counts.items():
            self.counts[name] = self.counts.get(name, 0) + number
        self.words += words[: 20 - len(self.words)]


class Done(msgspec.Struct, frozen=True):
    """One history, cut or kill."""

    counts: Counts
    words: list[str] = []


class Amounts(msgspec.Struct, frozen=True):
    """How many of a harness's unit are run: in the short form and in the long one."""

    quick: int
    whole: int


class Harness(Protocol):
    """One way of trying to lose something."""

    name: str
    unit: str
    amounts: Amounts

    def why_not(self) -> str:
        """Why this cannot be run on this machine; empty where it can."""

    def run(self, first: int, number: int) -> Iterator[Done]:
        """So many, from this one on: each number gives the same every time, where that can be."""

    def controls(self) -> dict[str, int]:
        """What each fault that was put in on purpose lost: 0 means that this harness is blind."""


class State:
    """The tallies of all harnesses, in a file where one was named."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.tallies: dict[str, Tally] = {}
        if path is not None and path.exists():
            self.tallies = msgspec.json.decode(path.read_bytes(), type=dict[str, Tally])

    def of(self, name: str) -> Tally:
        """The tally of one harness."""
        return self.tallies.setdefault(name, Tally())

    def save(self) -> None:
        """Write it down, so that a kill here costs no more than the last few seconds."""
        if self._path is not None:
            write_file(self._path.absolute(), msgspec.json.encode(self.tallies))
