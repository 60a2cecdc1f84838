"""The second store: every number that was given out is there again, whatever happened in between."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.journal import Actor, Header
from openmidas.journal.entry import decode_body
from openmidas.nodes.collecting import store as store_module
from openmidas.nodes.collecting.chain import beginning, check_link, open_sealed
from openmidas.nodes.collecting.store import About, CollectingStore, Collector
from openmidas.nodes.home import NodeHome
from openmidas.nodes.keys import public_bytes
from tests.nodes.collecting.adding import Said

HQ_KEY = Ed25519PrivateKey.from_private_bytes(bytes([2]) * 32)
ABOUT = About(
    node=UUID(int=1),
    epoch=1,
    run=UUID(int=2),
    seed=bytes([1]) * 32,
    recipients=(public_bytes(HQ_KEY),),
    lanes=("1",),
)
SAYS = Said(name="Mariam")
WALL = 1_760_000_000_000


@pytest.fixture
def store(tmp_path: Path) -> CollectingStore:
    made = CollectingStore(NodeHome(tmp_path))
    made.create(ABOUT)
    return made


def numbers(store: CollectingStore) -> list[int]:
    """The numbers in the store, once the whole chain is seen to hold and to open."""
    place, found = beginning(ABOUT.node, ABOUT.run, ABOUT.public_key), []
    for entry in store.entries():
        place = check_link(entry, place, ABOUT.public_key)
        open_sealed(entry.header, entry.sealed, [HQ_KEY])
        found.append(place.sequence)
    return found


def test_numbers_count_up_and_the_same_form_gets_its_number_again(store: CollectingStore) -> None:
    first, second = uuid4(), uuid4()
    given = [store.add(form, SAYS, Actor(), WALL) for form in (first, second, first, second)]
    assert given == [1, 2, 1, 2]
    assert numbers(store) == [1, 2]


def test_nothing_that_was_recorded_stands_in_the_file(store: CollectingStore) -> None:
    store.add(uuid4(), SAYS, Actor(role="primary"), WALL)
    raw = store.path.read_bytes()
    assert b"Mariam" not in raw
    assert b"test.collecting_said" not in raw


def test_time_never_goes_back(store: CollectingStore) -> None:
    for wall in (WALL, WALL - 10_000, 0):
        store.add(uuid4(), SAYS, Actor(), wall)
    bodies = [
        decode_body(open_sealed(each.header, each.sealed, [HQ_KEY]).body)
        for each in store.entries()
    ]
    assert [body.at for body in bodies] == [WALL] * 3
    assert len({body.clock for body in bodies}) == 3


def test_an_entry_that_is_let_go_leaves_the_chain_to_go_on(store: CollectingStore) -> None:
    for _ in range(3):
        store.add(uuid4(), SAYS, Actor(), WALL)
    store.mark_settled([1, 2])
    assert [Header.decode(each.header).sequence for each in store.entries(settled=False)] == [3]
    store.forget([1, 2])
    assert store.add(uuid4(), SAYS, Actor(), WALL) == 4
    third, fourth = store.entries()
    assert Header.decode(fourth.header).previous != Header.decode(third.header).previous


def test_officers_stay_when_another_run_begins(store: CollectingStore) -> None:
    officer = Collector(number="aminata", id=uuid4(), role="primary", verifier="$argon2id$")
    store.put_officer(officer)
    store.note_try("aminata", 3, WALL)
    assert store.begin_anew(ABOUT)
    assert store.officer("aminata") == Collector(
        number="aminata", id=officer.id, role="primary", verifier="$argon2id$", wrong=3, pause=WALL
    )
    store.remove_officer("aminata")
    assert store.officer("aminata") is None


def test_another_run_begins_once_all_of_the_last_is_in_the_journal(store: CollectingStore) -> None:
    store.add(uuid4(), SAYS, Actor(), WALL)
    assert not store.begin_anew(ABOUT)
    assert numbers(store) == [1]
    store.mark_settled([1])
    assert store.begin_anew(ABOUT)
    assert store.add(uuid4(), SAYS, Actor(), WALL) == 1
    assert numbers(store) == [1]


def test_who_collects_at_that_moment_collects_into_the_run_that_stays(
    store: CollectingStore,
) -> None:
    """Nobody may be told a number for what goes into a file that is put away."""
    with store._writing() as held:
        held.execute("UPDATE head SET at = 0")
        collecting = ThreadPoolExecutor(1)
        given = collecting.submit(store.add, uuid4(), SAYS, Actor(), WALL)
        time.sleep(0.2)  # it waits for the file by now
        held.execute("COMMIT")
        held.execute("BEGIN IMMEDIATE")
    before = given.result(20)
    assert store.begin_anew(ABOUT) is False
    assert numbers(store) == [before]


def test_a_store_that_is_gone_is_not_found_empty(store: CollectingStore) -> None:
    store.path.unlink()
    with pytest.raises(sqlite3.OperationalError):
        store.add(uuid4(), SAYS, Actor(), WALL)
    assert not store.exists


class TestKilled:
    @pytest.mark.parametrize("after", [0.05, 0.15, 0.3])
    def test_what_was_acknowledged_is_there(self, store: CollectingStore, after: float) -> None:
        command = [sys.executable, "-m", "tests.nodes.collecting.adding", str(store.path.parent)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as adding:
            assert adding.stdout is not None
            told = adding.stdout.readline()
            time.sleep(after)
            adding.send_signal(signal.SIGKILL)
            told += adding.stdout.read()
        acknowledged = [int(line) for line in told.split(b"\n")[:-1]]
        assert acknowledged
        found = numbers(store)
        assert found[: len(acknowledged)] == acknowledged
        assert len(found) <= len(acknowledged) + 1
        assert store.add(uuid4(), SAYS, Actor(), WALL) == len(found) + 1

    @settings(max_examples=40, deadline=None)
    @given(steps=st.lists(st.integers(0, 10), min_size=1, max_size=8))
    def test_broken_off_at_any_statement_it_is_there_or_not_at_all(
        self, tmp_path_factory: pytest.TempPathFactory, steps: list[int]
    ) -> None:
        """Each step adds, and breaks off before so many statements more; then it adds once more."""
        store = CollectingStore(NodeHome(tmp_path_factory.mktemp("store")))
        store.create(ABOUT)
        for number, step in enumerate(steps, start=1):
            form = uuid4()
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(store_module, "_connect", partial(_breaking, step))
                with suppress(BrokenOffError):
                    assert store.add(form, SAYS, Actor(), WALL) == number
            assert store.add(form, SAYS, Actor(), WALL) == number
        assert numbers(store) == list(range(1, len(steps) + 1))


class BrokenOffError(Exception):
    """The machine died here."""


class _Breaking(sqlite3.Connection):
    left = 0

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        if self.left == 0:
            raise BrokenOffError
        self.left -= 1
        return super().execute(*arguments)


def _breaking(statements: int, path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, factory=_Breaking)
    db.left = statements
    return db
