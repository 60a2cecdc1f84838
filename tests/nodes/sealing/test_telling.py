"""A post that is open again writes down who opened it, once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from openmidas.journal import TO_HQ
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.home import this_home
from openmidas.nodes.models import Unsealing
from openmidas.nodes.sealing import telling
from openmidas.nodes.sealing.entries import PostUnsealed, ShareUsed
from openmidas.nodes.sealing.memory import put_key
from openmidas.nodes.sealing.noting import NOTES, note_unsealed
from openmidas.nodes.sealing.sealed import SEALED, Holder, SealedKey, write_sealed
from openmidas.nodes.sealing.telling import tell_unsealings
from openmidas.nodes.sealing.wrapping import new_outside, seal
from tests.conftest import POST
from tests.support.sealing import AWA, CHEAP, ISSA, memory_folder_for

pytestmark = pytest.mark.django_db

KEY = os.urandom(32)


@pytest.fixture
def sealed(own_journal: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[SealedKey]:
    """This node is sealed, and open."""
    memory = memory_folder_for(monkeypatch)
    next(memory)
    made, _token = new_outside(seal(POST, KEY, [AWA, ISSA], 1, CHEAP), KEY, Holder.TOKEN)
    write_sealed(this_home(), made)
    put_key(POST, KEY)
    yield made
    for name in (SEALED, NOTES):
        this_home().path(name).unlink(missing_ok=True)
    next(memory, None)


def opened(sealed: SealedKey, share: ShareUsed = ShareUsed.HQ) -> PostUnsealed:
    return note_unsealed(this_home(), sealed, KEY, [AWA], share, None)


def test_an_opening_stands_in_the_journal_for_the_hq(sealed: SealedKey) -> None:
    note = opened(sealed)
    assert tell_unsealings() == 1
    entry = JournalEntry.objects.get(kind="post.unsealed")
    body = decode_body(bytes(entry.body or b""))
    assert body.read() == note
    assert body.audience == TO_HQ
    row = Unsealing.objects.get()
    assert (row.id, row.node, row.officers, row.share) == (note.opening, POST, ["Awa Traoré"], "hq")
    assert not this_home().path(NOTES).exists()
    assert tell_unsealings() == 0


def test_broken_off_before_the_note_is_gone_it_is_not_told_twice(
    sealed: SealedKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(sealed)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(telling, "forget_notes", killed)
        with pytest.raises(KeyboardInterrupt):
            tell_unsealings()
    assert tell_unsealings() == 0
    assert Unsealing.objects.count() == 1
    assert not this_home().path(NOTES).exists()


def test_what_cannot_be_read_is_told_all_the_same(sealed: SealedKey) -> None:
    this_home().path(NOTES).write_bytes(Path(__file__).read_bytes()[:80])
    assert tell_unsealings() == 1
    row = Unsealing.objects.get()
    assert (row.officers, row.share) == ([], "unknown")


def test_a_post_that_is_not_sealed_tells_nothing(own_journal: None) -> None:
    assert tell_unsealings() == 0


def test_tables_that_are_made_again_have_it(sealed: SealedKey) -> None:
    opened(sealed)
    tell_unsealings()
    before = list(Unsealing.objects.values())
    rebuild()
    assert list(Unsealing.objects.values()) == before
