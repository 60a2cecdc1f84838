"""A node copies itself while it works, and what goes wrong at a target breaks nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from openmidas.journal import Actor
from openmidas.journal.models import Journal
from openmidas.nodes import backup
from openmidas.nodes.backup import back_up, back_up_due, kept_files, tried
from openmidas.nodes.backup_opening import open_backup, verify
from openmidas.nodes.backup_plan import MARK, mark
from openmidas.nodes.backup_seal import (
    BackupFailed,
    SealedWriter,
)
from openmidas.nodes.collecting.store import FILE, About, CollectingStore, Collector
from openmidas.nodes.entries import EpochOpened
from openmidas.nodes.home import this_home
from openmidas.nodes.keys import public_bytes
from openmidas.nodes.restore import restore
from openmidas.nodes.sealing.database import DATABASE, key_file, opens
from openmidas.nodes.sealing.memory import put_key
from openmidas.nodes.sealing.sealed import SEALED, Holder, write_sealed
from openmidas.nodes.sealing.standing import standing
from openmidas.nodes.sealing.wrapping import new_outside, seal
from openmidas.nodes.services import record
from tests.conftest import POST
from tests.nodes.conftest import names, refused, secret
from tests.support.sealing import AWA, CHEAP, memory_folder_for

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_backup_holds_configuration_keys_and_database(stick: Path) -> None:
    done = back_up(stick)
    found = names(done)
    assert {"node.toml", "backup.toml", "keys/epoch-1.pem"} <= set(found)
    expected = "database.dump/000000" if connection.vendor == "postgresql" else "database.sqlite"
    assert expected in found
    said = verify(done, secret)
    assert (said.node, said.epoch, said.sequence) == (POST, 1, 1)
    assert sorted(path.name for path in stick.iterdir()) == sorted([MARK, done.name])
    assert tried(this_home())[str(stick)].code == ""
    assert not this_home().path("backup.tmp").exists()


def test_nothing_of_it_can_be_read_without_the_key(stick: Path) -> None:
    raw = back_up(stick).read_bytes()
    assert this_home().secret("web").encode() not in raw
    assert b"BEGIN PRIVATE KEY" not in raw
    assert b"SQLite format" not in raw


def test_a_target_that_is_missing_or_full_is_noted(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stick / MARK).unlink()
    with refused("backup.target_missing"):
        back_up(stick)
    assert tried(this_home())[str(stick)].code == "backup.target_missing"
    mark(stick)
    monkeypatch.setattr(backup, "MARGIN", 2**60)
    with refused("backup.target_full"):
        back_up(stick)
    assert back_up_due() == 0, "the node itself goes on"
    assert tried(this_home())[str(stick)].params["target"] == str(stick)


def test_a_target_that_fails_half_way_keeps_no_half_backup(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(backup, "_read_back", torn)
    with refused("backup.target_failed"):
        back_up(stick)
    assert [path.name for path in stick.iterdir()] == [MARK]


def test_what_the_stick_gives_back_wrongly_is_no_backup(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = backup._write_archive

    def forgetful(writer: SealedWriter, home: object) -> None:
        write(writer, this_home())
        file = writer._file._file  # type: ignore[attr-defined]
        file.flush()
        file.seek(-100, 2)
        file.write(b"\0" * 50)
        file.seek(0, 2)

    monkeypatch.setattr(backup, "_write_archive", forgetful)
    monkeypatch.setattr("openmidas.nodes.backup_seal.CHUNK", 1000)
    with pytest.raises(BackupFailed):
        back_up(stick)
    assert [path.name for path in stick.iterdir()] == [MARK]


def test_a_recent_backup_is_not_made_again(stick: Path) -> None:
    assert [back_up_due(), back_up_due()] == [1, 0]


def test_what_is_written_while_it_copies_is_left_for_the_next(stick: Path) -> None:
    done = back_up(stick)
    with transaction.atomic():
        record(EpochOpened(name="more", state="MLI", public_key=b""), actor=Actor())
    assert verify(done, secret).sequence < Journal.objects.get().sequence


def test_only_what_a_node_needs_is_taken_along() -> None:
    parts = {path.relative_to(this_home().folder).parts[0] for path in kept_files(this_home())}
    assert parts <= {"node.toml", "backup.toml", "keys", "tls"}


HQ_KEY = Ed25519PrivateKey.from_private_bytes(bytes([2]) * 32)
ABOUT = About(
    node=POST, epoch=1, run=UUID(int=9), seed=bytes(32), recipients=(public_bytes(HQ_KEY),)
)
SAID = EpochOpened(name="collected", state="MLI", public_key=b"")


@pytest.fixture
def second_store() -> Iterator[CollectingStore]:
    """What this post collected, and who may."""
    store = CollectingStore(this_home())
    store.create(ABOUT)
    store.put_officer(
        Collector(number="aminata", id=UUID(int=5), role="primary", verifier="digest")
    )
    for number in range(3):
        store.add(UUID(int=number), SAID, Actor(), 1_760_000_000_000)
    store.mark_settled([1])
    yield store
    store.path.unlink(missing_ok=True)


def test_the_second_store_is_taken_along(second_store: CollectingStore, stick: Path) -> None:
    assert FILE in names(back_up(stick))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only a post collects")
def test_the_second_store_comes_back_as_it_was(
    second_store: CollectingStore, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openmidas.nodes.restore.prepare_in_own_process", lambda folder: None)
    done = back_up(stick)
    second_store.add(UUID(int=99), SAID, Actor(), 1_760_000_000_000)
    with open_backup(done, secret) as opened:
        back = CollectingStore(restore(opened, tmp_path / "back"))
    assert back.entries() == second_store.entries()[:3]
    assert len(back.entries(settled=False)) == 2
    assert (back.about(), back.officers()) == (ABOUT, second_store.officers())
    assert back.path.stat().st_mode & 0o077 == 0


def test_it_is_copied_while_somebody_writes_to_it(second_store: CollectingStore) -> None:
    with closing(sqlite3.connect(second_store.path, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("DELETE FROM entry")
        copy = sqlite3.connect(":memory:")
        copy.deserialize(second_store.copied())
        assert copy.execute("SELECT count(*) FROM entry").fetchone() == (3,)
        copy.close()
        writing.execute("ROLLBACK")


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This post is sealed, and open: the key of the tests' database is in memory only."""
    home = this_home()
    key = bytes.fromhex(home.secret("database"))
    memory = memory_folder_for(monkeypatch)
    next(memory)
    kept, _token = new_outside(seal(POST, key, [AWA], 1, CHEAP), key, Holder.TOKEN)
    write_sealed(home, kept)
    put_key(POST, key)
    key_file(home).unlink()
    yield
    key_file(home).write_text(key.hex())
    home.path(SEALED).unlink()
    next(memory, None)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only a post is sealed")
def test_a_sealed_post_comes_back_for_who_has_the_recovery_key(
    sealed: None, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openmidas.nodes.restore.prepare_in_own_process", lambda folder: None)
    done = back_up(stick)
    assert "sealed.json" not in names(done), "the new machine is sealed anew"
    with open_backup(done, secret) as opened:
        home = restore(opened, tmp_path / "back")
    assert standing(home).reason == "never_sealed"
    assert opens(home.path(DATABASE), home.secret("database"))
