"""The HQ's side of the link: accepts calls from its peers over HTTPS, one message and one answer each."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections import defaultdict
from collections.abc import Awaitable, Callable

from aiohttp import web

from openmidas.exchange.messages import MAX_MESSAGE_BYTES
from openmidas.nodes.keys import certificate_fingerprint, fingerprint

logger = logging.getLogger(__name__)

PATH = "/exchange/1"
READ_SECONDS = 600
"""The longest that one message may take to come in: 4.8 MB at 64 kbit/s."""
READ_AT_ONCE = 4
"""Messages of one peer that are read at the same time: each may take its full size of memory."""
IDLE_SECONDS = 75
SHUTDOWN_SECONDS = 5.0
BACKLOG = 512


class Server:
    """Listens at one address and hands messages on.

    ``context`` makes the TLS context that trusts these certificates (PEM); ``answer`` gets the
    fingerprint of the caller's certificate and its message, and returns the answer.
    """

    def __init__(
        self,
        address: str,
        context: Callable[[tuple[str, ...]], ssl.SSLContext],
        answer: Callable[[str, bytes], Awaitable[bytes]],
    ) -> None:
        self._address = address
        self._context = context
        self._answer = answer
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
        self._trusted = certificates
        logger.info("%d peers are trusted", len(certificates))

    async def stop(self) -> None:
        """Answer what is under way, then listen no more."""
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


def _caller(request: web.Request) -> str:
    """The fingerprint of the certificate that was shown; the TLS context asks one of everybody."""
    shown = request.get_extra_info("ssl_object")
    der = shown.getpeercert(binary_form=True) if shown is not None else None
    if not der:
        raise web.HTTPForbidden
    return fingerprint(der)


def _listen(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, int(port)), family=family, backlog=BACKLOG)
    listening.setblocking(False)
    return listening
