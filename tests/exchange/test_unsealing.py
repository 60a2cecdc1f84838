"""At a sealed post: which share opens it, and how its lease is kept. A real HQ stands at the other end."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from openmidas.exchange import certificates, unsealing
from openmidas.exchange.messages import (
    Answer,
    Deposit,
    Leased,
    Refusal,
    Release,
    decode_question,
    encode,
    now,
)
from openmidas.exchange.server import Server
from openmidas.exchange.unsealing import Step, deposit, keep_lease, share_at_hq, unseal
from openmidas.journal import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome
from openmidas.nodes.keys import certificate
from openmidas.nodes.local import Peer
from openmidas.nodes.sealing.database import DATABASE
from openmidas.nodes.sealing.lease import Lease, new_lease, read_lease, write_lease
from openmidas.nodes.sealing.memory import forget_key
from openmidas.nodes.sealing.sealed import Holder, HqAddress, SealFailed, Token, read_sealed
from openmidas.nodes.sealing.standing import State, standing
from openmidas.nodes.sealing.turning import Prepared
from openmidas.nodes.sealing.wrapping import at_hq, proof_of
from tests.support.real_nodes import free_address
from tests.support.sealing import (
    AWA,
    CHEAP,
    ISSA,
    TRAVELLER,
    memory_folder_for,
    post_with_traveller,
    travellers,
)

SECONDS = 1000


class KeepsShares:
    """The HQ's side of it in a thread, with its real server and certificates."""

    def __init__(self, folder: Path, post: NodeHome) -> None:
        self.home = NodeHome(folder)
        self.id = uuid4()
        self.home.write_config(NodeConfig(id=self.id, kind=NodeKind.HQ, state="MLI", name="Bamako"))
        self.address = free_address()
        self.refuses = ""
        self.lost = False
        self.held: Deposit | None = None
        self._posts = (certificate(post, post.config().id),)

    def where(self) -> HqAddress:
        return HqAddress(self.id, self.address, certificate(self.home, self.id))

    def answer(self, raw: bytes) -> Answer:
        if self.refuses:
            return Refusal(time=now(), code=self.refuses)
        said = decode_question(raw)
        if isinstance(said, Deposit):
            self.held = said
            return Leased(time=now(), lease=SECONDS)
        assert isinstance(said, Release)
        if self.lost:
            return Leased(time=now(), lease=SECONDS)
        assert self.held is not None
        assert proof_of(said.release) == self.held.proof
        return Leased(time=now(), lease=SECONDS, share=self.held.share)

    @contextmanager
    def listening(self) -> Iterator[None]:
        started, stop = threading.Event(), threading.Event()
        running = threading.Thread(target=lambda: asyncio.run(self._serve(started, stop)))
        running.start()
        assert started.wait(20)
        try:
            yield
        finally:
            stop.set()
            running.join()

    async def _serve(self, started: threading.Event, stop: threading.Event) -> None:
        async def answered(caller: str, raw: bytes) -> bytes:
            return encode(self.answer(raw))

        async def take(*_anything: object) -> object:
            raise AssertionError("no stream is opened")

        server = Server(
            self.address,
            lambda peers: certificates.server_context(self.home, self.id, peers),
            answered,
            take,  # type: ignore[arg-type]  # never called
        )
        await server.start(self._posts)
        started.set()
        while not stop.is_set():
            await asyncio.sleep(0.02)
        await server.stop()


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    yield from memory_folder_for(monkeypatch)


@pytest.fixture
def home(memory: Path, tmp_path: Path) -> NodeHome:
    return post_with_traveller(tmp_path / "post")


@pytest.fixture
def hq(home: NodeHome, tmp_path: Path) -> KeepsShares:
    return KeepsShares(tmp_path / "hq", home)


def seal_with_both(home: NodeHome, hq: KeepsShares) -> Token:
    """Sealed with a share at the HQ and one on a token, and shut."""
    prepared = Prepared(home, [AWA, ISSA], 1, CHEAP)
    token = prepared.share_for(Holder.TOKEN)
    share = prepared.share_for(Holder.HQ)
    prepared.sealed = at_hq(prepared.sealed, hq.where())
    with hq.listening():
        seconds = deposit(home, hq.where(), share, prepared.secret)
    prepared.carry_out(new_lease(seconds))
    forget_key(home.config().id)
    return token


def lapse(home: NodeHome) -> None:
    write_lease(home, Lease(at=now() - 2000, until=now() - 1000))


def refused(home: NodeHome, token: Token | None) -> str:
    with pytest.raises(SealFailed) as failed:
        unseal(home, [AWA], token)
    return failed.value.code


def test_with_the_token_no_link_is_needed(home: NodeHome, hq: KeepsShares) -> None:
    token = seal_with_both(home, hq)
    steps: list[Step] = []
    unseal(home, [ISSA], token, steps.append)
    assert travellers(home) == [TRAVELLER]
    assert steps == [Step.PHRASES, Step.DATABASE]


