"""Who opened a post is remembered while its journal is shut, and wrong tries are counted."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from openmidas.exchange.unsealing import unseal
from openmidas.nodes.home import NodeHome, write_file
from openmidas.nodes.sealing import noting
from openmidas.nodes.sealing.entries import PostUnsealed, ShareUsed
from openmidas.nodes.sealing.lease import Lease, now
from openmidas.nodes.sealing.memory import forget_key, read_key
from openmidas.nodes.sealing.noting import NOTES, TRIES, forget_notes, read_notes
from openmidas.nodes.sealing.sealed import Phrase, SealFailed, Token
from openmidas.nodes.sealing.tokens import CREDENTIAL, write_token
from openmidas.nodes.sealing.turning import take_off
from tests.support.sealing import AWA, ISSA, TRAVELLER, seal_post, travellers

WRONG = Phrase("Awa Traoré", "ce n'est pas celle-ci")


def shut(home: NodeHome, need: int = 1, lease: Lease | None = None) -> Token:
    token = seal_post(home, lease, need)
    forget_key(home.config().id)
    return token


def notes(home: NodeHome) -> list[PostUnsealed]:
    id = home.config().id
    key = read_key(id)
    assert key is not None, "it is open"
    return read_notes(home, id, key)


def fail(home: NodeHome, token: Token | None, phrase: Phrase = WRONG) -> None:
    with pytest.raises(SealFailed):
        unseal(home, [phrase], token)


def test_who_opened_it_with_what_and_after_how_many_wrong_tries(home: NodeHome) -> None:
    lease = Lease(at=now() - 1000, until=now() + 1_000_000)
    token, before = shut(home, lease=lease), now()
    fail(home, token)
    fail(home, token)
    unseal(home, [Phrase("  awa TRAORÉ", AWA.phrase)], token)
    (said,) = notes(home)
    assert said.officers == ("Awa Traoré",), "as the post knows her, however it was typed"
    assert (said.share, said.until, said.failed) == (ShareUsed.TOKEN, lease.until, 2)
    assert said.first_failed is not None
    assert said.last_failed is not None
    assert before <= said.first_failed <= said.last_failed <= said.at <= now()


def test_the_next_opening_counts_anew(home: NodeHome) -> None:
    token = shut(home)
    fail(home, token)
    unseal(home, [AWA], token)
    forget_key(home.config().id)
    unseal(home, [ISSA], token)
    assert [(each.officers, each.failed) for each in notes(home)] == [
        (("Awa Traoré",), 1),
        (("Issa Koné",), 0),
    ]


def test_both_of_two_are_named(home: NodeHome) -> None:
    token = shut(home, need=2)
    unseal(home, [ISSA, AWA], token)
    assert set(notes(home)[0].officers) == {"Awa Traoré", "Issa Koné"}


def test_a_missing_share_is_no_wrong_try(home: NodeHome) -> None:
    token = shut(home)
    fail(home, None, AWA)
    unseal(home, [AWA], token)
    assert notes(home)[0].failed == 0


def test_a_token_of_another_sealing_is_one(home: NodeHome) -> None:
    token = shut(home)
    fail(home, Token(node=token.node, id=token.id, share=bytes(32)), AWA)
    unseal(home, [AWA], token)
    assert notes(home)[0].failed == 1


def test_what_the_machine_unwraps_by_itself_is_told_from_a_stick(
    home: NodeHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = shut(home)
    handed = tmp_path / "credentials"
    handed.mkdir()
    write_token(token, handed).rename(handed / CREDENTIAL)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(handed))
    unseal(home, [AWA], token)
    assert notes(home)[0].share is ShareUsed.TPM


def test_no_name_stands_on_the_disk(home: NodeHome) -> None:
    token = shut(home)
    fail(home, token)
    assert b"Awa T" not in home.path(TRIES).read_bytes()
    unseal(home, [AWA], token)
    raw = home.path(NOTES).read_bytes()
    assert b"Awa" not in raw
    assert b"token" not in raw
    assert not home.path(TRIES).exists()


def test_nothing_is_said_of_an_opening_that_came_to_nothing(
    home: NodeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(*_: object) -> None:
        raise SealFailed("seal.other_key")

    token = shut(home)
    monkeypatch.setattr("openmidas.exchange.unsealing.take_key", other)
    fail(home, token, AWA)
    assert not home.path(NOTES).exists()


def test_a_disk_that_takes_no_note_keeps_nobody_out(
    home: NodeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    token = shut(home)
    monkeypatch.setattr(noting, "write_file", full)
    fail(home, token)
    unseal(home, [AWA], token)
    assert travellers(home) == [TRAVELLER]


@pytest.mark.parametrize("raw", [b"", b"short", bytes(200)])
def test_a_note_that_was_changed_is_told_as_an_opening_by_nobody(
    home: NodeHome, raw: bytes
) -> None:
    token = shut(home)
    unseal(home, [AWA], token)
    write_file(home.path(NOTES), raw)
    (said,) = notes(home)
    assert (said.officers, said.share) == ((), ShareUsed.UNKNOWN)
    assert notes(home) == [said], "the same each time it is asked"


def test_only_what_was_told_is_forgotten(home: NodeHome) -> None:
    token = shut(home)
    for phrase in (AWA, ISSA):
        forget_key(home.config().id)
        unseal(home, [phrase], token)
    id = home.config().id
    key = read_key(id)
    assert key is not None
    first, second = notes(home)
    forget_notes(home, id, key, {first.opening, uuid4()})
    assert notes(home) == [second]
    forget_notes(home, id, key, {second.opening})
    assert not home.path(NOTES).exists()


def test_a_post_that_is_not_sealed_any_more_keeps_none(home: NodeHome) -> None:
    token = shut(home)
    fail(home, token)
    unseal(home, [AWA], token)
    take_off(home)
    assert not home.path(NOTES).exists()
    assert not home.path(TRIES).exists()
