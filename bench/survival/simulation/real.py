"""The project's own stores, several in one process: each node has its folder and its own database.

A database is SQLite in memory, through the project's own backend. A node is switched to by its
folder and its connection; `time.time_ns` says what that node's clock says.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.core.management import call_command
from django.db import connections, transaction

from bench.survival.simulation.disks import Disk
from bench.survival.simulation.stores import Fact, Identity, Run, Took
from openmidas.crossings.models import Crossing
from openmidas.exchange.asking import keep_receipt
from openmidas.exchange.contact import note_contact
from openmidas.exchange.reading import own_journals, read_run
from openmidas.exchange.receipts import given_receipts, our_place
from openmidas.exchange.status import exchange_status
from openmidas.exchange.taking import take_segment
from openmidas.journal import Actor, Head, Place, Receipt, SealedEntry
from openmidas.journal.entry import NO_HASH
from openmidas.journal.following import project_pending
from openmidas.journal.local import Quarantined
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.segments import pack
from openmidas.nodes.home import NodeConfig, NodeHome, write_file
from openmidas.nodes.identity import NodeCard
from openmidas.nodes.keys import certificate
from openmidas.nodes.local import Peer
from openmidas.nodes.room import database_bytes
from openmidas.nodes.services import meet, open_own_journal, record
from openmidas.nodes.sqlcipher.base import DatabaseWrapper
from openmidas.posts.models import Lookup

IN_MEMORY = "PRAGMA temp_store=MEMORY; PRAGMA synchronous=OFF"


class Machines:
    """Makes real stores in folders below one. The tables are made once and copied for each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tables = _database()
        with _on(folder, self._tables):
            call_command("migrate", verbosity=0)

    def store(
        self,
        own: Identity,
        key: Ed25519PrivateKey,
        peers: Sequence[Identity],
        disk: Disk,
        wall: Callable[[], int],
    ) -> RealStore:
        """A node's store, made anew."""
        home = NodeHome(self._folder / str(own.id))
        home.write_config(
            NodeConfig(id=own.id, kind=own.kind, state="MLI", name=own.name, exchange="127.0.0.1:1")
        )
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        write_file(home.path("keys", "epoch-1.pem"), pem)
        database = _database()
        self._tables.connection.backup(database.connection)
        cards = [self._card(peer) for peer in peers]
        return RealStore(own, home, database, cards, disk, wall)

    def _card(self, peer: Identity) -> NodeCard:
        return NodeCard(
            id=peer.id,
            kind=peer.kind,
            state="MLI",
            name=peer.name,
            epoch=1,
            public_key=peer.public_key,
            certificate=certificate(NodeHome(self._folder / f"peer-{peer.id}"), peer.id),
            exchange="127.0.0.1:1",
        )


class RealStore:
    """A node as the project stores it."""

    def __init__(
        self,
        own: Identity,
        home: NodeHome,
        database: Any,
        peers: Sequence[NodeCard],
        disk: Disk,
        wall: Callable[[], int],
    ) -> None:
        self.own = own
        self.disk = disk
        self._home = home
        self._database = database
        self._wall = wall
        with self._here():
            open_own_journal()
            for card in peers:
                meet(card)

    def append(self, facts: Sequence[Fact]) -> None:
        with self._here():
            with transaction.atomic():
                for fact in facts:
                    record(fact.content, actor=Actor(), audience=fact.audience)
                self.disk.step("before an append is committed")
                self.disk.write()
            self.disk.step("after an append is committed, before it is acknowledged")

    def has(self, fact: UUID) -> bool:
        with self._here():
            here = Crossing.objects.filter(id=fact).exists()
            return here or Lookup.objects.filter(id=fact).exists()

    def head(self) -> Head:
        with self._here():
            return self._journal().head()

    def own_place(self, sequence: int) -> Place | None:
        with self._here():
            return our_place(Place(self.own.id, 1, sequence, NO_HASH))

    def held(self, peer: UUID) -> int:
        with self._here():
            return own_journals(Peer.objects.get(id=peer))[0].held

    def run_for(self, peer: Identity, after: int) -> Run | None:
        with self._here():
            segment = read_run(Peer.objects.get(id=peer.id), (self.own.id, 1), after)
            return None if segment is None else Run(pack(segment), segment.head.place.sequence)

    def take(self, peer: Identity, raw: bytes) -> Took:
        with self._here():
            with transaction.atomic():
                taken = take_segment(Peer.objects.get(id=peer.id), raw)
                self.disk.step("before a segment is committed")
                self.disk.write()
            self.disk.step("after a segment is committed, before the receipt is sent")
        if isinstance(taken, Receipt):
            return Took(taken)
        return Took(None, taken.code, taken.held)

    def keep(self, receipt: Receipt) -> tuple[Place, Place | None]:
        with self._here(), transaction.atomic():
            kept = keep_receipt(Peer.objects.get(id=receipt.witness), receipt)
            self.disk.step("before a receipt is kept")
            self.disk.write()
        return kept.theirs, kept.ours

    def given(self, peer: UUID) -> Receipt | None:
        with self._here():
            return next(iter(given_receipts(Peer.objects.get(id=peer))), None)

    def compare_clock(self, peer: Identity, ahead: int) -> None:
        with self._here():
            note_contact(Peer.objects.get(id=peer.id), waiting=0, ahead=ahead)

    def clock_differs(self, peer: UUID) -> bool:
        with self._here():
            shown = {each.id: each.clock_differs for each in exchange_status().peers}
            return shown[peer]

    def clock(self) -> int:
        with self._here():
            return self._journal().clock

    def copy_of(self, node: UUID) -> list[SealedEntry]:
        with self._here():
            entries = JournalEntry.objects.filter(node=node).order_by("sequence", "id")
            return [entry.sealed() for entry in entries]

    def lose_power(self) -> None:
        """Nothing to do: what raised inside a transaction has rolled it back."""

    def follow(self) -> int:
        """Let the tables follow all journals; how many entries had to be set aside."""
        with self._here():
            for journal in Journal.objects.exclude(node=self.own.id):
                while project_pending(journal):
                    pass
            return Quarantined.objects.count()

    def rows(self) -> int:
        """How many crossings and look-ups stand in the tables."""
        with self._here():
            return Crossing.objects.count() + Lookup.objects.count()

    def size(self) -> int:
        """How many bytes the database has grown to."""
        with self._here():
            return database_bytes()

    def close(self) -> None:
        """The database is gone."""
        self._database.connection.close()

    def _journal(self) -> Journal:
        return Journal.objects.get(node=self.own.id)

    @contextmanager
    def _here(self) -> Iterator[None]:
        wall = self._wall
        with (
            _on(self._home.folder, self._database),
            patch.object(time, "time_ns", lambda: wall() * 1_000_000),
        ):
            yield


def is_real(own: Identity) -> bool:
    """Whether this node of a mixed history has a real store: the HQ and the first two posts."""
    return own.name in ("hq", "post-01", "post-02")


@contextmanager
def _on(folder: Path, database: Any) -> Iterator[None]:
    home, before = os.environ.get("OPENMIDAS_HOME", ""), connections["default"]
    os.environ["OPENMIDAS_HOME"] = str(folder)
    connections["default"] = database
    try:
        yield
    finally:
        os.environ["OPENMIDAS_HOME"] = home
        connections["default"] = before


def _database() -> Any:
    settings = {
        **connections["default"].settings_dict,
        "NAME": ":memory:",
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": IN_MEMORY},
    }
    database = DatabaseWrapper(settings, alias="default")
    database.connect()
    return database
