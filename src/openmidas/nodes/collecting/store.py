"""The second store of a post: what is collected while its database is shut. Plain SQLite, one file.

It is made while the post is open, so that it has all it needs when the database cannot be opened: the
key of its run, the HQ's keys that bodies are sealed to, the lanes, and who may collect, by number,
role and the digest of a PIN. It holds no list, no name, and nothing that was recorded in clear.

Rollback journal with synchronous=EXTRA: as SQLite says, the only setting with which a commit is also
there after a power cut between the deletion of that journal and the flush of its folder.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.journal import Actor, Body, Content, Place, clock
from openmidas.journal.entry import encode_body
from openmidas.journal.kinds import kind_of
from openmidas.nodes.collecting.chain import EPOCH, Collected, beginning, collect
from openmidas.nodes.home import NodeHome, sync_folder
from openmidas.nodes.keys import public_bytes

FILE = "collecting.db"
SECONDS_TO_WAIT = 20.0
_TABLES = """
CREATE TABLE about (one INTEGER PRIMARY KEY CHECK (one = 1), said BLOB NOT NULL);
CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL,
    hash BLOB NOT NULL, at INTEGER NOT NULL, clock INTEGER NOT NULL);
CREATE TABLE entry (sequence INTEGER PRIMARY KEY, form BLOB NOT NULL UNIQUE, header BLOB NOT NULL,
    sealed BLOB NOT NULL, signature BLOB NOT NULL, settled INTEGER NOT NULL DEFAULT 0);
CREATE TABLE officer (number TEXT PRIMARY KEY, id BLOB NOT NULL, role TEXT NOT NULL,
    verifier TEXT NOT NULL, wrong INTEGER NOT NULL DEFAULT 0, pause INTEGER NOT NULL DEFAULT 0);
"""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a run needs to know. ``seed``: its private key; ``recipients``: the HQ's public keys.

    ``epoch``: of the node's journal when the run was made; ``floor``, ``clock``: times of that journal
    below which nothing is dated (milliseconds; logical clock).
    """

    node: UUID
    epoch: int
    run: UUID
    seed: bytes
    recipients: tuple[bytes, ...]
    lanes: tuple[str, ...] = ()
    floor: int = 0
    clock: int = 0

    @property
    def key(self) -> Ed25519PrivateKey:
        """What the run's heads are signed with."""
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    @property
    def public_key(self) -> bytes:
        """Its public half, which the node's own journal names."""
        return public_bytes(self.key)

    def __repr__(self) -> str:
        return f"About(run={self.run})"


class Collector(msgspec.Struct, frozen=True, kw_only=True):
    """An officer who may collect: no name, only the number they give. ``pause``: see `note_try`."""

    number: str
    id: UUID
    role: str
    verifier: str
    wrong: int = 0
    pause: int = 0


