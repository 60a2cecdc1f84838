"""A post brings and fetches over a bad line, driven by the project's own `Upload`.

This file is all that knows how the two sides speak. It keeps to the meaning of the exchange: a
question says where both stand, runs are brought in order, several may be under way at once, and
each is answered by a receipt or by a refusal that says where the HQ stands.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from bench.survival.simulation.disks import Disk
from bench.survival.simulation.happening import HOUR, World
from bench.survival.simulation.network import Line
from bench.survival.simulation.nodes import Clock, Headquarters, Node
from bench.survival.simulation.officers import Officers
from bench.survival.simulation.stores import Fact, NotWritten, PowerCut, Store, Took
from openmidas.exchange.core import Outcome, Upload
from openmidas.journal import Receipt

CALL_EVERY = 5 * HOUR


class Asked(msgspec.Struct, frozen=True):
    """A post's question: its clock, what it holds of the HQ's journal, and where it stood itself."""

    time: int
    holds: int
    held_when_asked: int


class Told(msgspec.Struct, frozen=True):
    """The HQ's answer: its receipt for the post's journal, and the next run of its own."""

    receipt: Receipt | None
    run: bytes | None


class Post(Node):
    """A post records, and calls its HQ whenever the line is there."""

    def __init__(
        self,
        world: World,
        clock: Clock,
        disk: Disk,
        store: Store,
        officers: Officers,
        hq: Headquarters,
        line: Line,
    ) -> None:
        super().__init__(world, clock, disk, store, officers)
        self.hq = hq
        self.line = line
        self.wrong_when_asked = 0
        self._life = 0
        self._begin_life()

    def _begin_life(self) -> None:
        """What is only in memory begins anew: the receipts say how far the HQ is."""
        self._life += 1
        me = (self.store.own.id, 1)
        self._pausing = False
        head, held = self.store.head().place.sequence, self.store.held(self.hq.store.own.id)
        self.upload = Upload(me, head=head, held=held)

    def start(self) -> None:
        super().start()
        self._begin_life()
        self.call()

    def begin_calling(self) -> None:
        """Call regularly; the officers' machines ask again by themselves after a failure."""
        self.regularly(CALL_EVERY, self.call)

    def happening(self, number: int) -> list[Fact]:
        return self.officers.travellers(number)

    def call(self) -> None:
        """Ask for news, and bring what there is to bring."""
        if not (self.up and self.line.up):
            return
        self.upload.broken_off()
        self.ask()
        self.bring()

    def ask(self) -> None:
        """Say where both journals stand, and ask for what is new."""
        given = self.store.given(self.hq.store.own.id)
        holds = given.place.sequence if given else 0
        asked = Asked(self.clock.wall(), holds, self.upload.held)
        self._send(partial(self._hq_answers, asked))

    def bring(self) -> None:
        """As many runs as may be under way, each after the one before."""
        self.upload.written(self.store.head().place.sequence)
        while (after := self.upload.next_after()) is not None:
            run = self.store.run_for(self.hq.store.own, after)
            if run is None:
                return
            self.upload.sending(run.last, len(run.raw))
            self._send(partial(self._hq_takes, run.raw))

    def _send(self, deliver: Callable[[int], None]) -> None:
        life = self._life
        self.line.send(lambda: deliver(life))

    def _reply(self, life: int, deliver: Callable[[], None]) -> None:
        """An answer reaches only the process that asked: after a power cut it is another one."""

        def arrive() -> None:
            if self.up and life == self._life:
                self._try(deliver)

        self.line.send(arrive)

    def _try(self, do: Callable[[], None]) -> None:
        try:
            do()
        except NotWritten:
            pass  # said by the disk already: the next call finds everything where it was
        except PowerCut as cut:
            self.lose_power(str(cut))

    def _hq_answers(self, asked: Asked, life: int) -> None:
        hq = self.hq
        if not hq.up:
            return
        ahead = asked.time - hq.clock.wall()
        hq.store.compare_clock(self.store.own, ahead)
        self.wrong_when_asked = ahead
        receipt = hq.store.given(self.store.own.id)
        run = hq.store.run_for(self.store.own, asked.holds)
        told = Told(receipt, run.raw if run else None)
        self._reply(life, partial(self._hear_news, asked, told))

    def _hq_takes(self, raw: bytes, life: int) -> None:
        hq = self.hq
        if not hq.up:
            return
        try:
            took = hq.store.take(self.store.own, raw)
        except NotWritten:
            return
        except PowerCut as cut:
            hq.lose_power(str(cut))
            return
        self.world.note(hq.who, "takes", self.who, took.code or "stored", _where(took))
        self._reply(life, partial(self._hear_taken, took))

    def _hear_news(self, asked: Asked, told: Told) -> None:
        if told.receipt is not None:
            self.upload.heard(*self.store.keep(told.receipt))
        sequence = told.receipt.place.sequence if told.receipt else 0
        self.upload.lacks(sequence, held_when_asked=asked.held_when_asked)
        if told.run is None:
            return
        took = self.store.take(self.hq.store.own, told.run)
        self.world.note(self.who, "takes", self.hq.who, took.code or "stored", _where(took))
        if took.receipt is not None and took.receipt.place.sequence > asked.holds:
            self.ask()

    def _hear_taken(self, took: Took) -> None:
        if took.receipt is not None:
            outcome = self.upload.heard(*self.store.keep(took.receipt))
        else:
            ours = self.store.own_place(took.held.sequence) if took.held else None
            outcome = self.upload.refused(took.held, ours)
            self.world.note(self.who, "is refused", took.code, outcome)
        if outcome is Outcome.MOVED and not self._pausing:
            self.bring()
        elif outcome is Outcome.REWOUND:
            self._bring_later()

    def _bring_later(self) -> None:
        """Begin again once all that is still on its way has landed, as with a new connection."""
        life = self._life

        def again() -> None:
            self._pausing = False
            if self.up and life == self._life:
                self.upload.broken_off()
                self.bring()

        if not self._pausing:
            self._pausing = True
            self.world.after(self.line.weather.delay, again)


def _where(took: Took) -> int:
    place = took.receipt.place if took.receipt else took.held
    return place.sequence if place else -1
