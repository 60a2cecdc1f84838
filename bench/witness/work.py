"""What a node of the tampering does, in its own process: see `bench.witness.node`."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

import msgspec
from django.core.management import call_command
from django.db import transaction

from bench.witness import tampering
from openmidas.exchange import answering, asking, carrying, contact, log_checking, log_giving
from openmidas.exchange.incoming import Incoming
from openmidas.exchange.messages import News, Refusal, decode_answer, encode
from openmidas.exchange.reading import own_journals, read_run
from openmidas.exchange.records import Frame, Received, Stopped, decode_told
from openmidas.exchange.worker import run_once
from openmidas.journal import TO_STATE, Actor, JournalError, NodeKind
from openmidas.journal.frames import FrameWriter
from openmidas.journal.models import Journal
from openmidas.journal.verify import verify_all
from openmidas.journal.witnessed import Contradiction
from openmidas.nodes import services
from openmidas.nodes.entries import EpochOpened
from openmidas.nodes.identity import NodeCard, this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.services import witness_keys, writer_keys
from openmidas.nodes.witness_commands import verify_logs


class Work:
    """A node with its database, and all that happens to it."""

    def __init__(self) -> None:
        call_command("migrate", verbosity=0)
        services.open_own_journal()
        # What is spread over hours at a real node happens at once here.
        log_giving.TELL_EVERY = 0
        log_giving.AGAIN = 0.0
        carrying.GIVE_EVERY = 0
        log_checking.LATE = -1
        self._refused = ""
        self._held: dict[int, int] = {}
        self._open: Any = None
        self._past: list[tampering.Past] = []

    def identity(self) -> UUID:
        return this_node().id

    def card(self) -> bytes:
        return this_node().card().encode()

    def meet(self, raw: bytes) -> None:
        card = NodeCard.decode(raw)
        if this_node().is_hq and card.kind is NodeKind.POST:
            services.enrol(card, actor=Actor())
        else:
            services.meet(card)

    def write(self, count: int, name: str) -> None:
        with transaction.atomic():
            for number in range(count):
                content = EpochOpened(name=f"{name} {number}", state="MLI", public_key=b"")
                services.record(content, actor=Actor(), audience=TO_STATE)

    def round(self) -> None:
        """At the HQ: what its worker does every ten minutes. A job that fails is told in its log."""
        log_giving.log_heads()

    def follow(self) -> None:
        """What the worker does all the time: let the tables follow."""
        while run_once():
            pass

    def remember(self) -> None:
        """Whoever tampers has watched: the tables and signatures as they are now."""
        self._past.append(tampering.Past())

    def begin(self) -> None:
        self._open = transaction.atomic()
        self._open.__enter__()

    def undo(self) -> None:
        self._refused, self._held = "", {}
        transaction.set_rollback(True)
        self._open.__exit__(None, None, None)

    def tamper(self, seed: int, kind: str, with_key: bool, witnessed: dict[str, int]) -> Any:
        """Do it; what was done (`tampering.Done`), None where there was nothing to do it to."""
        chance = random.Random(seed)  # noqa: S311  which tampering, no secret
        return tampering.tamper(chance, kind, with_key, self._past, witnessed)

    def proves(self) -> list[str]:
        """What `midas journal verify` finds: codes."""
        found = [one.code for one in verify_all(witness_keys(), writer_keys=writer_keys())]
        return [code for code in [*found, *(one.code for one in verify_logs())] if code]

    def count(self) -> int:
        """How far the own journal goes."""
        return Journal.objects.get(node=this_node().id).sequence

    def alarms(self) -> list[str]:
        """What people at this node are shown: problems with peers, stopped journals, contradictions."""
        found = [peer.last_problem for peer in Peer.objects.all()]
        found += Journal.objects.values_list("stopped", flat=True)
        found += Contradiction.objects.values_list("code", flat=True)
        return [code for code in found if code]

    def witnessed(self) -> dict[str, int]:
        """How far this node can vouch for journals and the log of others."""
        return tampering.vouched()

    # The link

    def ask(self) -> bytes:
        hq = Peer.objects.get(kind="hq")
        self._asked = asking.make_ask(
            hq, round_trip=0, wants=True, refused=self._refused, troubled=""
        )
        return encode(self._asked)

    def answer(self, asker: UUID, raw: bytes) -> bytes:
        return answering.answer(Peer.objects.get(id=asker).fingerprint, raw)

    def digest(self, raw: bytes) -> tuple[str, bool]:
        """Take the news in: what was refused in them, and whether to ask on."""
        news = decode_answer(raw)
        if isinstance(news, Refusal):
            return news.code, False
        assert isinstance(news, News)
        try:
            found = asking.digest(Peer.objects.get(kind="hq"), self._asked, news, 0)
        except JournalError as error:
            contact.note_problem(Peer.objects.get(kind="hq").id, error.code)
            return error.code, False
        self._refused = found.refused
        self._held = {one.theirs.epoch: one.theirs.sequence for one in found.receipts}
        return found.refused or found.troubled, found.more

    def bring(self) -> list[bytes]:
        """All frames of our own journals that the HQ has said that it lacks, as one stream has them."""
        hq = Peer.objects.get(kind="hq")
        frames = FrameWriter()
        found = []
        for own in own_journals(hq):
            after = self._held.get(own.journal[1], 0)
            while (run := read_run(hq, own.journal, after)) is not None:
                found.append(msgspec.msgpack.encode(Frame(frames.write(run.entries, run.head), 0)))
                after = run.head.place.sequence
        return found

    def take(self, bringer: UUID, frames: list[bytes]) -> list[bytes]:
        """At the HQ: what a post is told of each frame, until one is refused."""
        stream = Incoming(Peer.objects.get(id=bringer).fingerprint)
        told = []
        for raw in frames:
            told.append(msgspec.msgpack.encode(stream.take(raw)))
            if stream.over:
                break
        return told

    def told(self, answers: list[bytes]) -> str:
        """What the HQ said to the frames: the code of its refusal, if it refused."""
        hq = Peer.objects.get(kind="hq")
        for raw in answers:
            answer = decode_told(raw)
            if isinstance(answer, Stopped):
                return answer.code
            assert isinstance(answer, Received)
            try:
                kept = asking.keep_received(hq, answer, well=True)
            except JournalError as error:
                contact.note_problem(hq.id, error.code)
                return error.code
            if kept.problem:
                return kept.problem
        return ""
