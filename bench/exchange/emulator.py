"""Two networks and a bad line between them: real kernel TCP on both sides, one thread in between."""

from __future__ import annotations

import contextlib
import os
import select
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import msgspec

from bench.exchange.namespaces import Namespace, allowed_congestion
from bench.exchange.shaping import Counts, Direction, Shape

HQ_ADDRESS, POST_ADDRESS = "10.77.0.1", "10.77.0.2"
_LARGEST = 65536
_LONGEST_WAIT = 0.5


class Networks(msgspec.Struct, frozen=True):
    """The network of the HQ and that of the post: start their processes in them."""

    hq: Namespace
    post: Namespace


class Traffic(msgspec.Struct, frozen=True):
    """What went over the line in each direction: up is from the post to the HQ."""

    up: Counts
    down: Counts

    def since(self, before: Traffic) -> Traffic:
        """What has gone over it since."""
        return Traffic(self.up.since(before.up), self.down.since(before.down))

    @property
    def sent(self) -> int:
        """Bytes that went onto the line, both ways together."""
        return self.up.sent.bytes + self.down.sent.bytes


@contextmanager
def open_networks(congestion: str) -> Iterator[Networks]:
    """Two networks whose sockets begin with this congestion control; a process may choose another.

    Raises `CannotRun`.
    """
    with ExitStack() as stack:
        stack.enter_context(allowed_congestion(congestion))
        made = Networks(*(stack.enter_context(contextlib.closing(Namespace())) for _ in range(2)))
        for network in (made.hq, made.post):
            network.set_tcp(congestion)
        yield made


@contextmanager
def open_line(networks: Networks, up: Shape, down: Shape, seed: str) -> Iterator[Line]:
    """Join the networks by a line that is like this, until the ``with`` block ends."""
    with ExitStack() as stack:
        files = []
        for network, address in ((networks.hq, HQ_ADDRESS), (networks.post, POST_ADDRESS)):
            files.append(network.open_tun("line", f"{address}/30"))
            stack.callback(os.close, files[-1])
            network.forget_lines()
        line = Line(Direction(up, f"{seed}/up"), Direction(down, f"{seed}/down"), *files)
        stack.callback(line.stop)
        yield line


class Line:
    """Carries packets between two TUN devices. Made by `open_line`."""

    def __init__(self, up: Direction, down: Direction, hq_file: int, post_file: int) -> None:
        self._up = up
        self._down = down
        self._ways = {post_file: (up, hq_file), hq_file: (down, post_file)}
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self.first_packet: float | None = None
        """When the post sent its first packet, by `time.monotonic`."""
        self._thread = threading.Thread(target=self._carry, name="line", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Carry nothing more."""
        self._stop.set()
        self._thread.join()

    def traffic(self) -> Traffic:
        """What has gone over the line so far."""
        with self._lock:
            return Traffic(self._up.counts, self._down.counts)

    def set_up(self, up: bool) -> None:
        """Let the line be up or down, both ways; what is under way when it goes down is lost."""
        with self._lock:
            for way in (self._up, self._down):
                if up and not way.up:
                    way.mend()
                elif way.up and not up:
                    way.cut()

    def _carry(self) -> None:
        """Take packets from each side and give them to the other when they are due."""
        with contextlib.closing(select.epoll()) as poll:
            for file in self._ways:
                poll.register(file, select.EPOLLIN)
            while not self._stop.is_set():
                for file, _ in poll.poll(self._patience()):
                    self._take(file, self._ways[file][0])
                with self._lock:
                    arrived = [(way.due(self._now()), to) for way, to in self._ways.values()]
                for packets, to in arrived:
                    _give(packets, to)

    def _patience(self) -> float:
        """Seconds until the next packet arrives, within reason."""
        with self._lock:
            due = [
                moment for way in (self._up, self._down) if (moment := way.next_due()) is not None
            ]
        return max(0.0, min([_LONGEST_WAIT, *(moment - self._now() for moment in due)]))

    def _take(self, file: int, way: Direction) -> None:
        while True:
            try:
                packet = os.read(file, _LARGEST)
            except BlockingIOError:
                return
            with self._lock:
                taken = way.offer(packet, self._now())
            if taken and way is self._up and self.first_packet is None:
                self.first_packet = time.monotonic()

    def _now(self) -> float:
        return time.monotonic() - self._began


def _give(packets: list[bytes], file: int) -> None:
    for packet in packets:
        # The kernel takes no more at this moment: as lost on the way.
        with contextlib.suppress(BlockingIOError):
            os.write(file, packet)
