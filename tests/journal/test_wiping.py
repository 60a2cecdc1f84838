"""What was erased stands in no byte of the database's files: neither in free pages nor in its log."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from sqlcipher3 import dbapi2

from openmidas.journal import Actor, wiping
from openmidas.journal.erasing import Places
from openmidas.journal.local import ErasureUnderWay
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.journal.wiping import wipe
from openmidas.nodes import erasing
from openmidas.nodes.entries import EntriesErased, ErasureReason
from openmidas.nodes.erasing import follow_erasures
from openmidas.nodes.home import this_home
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record
from openmidas.posts.entries import LookupMade
from openmidas.posts.models import Lookup
from tests.support.raw_files import raw_bytes

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("as_hq", "own_journal"),
]


def person(number: int) -> str:
    """A name that is found again wherever its bytes are."""
    return f"Traveller{number:05d}" + "".join(random.Random(number).choices("ABCDEFGH", k=40))  # noqa: S311


def write(numbers: range) -> dict[int, JournalEntry]:
    with transaction.atomic():
        return {
            number: record(
                LookupMade(
                    lookup=new_id(), purpose="case", reason="", query=person(number), results=1
                ),
                actor=Actor(),
            )
            for number in numbers
        }


def erase(entries: list[JournalEntry]) -> None:
    places = Places(
        node=this_node().id, epoch=1, sequences=tuple(entry.sequence for entry in entries)
    )
    with transaction.atomic():
        record(
            EntriesErased(erasure=new_id(), places=(places,), reason=ErasureReason.RETENTION),
            actor=Actor(),
        )


def found(numbers: list[int]) -> list[int]:
    raw = raw_bytes()
    return [number for number in numbers if person(number).encode() in raw]


def test_gone_from_every_file_and_the_others_are_there() -> None:
    written = write(range(300))
    assert found(list(written)) == list(written), "the look at the files must see what is there"
    chance = random.Random(5)  # noqa: S311  repeatable
    gone = chance.sample(sorted(written), 200)
    for start in range(0, 200, 40):  # pages are joined and moved in between
        erase([written[number] for number in gone[start : start + 40]])
    assert found(gone) == gone, "the tables still hold it"
    rebuild()
    assert wipe()
    assert found(gone) == []
    left = sorted(set(written) - set(gone))
    assert found(left) == left
    assert Lookup.objects.count() == JournalEntry.objects.filter(kind="lookup.made").count() == 100
    assert not ErasureUnderWay.objects.exists()


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_making_the_tables_again_is_not_enough() -> None:
    """The control: without writing the files anew, the log of SQLite still holds what was erased."""
    written = write(range(20))
    erase(list(written.values()))
    rebuild()
    assert found(list(written)) != []


class TestFollowing:
    def test_tables_at_once_files_when_nobody_works(self, monkeypatch: pytest.MonkeyPatch) -> None:
        (entry,) = write(range(1)).values()
        erase([entry])
        assert not follow_erasures(), "somebody has just written"
        assert Lookup.objects.count() == 0
        assert ErasureUnderWay.objects.get().tables_follow
        monkeypatch.setattr(erasing, "QUIET", timedelta(0))
        assert follow_erasures()
        assert found([0]) == []

    def test_a_day_later_whoever_has_to_wait(self, monkeypatch: pytest.MonkeyPatch) -> None:
        (entry,) = write(range(1)).values()
        erase([entry])
        monkeypatch.setattr(erasing, "AT_THE_LATEST", timedelta(0))
        assert follow_erasures()
        assert not ErasureUnderWay.objects.exists()

    def test_the_copy_of_before_the_upgrade_goes_too(self) -> None:
        copies = this_home().path(erasing.COPIES)
        copies.mkdir(exist_ok=True)
        copies.joinpath("node.db").write_bytes(person(0).encode())
        assert follow_erasures(wait=False)
        assert copies.exists(), "nothing was erased"
        (entry,) = write(range(1)).values()
        erase([entry])
        assert follow_erasures(wait=False)
        assert not copies.exists()

    def test_not_inside_a_transaction(self) -> None:
        (entry,) = write(range(1)).values()
        erase([entry])
        rebuild()
        with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
            wipe()
        assert ErasureUnderWay.objects.exists()
        assert wipe()
        assert wipe(), "harmless to repeat"

    def test_what_somebody_else_is_using_is_tried_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (entry,) = write(range(1)).values()
        erase([entry])
        rebuild()
        monkeypatch.setattr(wiping, "LONGEST_WAIT", "100ms")
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 100")
        other = connection.copy()
        try:
            with other.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute("SELECT count(*) FROM posts_lookup")
                assert not wipe()
                assert ErasureUnderWay.objects.exists()
                cursor.execute("ROLLBACK")
        finally:
            other.close()
        assert wipe()
        assert found([0]) == []


def test_writing_over_what_is_freed_is_not_enough(tmp_path: Path) -> None:
    """Why a SQLite file is written anew: rows that move between pages leave copies behind."""
    left = 0
    for seed in range(5):
        file = tmp_path / f"{seed}.db"
        database = dbapi2.connect(str(file), isolation_level=None)
        gone = come_and_go(database, random.Random(seed))  # noqa: S311  repeatable
        left += sum(name.encode() in file.read_bytes() for name in gone)
        database.execute("VACUUM")
        assert not [name for name in gone if name.encode() in file.read_bytes()]
        database.close()
    assert left, "SQLite leaves no copies any more: its files need not be written anew"


def come_and_go(database: Any, chance: random.Random) -> list[str]:
    """Let rows be written and deleted by chance; the names in those that are deleted."""
    database.execute("PRAGMA journal_mode = MEMORY")
    database.execute("PRAGMA synchronous = OFF")
    database.execute("PRAGMA secure_delete = ON")
    database.execute("CREATE TABLE entry (id TEXT PRIMARY KEY, name TEXT, body BLOB)")
    there: dict[str, str] = {}
    gone: list[str] = []
    for number in range(3000):
        if chance.random() < 0.55 or not there:
            id = f"{chance.getrandbits(100):032x}"
            name = f"N{number:06d}" + "".join(chance.choices("ABCDEFGH", k=24))
            body = b"x" * chance.randrange(10, 1500)
            database.execute("INSERT INTO entry VALUES (?, ?, ?)", (id, name, body))
            there[id] = name
        else:
            id = chance.choice(sorted(there))
            database.execute("DELETE FROM entry WHERE id = ?", (id,))
            gone.append(there.pop(id))
    return gone
