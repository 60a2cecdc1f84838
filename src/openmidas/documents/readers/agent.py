"""The door between a reader and the post's page: a WebSocket on this machine alone.

Who knocks is held against four things, in this order: the Host is this very address (a name that was bent to
127.0.0.1 is another), the Origin is the paired post's and no other, there is a place left, and the first
message brings the code. A browser cannot lie about Host and Origin, so other web pages end there; another
program on this machine can, and ends at the code.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import msgspec
from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from openmidas.documents.readers.adapters import Adapter, Laid, Lifted
from openmidas.documents.readers.chip_desk import ChipDesk
from openmidas.documents.readers.chip_messages import Open
from openmidas.documents.readers.delivery import Delivery, Page
from openmidas.documents.readers.pairing import HOST, PORT, Pairing

PLACES = 8
"""Pages and whoever knocks, at once."""
LARGEST = 512
"""Bytes of a message from the page."""
SECONDS_TO_SAY = 5.0
SECONDS_TO_TAKE = 5.0
"""In which a page takes one message; who is slower loses the connection and comes again."""
HEARTBEAT = 15.0
AFTER_WRONG = 1.0
"""Seconds until who brought a wrong code is told so."""
REPLACED, WRONG_CODE = 4001, 4003
"""Codes of closing, for the page: it does not come again by itself."""


class Hello(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first message of a page."""

    code: str


class Taken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The readings up to this one have arrived."""

    taken: int


Said = TypeVar("Said", Hello, Taken, Open)


class Agent:
    """Serves one reader. ``pairing`` is asked at every knock: a new one holds at once."""

    def __init__(self, adapter: Adapter, pairing: Callable[[], Pairing | None]) -> None:
        self._adapter = adapter
        self._pairing = pairing
        self._delivery = Delivery()
        self._chips = ChipDesk(self._delivery)
        self._places = 0
        self.port = 0

    @contextlib.asynccontextmanager
    async def serving(self, port: int = PORT) -> AsyncIterator[asyncio.Task[None]]:
        """Listen at 127.0.0.1 and at the reader while in the context; port 0 takes any, see ``port``.

        Gives the listening at the reader, which ends with the adapter, and fails as it fails.
        Raises `OSError` when the port is taken.
        """
        app = web.Application(client_max_size=LARGEST)
        app.router.add_get("/", self._knock)
        runner = web.AppRunner(app, access_log=None, keepalive_timeout=1, shutdown_timeout=1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, HOST, port)
            await site.start()
            self.port = runner.addresses[0][1]
            listening = asyncio.create_task(self._listen())
            try:
                yield listening
            finally:
                await _end(listening)
        finally:
            await runner.cleanup()

    async def _listen(self) -> None:
        async with contextlib.aclosing(self._adapter.events()) as events:
            async for event in events:
                if isinstance(event, Laid):
                    self._chips.laid(event)
                elif isinstance(event, Lifted):
                    self._chips.lifted()
                else:
                    await self._delivery.take(event)

    async def _knock(self, request: web.Request) -> web.StreamResponse:
        pairing = self._pairing()
        if pairing is None or not self._permitted(request, pairing):
            return _refused(403)
        if self._places >= PLACES:
            return _refused(503)
        self._places += 1
        try:
            return await self._serve(request, pairing)
        finally:
            self._places -= 1

    def _permitted(self, request: web.Request, pairing: Pairing) -> bool:
        hosts = request.headers.getall("Host", [])
        origins = request.headers.getall("Origin", [])
        return hosts == [f"{HOST}:{self.port}"] and origins == [pairing.origin]

    async def _serve(self, request: web.Request, pairing: Pairing) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(
            heartbeat=HEARTBEAT, max_msg_size=LARGEST, compress=False, timeout=1.0
        )
        await socket.prepare(request)
        try:
            first = await asyncio.wait_for(socket.receive(), SECONDS_TO_SAY)
        except TimeoutError:
            await socket.close(code=WSCloseCode.POLICY_VIOLATION)
            return socket
        hello = _said(first, Hello)
        if hello is None or not pairing.fits(hello.code):
            await asyncio.sleep(AFTER_WRONG)
            await socket.close(code=WRONG_CODE)
            return socket
        page = self._delivery.join()
        telling = asyncio.create_task(self._tell(socket, page))
        try:
            await self._hear(socket, page)
        finally:
            self._delivery.leave(page)
            await _end(telling)
        return socket

    async def _tell(self, socket: web.WebSocketResponse, page: Page) -> None:
        """Tells the page what it has not been told, until it is gone, too slow or replaced."""
        try:
            while (message := await self._delivery.next(page)) is not None:
                text = msgspec.json.encode(message).decode()
                await asyncio.wait_for(socket.send_str(text), SECONDS_TO_TAKE)
        except (ConnectionError, TimeoutError):
            self._delivery.leave(page)
        await socket.close(code=REPLACED if page.replaced else WSCloseCode.GOING_AWAY)

    async def _hear(self, socket: web.WebSocketResponse, page: Page) -> None:
        """Takes the page's receipts, and opens chips for it; anything else ends the connection."""
        reading: asyncio.Task[None] | None = None
        try:
            async for message in socket:
                taken, asked = _said(message, Taken), _said(message, Open)
                if taken is not None:
                    self._delivery.arrived(taken.taken)
                elif asked is not None:
                    if reading is not None:
                        reading.cancel()
                    reading = asyncio.create_task(self._chips.read(page, asked))
                else:
                    await socket.close(code=WSCloseCode.POLICY_VIOLATION)
                    return
        finally:
            if reading is not None:
                await _end(reading)


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _refused(status: int) -> web.Response:
    """No, in one number: whoever knocks wrongly learns nothing else."""
    response = web.Response(status=status)
    response.force_close()
    return response


def _said(message: WSMessage, kind: type[Said]) -> Said | None:
    if message.type is not WSMsgType.TEXT:
        return None
    try:
        return msgspec.json.decode(message.data, type=kind)
    except msgspec.MsgspecError:
        return None