def test_without_it_the_hq_gives_its_share(home: NodeHome, hq: KeepsShares) -> None:
    seal_with_both(home, hq)
    steps: list[Step] = []
    with hq.listening():
        unseal(home, [AWA], None, steps.append)
    assert travellers(home) == [TRAVELLER]
    assert steps == [Step.PHRASES, Step.HQ, Step.DATABASE]


def test_with_neither_it_stays_shut(home: NodeHome, hq: KeepsShares) -> None:
    seal_with_both(home, hq)
    assert refused(home, None) == "seal.hq_silent"
    assert standing(home).state is State.SEALED


def test_an_hq_that_has_revoked_the_post_keeps_it_shut(home: NodeHome, hq: KeepsShares) -> None:
    seal_with_both(home, hq)
    hq.refuses = "node.revoked"
    with hq.listening():
        assert refused(home, None) == "seal.hq_refuses"
    assert standing(home).state is State.SEALED


def test_an_hq_that_strikes_its_certificate_out_keeps_it_shut(
    home: NodeHome, hq: KeepsShares, tmp_path: Path
) -> None:
    seal_with_both(home, hq)
    hq._posts = (certificate(post_with_traveller(tmp_path / "other"), uuid4()),)
    with hq.listening():
        assert refused(home, None) == "seal.hq_silent"


def test_after_the_lease_the_token_alone_is_not_enough(home: NodeHome, hq: KeepsShares) -> None:
    token = seal_with_both(home, hq)
    lapse(home)
    assert refused(home, token) == "seal.lease_over"
    assert standing(home).state is State.COLLECT_ONLY
    with hq.listening():
        unseal(home, [AWA], token)
    assert standing(home).reason == "unsealed"
    lease = read_lease(home)
    assert lease is not None
    assert lease.until - lease.at == SECONDS * 1000


def test_a_post_that_did_not_open_collects_as_before(home: NodeHome, hq: KeepsShares) -> None:
    token = seal_with_both(home, hq)
    lapse(home)
    home.path(DATABASE).write_bytes(os.urandom(8192))
    with hq.listening():
        assert refused(home, token) == "seal.other_key"
    assert standing(home).state is State.COLLECT_ONLY


def test_an_hq_that_lost_its_share_lets_the_token_open_it(home: NodeHome, hq: KeepsShares) -> None:
    """It was restored from an old copy; whoever it trusts must not stay shut for ever."""
    token = seal_with_both(home, hq)
    lapse(home)
    hq.lost = True
    with hq.listening():
        assert refused(home, None) == "seal.hq_refuses"
        unseal(home, [AWA], token)
    assert standing(home).reason == "unsealed"


def test_an_old_token_that_was_left_in_the_machine_is_passed_over(
    home: NodeHome, hq: KeepsShares
) -> None:
    token = seal_with_both(home, hq)
    old = msgspec.structs.replace(token, id=uuid4())
    with hq.listening():
        unseal(home, [AWA], old)
    assert standing(home).reason == "unsealed"


def test_a_post_that_no_hq_knows_has_its_token_only(home: NodeHome, memory: Path) -> None:
    prepared = Prepared(home, [AWA], 1, CHEAP)
    token = prepared.share_for(Holder.TOKEN)
    prepared.carry_out(None)
    forget_key(home.config().id)
    assert refused(home, None) == "seal.no_share"
    assert refused(home, msgspec.structs.replace(token, id=uuid4())) == "seal.wrong_share"
    unseal(home, [AWA], token)
    assert standing(home).until is None


class TestKeepingTheLease:
    def peer(self, hq: KeepsShares) -> Peer:
        where = hq.where()
        return Peer(id=where.id, exchange=where.address, certificate=where.certificate)

    def test_a_renewal_is_kept_and_spares_the_flash_memory(
        self, home: NodeHome, hq: KeepsShares, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seal_with_both(home, hq)
        before = read_lease(home)
        keep_lease(home, self.peer(hq), SECONDS + 60)
        assert read_lease(home) == before, "a minute is not worth a write"
        keep_lease(home, self.peer(hq), SECONDS + unsealing.SPARE + 60)
        after = read_lease(home)
        assert before is not None
        assert after is not None
        assert after.until > before.until

    def test_a_shorter_lease_counts_as_well(self, home: NodeHome, hq: KeepsShares) -> None:
        seal_with_both(home, hq)
        write_lease(home, new_lease(1_000_000))
        keep_lease(home, self.peer(hq), SECONDS)
        lease = read_lease(home)
        assert lease is not None
        assert lease.until - now() <= SECONDS * 1000

    def test_where_the_hq_is_called_follows_it(self, home: NodeHome, hq: KeepsShares) -> None:
        seal_with_both(home, hq)
        peer = self.peer(hq)
        peer.exchange = "10.0.0.9:8400"
        keep_lease(home, peer, SECONDS)
        sealed = read_sealed(home)
        assert sealed.hq is not None
        assert sealed.hq.address == "10.0.0.9:8400"

    def test_which_share_the_hq_keeps(self, home: NodeHome, hq: KeepsShares) -> None:
        assert share_at_hq(home) is None
        seal_with_both(home, hq)
        assert hq.held is not None
        assert share_at_hq(home) == hq.held.id
