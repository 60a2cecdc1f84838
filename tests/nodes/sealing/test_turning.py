"""A post is sealed, stands open or shut, and is opened again; a power cut at any moment loses nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome
from openmidas.nodes.sealing import database, turning
from openmidas.nodes.sealing.database import DATABASE, database_key, key_file, opens, rekey
from openmidas.nodes.sealing.lease import Lease, now, read_lease, write_lease
from openmidas.nodes.sealing.memory import forget_key, put_key, read_key
from openmidas.nodes.sealing.sealed import PENDING, SEALED, SealFailed, Token, read_sealed
from openmidas.nodes.sealing.standing import Standing, State, standing
from openmidas.nodes.sealing.turning import Prepared, key_of_open, renew_token, take_key, take_off
from openmidas.nodes.sealing.wrapping import open_key, secret_of
from tests.support.sealing import AWA, CHEAP, ISSA, TRAVELLER, seal_post, travellers


class TestStanding:
    def test_who_chose_nothing_is_open(self, home: NodeHome) -> None:
        assert standing(home) == Standing(state=State.OPEN, reason="never_sealed")

    def test_a_sealed_post_is_open_until_the_power_goes(self, home: NodeHome) -> None:
        seal_post(home)
        assert standing(home) == Standing(state=State.OPEN, reason="unsealed")
        forget_key(home.config().id)
        assert standing(home) == Standing(state=State.SEALED, reason="phrases")
        assert not standing(home).is_open

    def test_when_the_lease_has_run_out_it_only_collects(self, home: NodeHome) -> None:
        moment = now()
        seal_post(home, Lease(at=moment - 10_000, until=moment - 1))
        assert standing(home) == Standing(
            state=State.COLLECT_ONLY, reason="lease", until=moment - 1
        )
        with pytest.raises(SealFailed, match=r"seal\.shut"):
            travellers(home)
        with pytest.raises(SealFailed, match=r"seal\.shut"):
            take_off(home)
        forget_key(home.config().id)
        assert standing(home).state is State.COLLECT_ONLY


class TestSealing:
    def test_the_disk_says_nothing_any_more(self, home: NodeHome) -> None:
        old = database_key(home)
        seal_post(home)
        key = read_key(home.config().id)
        assert key is not None
        assert travellers(home) == [TRAVELLER]
        forget_key(home.config().id)
        with pytest.raises(SealFailed, match=r"seal\.shut"):
            travellers(home)
        assert not opens(home.path(DATABASE), old), "not with the key that lay on the disk before"
        on_disk = b"".join(file.read_bytes() for file in home.folder.rglob("*") if file.is_file())
        for telling in (key, key.hex().encode(), TRAVELLER.encode(), AWA.officer.encode()):
            assert telling not in on_disk
        assert not key_file(home).exists()

    def test_the_phrases_and_the_token_open_it_again(self, home: NodeHome) -> None:
        token = seal_post(home, need=2)
        forget_key(home.config().id)
        sealed = read_sealed(home)
        take_key(home, open_key(sealed, secret_of(sealed, [ISSA, AWA]), token))
        assert travellers(home) == [TRAVELLER]

    def test_not_while_the_node_runs(self, home: NodeHome) -> None:
        with closing(sqlcipher.connect(str(home.path(DATABASE)))) as running:
            running.execute(f"PRAGMA key = \"x'{database_key(home)}'\"")
            running.execute("SELECT * FROM traveller").fetchall()
            with pytest.raises(SealFailed, match=r"seal\.in_use"):
                seal_post(home)
        assert standing(home).reason == "never_sealed"
        assert travellers(home) == [TRAVELLER]
        seal_post(home)
        assert standing(home).reason == "unsealed"

    def test_not_twice(self, home: NodeHome) -> None:
        seal_post(home)
        with pytest.raises(SealFailed, match=r"seal\.sealed_already"):
            seal_post(home)

    def test_not_without_a_share_from_outside(self, home: NodeHome) -> None:
        with pytest.raises(SealFailed, match=r"seal\.last_share"):
            Prepared(home, [AWA], 1, CHEAP).carry_out(None)
        assert standing(home).reason == "never_sealed"

    def test_only_a_post(self, home: NodeHome) -> None:
        config = home.config()
        home.write_config(NodeConfig(id=config.id, kind=NodeKind.HQ, state="MLI", name="Bamako"))
        with pytest.raises(SealFailed, match=r"seal\.no_post"):
            seal_post(home)

    def test_a_key_that_does_not_open_the_database_is_not_taken(self, home: NodeHome) -> None:
        seal_post(home)
        forget_key(home.config().id)
        with pytest.raises(SealFailed, match=r"seal\.other_key"):
            take_key(home, os.urandom(32))
        assert standing(home).state is State.SEALED

    def test_the_seal_comes_off_again(self, home: NodeHome) -> None:
        seal_post(home)
        take_off(home)
        assert standing(home).reason == "never_sealed"
        assert travellers(home) == [TRAVELLER]

    def test_it_does_not_come_off_while_it_is_shut(self, home: NodeHome) -> None:
        with pytest.raises(SealFailed, match=r"seal\.none"):
            key_of_open(home)
        seal_post(home)
        forget_key(home.config().id)
        with pytest.raises(SealFailed, match=r"seal\.shut"):
            take_off(home)


class TestRenewingTheToken:
    def test_the_one_before_opens_until_the_new_one_is_on_its_stick(self, home: NodeHome) -> None:
        old = seal_post(home)
        new: list[Token] = []

        def written(token: Token) -> None:
            for each in (old, token):
                assert self.opens(home, each), "the power may go at this moment"
            new.append(token)

        renew_token(home, written)
        assert self.opens(home, new[0])
        assert not self.opens(home, old)

    def test_a_stick_that_fails_leaves_the_one_before(self, home: NodeHome) -> None:
        old = seal_post(home)

        def failing(token: Token) -> None:
            raise OSError

        with pytest.raises(OSError):  # noqa: PT011  whatever a stick says
            renew_token(home, failing)
        assert self.opens(home, old)

    def opens(self, home: NodeHome, token: Token) -> bool:
        sealed = read_sealed(home)
        with suppress(SealFailed):
            return open_key(sealed, secret_of(sealed, [AWA]), token) == key_of_open(home)
        return False


class PowerCutError(Exception):
    """The machine is off."""


def power_cut(*arguments: object) -> None:
    raise PowerCutError


class TestPowerCuts:
    def test_before_the_database_is_encrypted_anew_it_is_as_it_was(
        self, home: NodeHome, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.cut(home, monkeypatch, "rekey")
        assert standing(home).reason == "never_sealed"
        assert travellers(home) == [TRAVELLER]
        seal_post(home)
        assert standing(home).reason == "unsealed", "it can be sealed again"

    def test_after_that_it_is_sealed(self, home: NodeHome, monkeypatch: pytest.MonkeyPatch) -> None:
        def encrypted_and_off(*arguments: Any) -> None:
            rekey(*arguments)
            raise PowerCutError

        self.cut(home, monkeypatch, "rekey", encrypted_and_off)
        assert home.path(PENDING).exists()
        assert not home.path(SEALED).exists()
        assert standing(home).state is State.SEALED
        assert not key_file(home).exists()

    def test_a_try_that_came_to_nothing_leaves_nothing_that_is_finished_later(
        self, home: NodeHome, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def off_in_the_middle(_database: Path, _old: str, _new: str, held: Any) -> None:
            held()
            raise PowerCutError

        self.cut(home, monkeypatch, "rekey", off_in_the_middle)
        assert home.path(PENDING).exists()
        assert standing(home).reason == "never_sealed"
        # Months later the disk fails: the key must not be thrown away for it.
        home.path(DATABASE).write_bytes(os.urandom(8192))
        assert standing(home).reason == "never_sealed"
        assert key_file(home).exists()

    def test_an_old_key_that_was_left_goes_when_it_is_opened(self, home: NodeHome) -> None:
        old = database_key(home)
        token = seal_post(home)
        key_file(home).write_text(old)
        forget_key(home.config().id)
        sealed = read_sealed(home)
        take_key(home, open_key(sealed, secret_of(sealed, [AWA]), token))
        assert not key_file(home).exists()
        assert travellers(home) == [TRAVELLER]

    def cut(
        self,
        home: NodeHome,
        monkeypatch: pytest.MonkeyPatch,
        moment: str,
        off: Callable[..., None] = power_cut,
    ) -> None:
        with monkeypatch.context() as cutting:
            cutting.setattr(turning, moment, off)
            with pytest.raises(PowerCutError):
                seal_post(home)
        forget_key(home.config().id)


class Failing:
    """A connection to a disk that takes one kind of statement no longer."""

    def __init__(self, real: Any, statement: str) -> None:
        self._real, self._statement = real, statement

    def execute(self, statement: str, *more: Any) -> Any:
        if self._statement in statement:
            raise sqlcipher.OperationalError("disk I/O error")
        return self._real.execute(statement, *more)

    def close(self) -> None:
        self._real.close()


class TestFailingDisks:
    """Whatever fails, the key that the database is under at that moment is not thrown away."""

    @pytest.mark.parametrize(
        ("statement", "reason"), [("rekey", "never_sealed"), ("wal_checkpoint", "unsealed")]
    )
    def test_the_database_still_opens(
        self, home: NodeHome, monkeypatch: pytest.MonkeyPatch, statement: str, reason: str
    ) -> None:
        with monkeypatch.context() as failing:
            real = database._connect
            failing.setattr(database, "_connect", lambda *at: Failing(real(*at), statement))
            with suppress(SealFailed):
                seal_post(home)
        assert standing(home).reason == reason
        assert travellers(home) == [TRAVELLER]

    def test_a_disk_without_room_is_told_before_anything_changes(
        self, home: NodeHome, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        full = shutil.disk_usage(home.folder)._replace(free=1_000_000)
        monkeypatch.setattr(turning.shutil, "disk_usage", lambda _folder: full)
        with pytest.raises(SealFailed, match=r"seal\.no_room"):
            seal_post(home, Lease(at=now(), until=now() + 1000))
        assert standing(home).reason == "never_sealed"
        assert read_lease(home) is None
        assert read_key(home.config().id) is None


def test_a_lease_that_an_earlier_sealing_left_does_not_count(home: NodeHome) -> None:
    write_lease(home, Lease(at=now() - 2000, until=now() - 1000))
    seal_post(home)
    assert standing(home) == Standing(state=State.OPEN, reason="unsealed")


def test_the_database_is_under_the_old_key_or_the_new_one(home: NodeHome) -> None:
    old, new = database_key(home), "ab" * 32
    rekey(home.path(DATABASE), old, new)
    assert opens(home.path(DATABASE), new)
    assert not opens(home.path(DATABASE), old)
    with pytest.raises(SealFailed, match=r"seal\.database"):
        rekey(home.path(DATABASE), old, new)


def test_a_file_of_another_post_is_told_as_such(home: NodeHome) -> None:
    seal_post(home)
    key = key_of_open(home)
    config = home.config()
    home.write_config(
        NodeConfig(id=type(config.id)(int=5), kind=NodeKind.POST, state="MLI", name="Labbézanga")
    )
    put_key(home.config().id, key)
    with pytest.raises(SealFailed, match=r"seal\.other_post"):
        read_sealed(home)


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", b'{"version":2}'])
def test_a_torn_file_is_told(home: NodeHome, raw: bytes) -> None:
    home.path(SEALED).write_bytes(raw)
    with pytest.raises(SealFailed, match=r"seal\.unreadable"):
        read_sealed(home)
