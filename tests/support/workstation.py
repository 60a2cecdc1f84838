"""`midas reader run` on the machine of the browser, with a reader on which the test lays documents."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import TypeVar

from openmidas.documents.readers.adapters import Adapter, Event, Laid
from openmidas.documents.readers.agent import Agent
from openmidas.documents.readers.pairing import pair

UNPLUGGED = ""
Happens = TypeVar("Happens")


class Zones:
    """Documents for a simulator, from the test's thread; `UNPLUGGED` takes the reader away."""

    def __init__(self) -> None:
        self.laid: queue.Queue[str] = queue.Queue()

    async def __aiter__(self) -> AsyncIterator[str]:
        while True:
            zone = await _next(self.laid)
            if zone == UNPLUGGED:
                return
            yield zone


class Desk:
    """A reader to which happens what the test says, from its own thread."""

    def __init__(self) -> None:
        self.happens: queue.Queue[Event] = queue.Queue()

    async def events(self) -> AsyncGenerator[Event, None]:
        while True:
            yield await _next(self.happens)

    def lay(self, chip: Callable[[bytes], bytes]) -> None:
        """A document with this chip."""
        self.happens.put(Laid(lambda: Connected(chip)))


class Connected:
    """A connection with a virtual chip, which begins anew with each."""

    def __init__(self, chip: Callable[[bytes], bytes]) -> None:
        self._chip = chip

    def __call__(self, command: bytes, /) -> bytes:
        return self._chip(command)

    def close(self) -> None:
        return


async def _next(waiting: queue.Queue[Happens]) -> Happens:
    while True:
        try:
            return waiting.get_nowait()
        except queue.Empty:
            await asyncio.sleep(0.05)


class Workstation:
    """The reader's program, paired with the post at this origin."""

    def __init__(self, origin: str, reader: Callable[[], Adapter]) -> None:
        self.pairing, self.code = pair(origin)
        self.port = 0
        self._reader = reader
        self._loop = asyncio.new_event_loop()
        self._running: threading.Thread | None = None

    def start(self) -> None:
        served, self._end = threading.Event(), asyncio.Event()

        async def serve() -> None:
            agent = Agent(self._reader(), lambda: self.pairing)
            async with agent.serving(self.port):
                self.port = agent.port
                served.set()
                await self._end.wait()

        run = self._loop.run_until_complete
        self._running = threading.Thread(target=lambda: run(serve()))
        self._running.start()
        assert served.wait(10)

    def stop(self) -> None:
        if self._running is not None:
            self._loop.call_soon_threadsafe(self._end.set)
            self._running.join(10)
            self._running = None

    def close(self) -> None:
        self.stop()
        ending = self._loop.shutdown_default_executor()
        last = threading.Thread(target=self._loop.run_until_complete, args=(ending,))
        last.start()  # Playwright has a loop of its own in the test's thread
        last.join(20)
        self._loop.close()