class CollectingStore:
    """The second store, opened for each thing that is done: it is asked a few times a minute."""

    def __init__(self, home: NodeHome) -> None:
        self.path: Path = home.path(FILE)

    @property
    def exists(self) -> bool:
        """Whether collecting has been prepared here."""
        return self.path.is_file()

    def create(self, about: About) -> None:
        """Begin a run in a new file, whole or not at all."""
        new = self.path.with_name(self.path.name + ".new")
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(_connect(new)) as db:
            db.executescript(_TABLES)
            db.execute("BEGIN IMMEDIATE")
            _begin(db, about)
            db.execute("COMMIT")
        new.replace(self.path)
        sync_folder(self.path.parent)

    def begin_anew(self, about: About) -> bool:
        """Begin another run, where all of the last one is in the journal; officers stay.

        In the same file: whoever collects at this moment is before it, or after it, and never in a
        file that is gone.
        """
        with self._writing() as db:
            if db.execute("SELECT count(*) FROM entry WHERE settled = 0").fetchone()[0]:
                return False
            for table in ("entry", "about", "head"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608  our own names
            _begin(db, about)
            return True

    def about(self) -> About:
        """What the run needs to know."""
        with self._open() as db:
            return _about(db)

    def change(self, about: About) -> None:
        """What has changed since: lanes, the HQ's key, the time."""
        with self._writing() as db:
            db.execute("UPDATE about SET said = ?", [msgspec.msgpack.encode(about)])

    def add(self, form: UUID, content: Content, actor: Actor, wall: int) -> int:
        """Seal what was recorded and have it on the disk; its number. ``wall``: milliseconds.

        The same form again adds nothing, and gives the number that it has.
        """
        with self._writing() as db:
            row = db.execute("SELECT sequence FROM entry WHERE form = ?", [form.bytes]).fetchone()
            if row is not None:
                return int(row[0])
            about = _about(db)
            sequence, hash, at, last = db.execute(
                "SELECT sequence, hash, at, clock FROM head"
            ).fetchone()
            now = clock.tick(wall, max(at, about.floor), max(last, about.clock))
            raw = encode_body(_body(content, actor, now))
            entry, place = collect(
                raw, Place(about.node, EPOCH, sequence, hash), about.key, about.recipients
            )
            db.execute(
                "INSERT INTO entry (sequence, form, header, sealed, signature) VALUES (?, ?, ?, ?, ?)",
                [place.sequence, form.bytes, entry.header, entry.sealed, entry.signature],
            )
            db.execute(
                "UPDATE head SET sequence = ?, hash = ?, at = ?, clock = ?",
                [place.sequence, place.hash, now.at, now.clock],
            )
            return place.sequence

    def entries(self, *, settled: bool | None = None) -> list[Collected]:
        """What is still here, in order; only what is settled, or is not."""
        wanted = (0, 1) if settled is None else (int(settled), int(settled))
        with self._open() as db:
            found = db.execute(
                "SELECT header, sealed, signature FROM entry WHERE settled IN (?, ?)"
                " ORDER BY sequence",
                wanted,
            )
            return [Collected(*row) for row in found]

    def mark_settled(self, sequences: Sequence[int]) -> None:
        """Remember that these are in the journal: never taken again, not even once erased there."""
        with self._writing() as db:
            db.executemany(
                "UPDATE entry SET settled = 1 WHERE sequence = ?", [[each] for each in sequences]
            )

    def count(self) -> int:
        """How many entries are still here."""
        with self._open() as db:
            return int(db.execute("SELECT count(*) FROM entry").fetchone()[0])

    def forget(self, sequences: Sequence[int]) -> None:
        """Let go of entries that the HQ has opened. What the run continues from stays."""
        with self._writing() as db:
            db.executemany("DELETE FROM entry WHERE sequence = ?", [[each] for each in sequences])

    def copied(self) -> bytes:
        """The whole file as of one moment, while others go on writing to it."""
        with self._open() as db, closing(sqlite3.connect(":memory:")) as copy:
            db.backup(copy)
            return copy.serialize()

    def put_officer(self, officer: Collector) -> None:
        """Let an officer collect, or give them another PIN."""
        with self._writing() as db:
            _put_officer(db, officer)

    def remove_officer(self, number: str) -> None:
        """Let an officer collect no more."""
        with self._writing() as db:
            db.execute("DELETE FROM officer WHERE number = ?", [number])

    def officer(self, number: str) -> Collector | None:
        """The officer with this number."""
        return next((each for each in self.officers() if each.number == number), None)

    def officers(self) -> list[Collector]:
        """All who may collect."""
        with self._open() as db:
            found = db.execute("SELECT number, id, role, verifier, wrong, pause FROM officer")
            return [
                Collector(
                    number=row[0],
                    id=UUID(bytes=row[1]),
                    role=row[2],
                    verifier=row[3],
                    wrong=row[4],
                    pause=row[5],
                )
                for row in found
            ]

    def note_try(self, number: str, wrong: int, pause: int) -> None:
        """Remember wrong tries of a PIN in a row, and until when (milliseconds) none is taken."""
        with self._writing() as db:
            db.execute(
                "UPDATE officer SET wrong = ?, pause = ? WHERE number = ?", [wrong, pause, number]
            )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(_connect(self.path)) as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")


def _connect(path: Path) -> sqlite3.Connection:
    """A connection that makes no file: a store that is gone must not be found empty."""
    db = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=SECONDS_TO_WAIT,
        isolation_level=None,
    )
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA secure_delete = ON")
    return db


def _begin(db: sqlite3.Connection, about: About) -> None:
    start = beginning(about.node, about.run, about.public_key)
    db.execute("INSERT INTO about VALUES (1, ?)", [msgspec.msgpack.encode(about)])
    db.execute("INSERT INTO head VALUES (1, 0, ?, 0, 0)", [start.hash])


def _about(db: sqlite3.Connection) -> About:
    return msgspec.msgpack.decode(db.execute("SELECT said FROM about").fetchone()[0], type=About)


def _put_officer(db: sqlite3.Connection, officer: Collector) -> None:
    db.execute(
        "INSERT OR REPLACE INTO officer VALUES (?, ?, ?, ?, ?, ?)",
        [
            officer.number,
            officer.id.bytes,
            officer.role,
            officer.verifier,
            officer.wrong,
            officer.pause,
        ],
    )


def _body(content: Content, actor: Actor, now: clock.Tick) -> Body:
    kind = kind_of(content)
    return Body(
        kind=kind.name,
        version=kind.version,
        audience=kind.audience,
        actor=actor,
        at=now.at,
        clock=now.clock,
        clock_error=None,
        content=msgspec.Raw(msgspec.msgpack.encode(content)),
    )
