"""The HQ's side of the link: accepts calls and streams from its peers over HTTPS."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable

import aiohttp
from aiohttp import web

from openmidas.exchange import versions
from openmidas.exchange.gathering import Records
from openmidas.exchange.incoming import Incoming
from openmidas.exchange.messages import MAX_MESSAGE_BYTES
from openmidas.exchange.records import Nudge, Stopped, Told, encode_record
from openmidas.exchange.sockets import knocking, tune
from openmidas.journal import JournalError
from openmidas.nodes.keys import certificate_fingerprint, fingerprint

logger = logging.getLogger(__name__)

PATH = f"/exchange/{versions.SPOKEN}"
STREAM_PATH = f"/exchange/stream/{versions.SPOKEN}"
OTHER_VERSIONS = (r"/exchange/{version:\d+}", r"/exchange/stream/{version:\d+}")
READ_SECONDS = 600
"""The longest that one message may take to come in: 4.8 MB at 64 kbit/s."""
SILENT_SECONDS = 300
"""How long a stream may say nothing: a post that is there says so every two minutes."""
READ_AT_ONCE = 4
"""Messages of one peer that are read at the same time: each may take its full size of memory."""
IDLE_SECONDS = 75
SHUTDOWN_SECONDS = 5.0
BACKLOG = 512


class Server:
    """Listens at one address and hands messages on.

    ``context`` makes the TLS context that trusts these certificates (PEM); ``answer`` gets the
    fingerprint of the caller's certificate and its message, and returns the answer; ``take`` gets
    a stream (`openmidas.exchange.incoming.Incoming`) and records, and returns what is told.
    """

    def __init__(
        self,
        address: str,
        context: Callable[[tuple[str, ...]], ssl.SSLContext],
        answer: Callable[[str, bytes], Awaitable[bytes]],
        take: Callable[[Incoming, list[bytes]], Awaitable[list[Told]]],
    ) -> None:
        self._address = address
        self._context = context
        self._answer = answer
        self._take = take
        self._known: frozenset[str] = frozenset()
        self._reading: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(READ_AT_ONCE)
        )
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._socket: socket.socket | None = None
        self._site: web.SockSite | None = None
        self._trusted: tuple[str, ...] | None = None
        app = web.Application(client_max_size=MAX_MESSAGE_BYTES)
        app.router.add_post(PATH, self._handle)
        app.router.add_post(STREAM_PATH, self._stream)
        for path in OTHER_VERSIONS:
            app.router.add_post(path, _other_version)
        self._streams: dict[str, _Open] = {}
        self._runner = web.AppRunner(
            app, access_log=None, keepalive_timeout=IDLE_SECONDS, shutdown_timeout=SHUTDOWN_SECONDS
        )

    async def start(self, certificates: tuple[str, ...]) -> None:
        """Listen. Raises `OSError` where the address is not to be had."""
        self._socket = _listen(self._address)
        await self._runner.setup()
        await self.trust(certificates)
        logger.info("the exchange listens at %s", self._address)

    async def trust(self, certificates: tuple[str, ...]) -> None:
        """Accept exactly these certificates from the next call on.

        OpenSSL cannot take a certificate out of a context, so a new one takes over the same socket:
        whoever calls in between waits in its queue, and calls under way go on.
        """
        if self._socket is None or certificates == self._trusted:
            return
        self._known = frozenset(map(certificate_fingerprint, certificates))
        before = self._site
        self._site = web.SockSite(
            self._runner,
            self._socket.dup(),
            ssl_context=self._context(certificates),
            backlog=BACKLOG,
        )
        await self._site.start()
        if before is not None:
            await before.stop()
        for caller in set(self._streams) - self._known:
            self._streams[caller].close()
        self._trusted = certificates
        logger.info("%d peers are trusted", len(certificates))

    async def stop(self) -> None:
        """Answer what is under way, then listen no more."""
        for stream in list(self._streams.values()):
            stream.close()
        await self._runner.cleanup()
        if self._socket is not None:
            self._socket.close()

    async def _handle(self, request: web.Request) -> web.Response:
        caller = _caller(request)
        # A peer can sign certificates of its own making with its own: whoever is not known by the
        # very certificate is told so, and nothing of it is read.
        if caller not in self._known:
            return web.Response(body=await self._answer(caller, b""))
        async with self._reading[caller]:
            try:
                async with asyncio.timeout(READ_SECONDS):
                    raw = await request.read()
            except TimeoutError as error:
                raise web.HTTPRequestTimeout from error
            return await self._answered(caller, raw)

    async def _answered(self, caller: str, raw: bytes) -> web.Response:
        # One at a time for each peer: whoever sends rubbish as fast as it can slows only itself.
        async with self._turns[caller]:
            return web.Response(body=await self._answer(caller, raw))

    def nudge(self, callers: Iterable[str]) -> None:
        """Tell these peers (fingerprints) that there is something for them, where a stream is open."""
        for caller in callers:
            if caller in self._streams:
                self._streams[caller].nudge()

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        caller = _caller(request)
        if caller not in self._known:
            return web.Response(body=encode_record(Stopped("node.unknown", {}, None)))
        # The one before is of a connection that the post has given up, and that nobody told us of.
        if caller in self._streams:
            self._streams[caller].close()
        knows = versions.to_header(versions.own_formats())
        response = web.StreamResponse(headers={versions.HEADER: knows})
        await response.prepare(request)
        link = request.get_extra_info("socket")
        if link is not None:
            tune(link)
        stream = self._streams[caller] = _Open(response)
        try:
            async with knocking(link):
                await self._follow(caller, request.content, stream)
        except (asyncio.IncompleteReadError, OSError, JournalError) as error:
            logger.info("a stream of %s is over: %s", caller, error or "it fell silent")
        finally:
            stream.close()
            if self._streams.get(caller) is stream:
                del self._streams[caller]
        return response

    async def _follow(self, caller: str, records: aiohttp.StreamReader, stream: _Open) -> None:
        """Take records in for as long as they come: those that lie there, before more are read."""
        incoming = Incoming(caller)
        arriving = Records(records, SILENT_SECONDS, READ_SECONDS)
        while not incoming.over:
            together = await arriving.together()
            async with self._turns[caller]:
                told = await self._take(incoming, together)
            async with asyncio.timeout(SILENT_SECONDS):
                await stream.tell(*told)


class _Open:
    """An open stream, as far as it can be told something from outside."""

    def __init__(self, response: web.StreamResponse) -> None:
        self._response = response
        self._turn = asyncio.Lock()
        self._handling = asyncio.current_task()
        self._nudging: asyncio.Task[None] | None = None

    async def tell(self, *told: Told) -> None:
        """Tell something, once what was told before is on its way."""
        async with self._turn:
            await self._response.write(b"".join(map(encode_record, told)))

    def nudge(self) -> None:
        """Tell that there is news, without waiting for a slow link; one at a time is enough."""
        if self._nudging is None or self._nudging.done():
            self._nudging = asyncio.create_task(self._nudge())

    async def _nudge(self) -> None:
        try:
            await self.tell(Nudge())
        except OSError as error:
            logger.debug("nobody was there to be nudged: %s", error)

    def close(self) -> None:
        """End it, whatever it waits for."""
        if self._nudging is not None:
            self._nudging.cancel()
        if self._handling is not None and self._handling is not asyncio.current_task():
            self._handling.cancel()


def _caller(request: web.Request) -> str:
    """The fingerprint of the certificate that was shown; the TLS context asks one of everybody."""
    shown = request.get_extra_info("ssl_object")
    der = shown.getpeercert(binary_form=True) if shown is not None else None
    if not der:
        raise web.HTTPForbidden
    return fingerprint(der)


async def _other_version(request: web.Request) -> web.Response:
    """Whoever speaks another version than we do is told which is ours: one of us is too old."""
    logger.warning("%s calls in a version that is not spoken here", request.remote)
    headers = {versions.VERSIONS: str(versions.SPOKEN)}
    return web.Response(status=versions.UPGRADE_REQUIRED, headers=headers)


def _listen(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, int(port)), family=family, backlog=BACKLOG)
    listening.setblocking(False)
    return listening
