"""Simulated posts: journals of crossings, ready as frames, and the streams that bring them."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.crossings.entries import AdmissionReason, CrossingAdmitted
from openmidas.crossings.inspection import (
    Conveyance,
    Direction,
    Document,
    Inspection,
    Journey,
    Purpose,
    Traveller,
)
from openmidas.documents import PartialDate
from openmidas.exchange.certificates import client_context
from openmidas.exchange.core import WINDOW_SEGMENTS
from openmidas.exchange.link import Link, LinkError
from openmidas.exchange.messages import now
from openmidas.exchange.records import Frame, Ping, Received
from openmidas.journal import TO_HQ, Actor, NodeKind, Place, SealedEntry
from openmidas.journal.clock import COUNTER_BITS
from openmidas.journal.entry import (
    NO_HASH,
    Body,
    Header,
    commit,
    encode_body,
    hash_header,
    new_salt,
)
from openmidas.journal.frames import FrameWriter
from openmidas.journal.models import new_id
from openmidas.journal.signing import sign_head
from openmidas.nodes.home import NodeHome
from openmidas.nodes.identity import NodeCard
from openmidas.nodes.keys import certificate, public_bytes

Packed = list[tuple[bytes, int]]
"""Frames, each with the sequence that it reaches."""
SURNAMES = ("DIALLO", "TRAORE", "KEITA", "COULIBALY", "CAMARA", "SIDIBE", "MAIGA", "BAH")
GIVEN = ("AMINATA", "MOUSSA", "FATOUMATA", "IBRAHIMA", "KADIATOU", "OUMAR", "MARIAM", "SEKOU")


class Post:
    """One post. ``frames``: what it has still to bring."""

    def __init__(self, folder: Path, number: int) -> None:
        self.id: UUID = new_id()
        self.home = NodeHome(folder / f"{number:03}")
        self.key = Ed25519PrivateKey.generate()
        self.card = NodeCard(
            id=self.id,
            kind=NodeKind.POST,
            state="MLI",
            name=f"Poste {number:03}",
            epoch=1,
            public_key=public_bytes(self.key),
            certificate=certificate(self.home, self.id),
            exchange="",
        )
        self._chance = Random(number)  # noqa: S311  repeatable, no secret
        self._place = Place(self.id, 1, 0, NO_HASH)
        self._at = now() - 86_400_000

    def write(self, frames: int, entries: int) -> list[list[SealedEntry]]:
        """So many runs of so many crossings, the next of its journal."""
        return [[self._cross() for _ in range(entries)] for _ in range(frames)]

    def pack(self, runs: list[list[SealedEntry]]) -> Packed:
        """The frames of one stream, each with the sequence that it reaches."""
        writer = FrameWriter()
        packed = []
        for run in runs:
            last = Header.decode(run[-1].header)
            place = Place(self.id, 1, last.sequence, hash_header(run[-1].header))
            packed.append((writer.write(run, sign_head(place, self.key)), last.sequence))
        return packed

    def pack_halves(self, runs: list[list[SealedEntry]]) -> tuple[Packed, Packed]:
        """The frames of two streams, one after the other."""
        half = len(runs) // 2
        return self.pack(runs[:half]), self.pack(runs[half:])

    def _cross(self) -> SealedEntry:
        self._at += self._chance.randrange(20_000, 200_000)
        content = CrossingAdmitted(inspection=self._inspect(), reason=AdmissionReason.CLEAR)
        body = Body(
            kind="crossing.admitted",
            version=1,
            audience=TO_HQ,
            actor=Actor(role="primary", lane="1"),
            at=self._at,
            clock=self._at << COUNTER_BITS,
            clock_error=12,
            content=msgspec.Raw(msgspec.msgpack.encode(content)),
        )
        raw, salt = encode_body(body), new_salt()
        header = Header(
            self.id, 1, self._place.sequence + 1, self._place.hash, commit(salt, raw)
        ).encode()
        self._place = Place(self.id, 1, self._place.sequence + 1, hash_header(header))
        return SealedEntry(header, raw, salt)

    def _inspect(self) -> Inspection:
        pick = self._chance
        return Inspection(
            id=new_id(),
            lane="1",
            opened_at=self._at - 20_000,
            traveller=Traveller(
                surname=pick.choice(SURNAMES),
                given_names=pick.choice(GIVEN),
                birth=PartialDate(pick.randrange(1950, 2015), pick.randrange(1, 13), 3),
                sex=pick.choice("FM"),
                nationality=pick.choice(("MLI", "GIN", "NER", "SEN")),
            ),
            document=Document(
                code="P",
                number=f"SP{pick.randrange(10**7):07}",
                issuer="MLI",
                expiry=PartialDate(2031, 5, 4),
            ),
            journey=Journey(
                direction=pick.choice(list(Direction)),
                purpose=pick.choice(list(Purpose)),
                conveyance=pick.choice(list(Conveyance)),
                origin="Kourémalé",
                destination="Bamako",
            ),
        )


async def open_stream(post: Post, address: str, hq: str, stack: AsyncExitStack) -> Any:
    """A stream of this post to the HQ with this certificate, open until the stack is closed."""
    link = await stack.enter_async_context(Link(address, client_context(post.home, post.id, hq)))
    stream = await stack.enter_async_context(link.stream(Ping(now(), 0)))
    await stream.receive()
    return stream


async def bring(stream: Any, frames: Packed) -> list[float]:
    """Bring these frames and hear a receipt for each: how long each waited for its own, in seconds.

    Raises `LinkError`, or `AssertionError` for any other answer.
    """
    flying = asyncio.Semaphore(WINDOW_SEGMENTS)
    sent: deque[float] = deque()

    async def send() -> None:
        for raw, _ in frames:
            await flying.acquire()
            sent.append(time.monotonic())
            await stream.send(Frame(raw, 0))

    sending = asyncio.create_task(send())
    waits = []
    for _, last in frames:
        told = await stream.receive()
        if not isinstance(told, Received) or told.sequence != last:
            raise AssertionError(f"no receipt: {told}")
        waits.append(time.monotonic() - sent.popleft())
        flying.release()
    await sending
    return waits


async def bring_rubbish(
    post: Post, address: str, hq: str, until: asyncio.Event, *, rubbish: bool
) -> int:
    """Bring what is no frame over and over, as fast as it is refused; how often. Or nothing at all."""
    times = 0
    async with Link(address, client_context(post.home, post.id, hq)) as link:
        while rubbish and not until.is_set():
            try:
                async with link.stream(Frame(bytes(60_000), 0)) as stream:
                    await stream.receive()
            except LinkError:
                await asyncio.sleep(0.01)
            times += 1
    return times
