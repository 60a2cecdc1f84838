"""A log of an HQ in memory, by the pure rules and nothing of the store."""

from __future__ import annotations

from openmidas.exchange.messages import LogMark, LogNews
from openmidas.journal import Head, Place, merkle
from openmidas.journal.loghead import LogHead, sign_log_head
from tests.support.writers import Pen


class PenLog:
    """The log of an HQ that is not this process's node."""

    def __init__(self, hq: Pen, epoch: int = 1) -> None:
        self.hq = hq
        self.epoch = epoch
        self.places: list[Place] = []
        self._kept: dict[tuple[int, int], bytes] = {}

    def add(self, *places: Place) -> None:
        leaves = [place.encode() for place in places]
        self._kept.update(merkle.grown(len(self.places), leaves, self._subtree))
        self.places += places

    def head(self, at: int) -> LogHead:
        size = len(self.places)
        root = merkle.root(size, self._subtree)
        return sign_log_head(self.hq.node, self.epoch, size, root, at, self.hq.key)

    def news(
        self,
        mark: LogMark,
        at: int = 1_760_000_000_000,
        leaf: int | None = None,
        carried: tuple[Head, ...] = (),
    ) -> LogNews:
        size = len(self.places)
        return LogNews(
            head=self.head(at),
            growth=merkle.consistency(mark.size, size, self._subtree),
            leaf=None if leaf is None else self.places[leaf],
            index=leaf or 0,
            path=() if leaf is None else merkle.inclusion(leaf, size, self._subtree),
            carried=carried,
        )

    def _subtree(self, level: int, number: int) -> bytes:
        return self._kept[level, number]


def some_places(count: int) -> list[Place]:
    """Places of journals that nobody here knows."""
    pen = Pen()
    return [Place(pen.node, 1, number + 1, bytes([number]) * 32) for number in range(count)]
