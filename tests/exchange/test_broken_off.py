"""A hundred exchanges that broke off: in the end both nodes are as large as if none had."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.survival.simulation.disks import Disk
from bench.survival.simulation.happening import World
from bench.survival.simulation.officers import Officers
from bench.survival.simulation.real import Machines, RealStore
from bench.survival.simulation.stores import Identity, PowerCut
from openmidas.journal import NodeKind

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.both]
EXCHANGES = 100


class Pair(msgspec.Struct, frozen=True):
    """A post and its HQ, with databases of their own."""

    world: World
    post: RealStore
    hq: RealStore

    def bring(self) -> bytes:
        """People cross, and the post has something to bring."""
        self.post.append(Officers(self.world, "post", ()).travellers(3))
        run = self.post.run_for(self.hq.own, self.post.held(self.hq.own.id))
        assert run is not None
        return run.raw

    def exchange(self) -> None:
        """From a question to a receipt."""
        took = self.hq.take(self.post.own, self.bring())
        assert took.receipt is not None
        self.post.keep(took.receipt)

    def break_off(self, number: int) -> None:
        """The same, and something happens in the midst of it."""
        raw = self.bring()
        match number % 3:
            case 0:  # half of it arrives
                assert self.hq.take(self.post.own, raw[: len(raw) // 2]).receipt is None
            case 1:  # the power goes at the HQ
                self.hq.disk.risk = 1.0
                with suppress(PowerCut):
                    self.hq.take(self.post.own, raw)
                self.hq.disk.risk = 0.0
            case _:  # the receipt does not arrive
                self.hq.take(self.post.own, raw)


def pair(folder: Path) -> Pair:
    world = World(1)
    machines = Machines(folder)
    keys = [Ed25519PrivateKey.from_private_bytes(world.chance.randbytes(32)) for _ in range(2)]
    post, hq = (
        Identity(UUID(int=number), kind, kind.value, key.public_key().public_bytes_raw())
        for number, kind, key in zip((1, 2), (NodeKind.POST, NodeKind.HQ), keys, strict=True)
    )

    def store(own: Identity, key: Ed25519PrivateKey, other: Identity) -> RealStore:
        return machines.store(own, key, [other], Disk(world, own.name), lambda: world.now)

    return Pair(world, store(post, keys[0], hq), store(hq, keys[1], post))


def test_a_hundred_broken_exchanges_make_no_database_grow(tmp_path: Path) -> None:
    calm, stormy = pair(tmp_path / "calm"), pair(tmp_path / "stormy")
    for number in range(EXCHANGES):
        calm.exchange()
        stormy.break_off(number)
    while stormy.post.held(stormy.hq.own.id) < stormy.post.head().place.sequence:
        stormy.exchange()
    assert len(stormy.hq.copy_of(stormy.post.own.id)) >= len(calm.hq.copy_of(calm.post.own.id))
    assert stormy.hq.size() <= 1.2 * calm.hq.size()
    assert stormy.post.size() <= 1.2 * calm.post.size()
    for one in (calm, stormy):
        one.post.close()
        one.hq.close()
