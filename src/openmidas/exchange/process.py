"""The exchange as a process of its own: an HQ listens, a post calls. ``midas exchange``."""

from __future__ import annotations

import asyncio
import logging
import signal
from functools import partial

from django.db import Error as DatabaseError

from openmidas.exchange import certificates, contact
from openmidas.exchange.answering import answer
from openmidas.exchange.client import Caller
from openmidas.exchange.incoming import Incoming
from openmidas.exchange.link import Link
from openmidas.exchange.own_news import OwnNews
from openmidas.exchange.records import Told
from openmidas.exchange.server import Server
from openmidas.exchange.threads import DatabaseThreads
from openmidas.nodes.identity import ThisNode, this_node
from openmidas.nodes.local import Peer

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How often to look for new peers, and for an HQ where there is none yet."""
HQ_THREADS = 8
POST_THREADS = 3


def run_exchange() -> None:
    """Exchange with this node's peers until told to stop (SIGTERM, SIGINT).

    Raises `openmidas.nodes.home.NodeMissing`, and `OSError` where an HQ's address is not to be had.
    """
    asyncio.run(_run(this_node()))


async def _run(node: ThisNode) -> None:
    stop = _stop_event()
    database = DatabaseThreads(HQ_THREADS if node.is_hq else POST_THREADS)
    work = asyncio.create_task(_serve(node, database) if node.is_hq else _call(node, database))
    waiting = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([work, waiting], return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            work.result()
    finally:
        for task in (work, waiting):
            task.cancel()
        await asyncio.gather(work, waiting, return_exceptions=True)
        await database.close()
        logger.info("the exchange has stopped")


async def _serve(node: ThisNode, database: DatabaseThreads) -> None:
    """At the HQ: listen, and trust whoever is a peer at the moment."""

    async def answered(caller: str, raw: bytes) -> bytes:
        return await database.run(answer, caller, raw)

    async def take(incoming: Incoming, raws: list[bytes]) -> list[Told]:
        return await database.run(incoming.take_all, raws)

    context = partial(certificates.server_context, node.home, node.id)
    server = Server(node.config.exchange, context, answered, take)
    try:
        own = await database.run(OwnNews)
        await server.start(await database.run(contact.trusted_certificates))
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await server.trust(await database.run(contact.trusted_certificates))
                server.nudge(await database.run(own.since))
            except DatabaseError as error:
                logger.warning("the database is busy: %s", error)
            except OSError as error:
                logger.error("who is trusted stays as it was: %s", error)
    finally:
        await server.stop()


async def _call(node: ThisNode, database: DatabaseThreads) -> None:
    """At a post: call the HQ that it has met."""
    lonely = False
    while True:
        try:
            hq = await database.run(contact.find_hq)
        except DatabaseError as error:
            logger.warning("the database is busy: %s", error)
            hq = None
        if hq is not None:
            lonely = False
            await _call_hq(node, hq, database)
        elif not lonely:
            lonely = True
            logger.info("this post has met no HQ yet")
        await asyncio.sleep(LOOK_SECONDS)


async def _call_hq(node: ThisNode, hq: Peer, database: DatabaseThreads) -> None:
    logger.info("%s exchanges with %s at %s", node.config.name, hq, hq.exchange)
    context = certificates.client_context(node.home, node.id, hq.certificate)
    async with Link(hq.exchange, context) as link:
        await Caller(hq, link, database).run()


def _stop_event() -> asyncio.Event:
    """Set by SIGTERM or SIGINT. By ``signal.signal``: Windows has no signal handlers in its loops."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def told(number: int, frame: object) -> None:
        loop.call_soon_threadsafe(stop.set)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
    return stop
