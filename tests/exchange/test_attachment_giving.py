"""The HQ gives attachments out: the shortest packing that a post can use, from any byte."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openmidas.exchange import attachments
from openmidas.exchange.answering import answer
from openmidas.exchange.attachment_giving import give_piece
from openmidas.exchange.attachments import forget_unnamed, held, keep, prepare
from openmidas.exchange.deltas import unpack
from openmidas.exchange.local import Attachment, AttachmentDelta
from openmidas.exchange.messages import Fetch, Piece, Refusal, decode_answer, encode, now
from openmidas.journal import JournalError, NodeKind
from openmidas.nodes.local import Peer
from tests.exchange.attached import NEW, OLD, Naming, digest
from tests.exchange.peers import befriend

pytestmark = pytest.mark.usefixtures("as_hq", "own_journal")

OLD_NAME = bytes.fromhex(digest(OLD))


@pytest.fixture(autouse=True)
def published(own_journal: None) -> None:
    keep(prepare(OLD))
    keep(prepare(NEW, [digest(OLD)]))


def fetch(**values: Any) -> Fetch:
    return Fetch(
        **({"time": now(), "attachment": bytes.fromhex(digest(NEW)), "room": 700} | values)
    )


def fetched(**values: Any) -> tuple[bytes, bytes | None]:
    """All of a packing, and what it builds on."""
    piece = give_piece(fetch(**values))
    packed = piece.data
    while len(packed) < piece.length:
        more = give_piece(fetch(packing=piece.packing, start=len(packed)))
        assert (more.packing, more.start) == (piece.packing, len(packed))
        packed += more.data
    return packed, piece.base


def test_who_has_the_one_before_gets_what_differs() -> None:
    packed, base = fetched(bases=(bytes(32), OLD_NAME))
    assert base == OLD_NAME
    assert len(packed) < 200
    assert unpack(packed, size=len(NEW), digest=digest(NEW), base=OLD) == NEW


def test_who_has_nothing_of_it_gets_the_whole() -> None:
    packed, base = fetched(bases=(bytes(32),))
    assert base is None
    assert unpack(packed, size=len(NEW), digest=digest(NEW)) == NEW


def test_no_more_is_read_than_is_given() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert len(give_piece(fetch()).data) == 700
    cut = [query["sql"] for query in asked if '"packed"' in query["sql"]]
    assert len(cut) == 1
    assert "SUBSTR" in cut[0].upper()


def test_a_packing_that_is_gone_is_followed_by_another_from_its_first_byte() -> None:
    begun = give_piece(fetch(bases=(OLD_NAME,), room=10))
    AttachmentDelta.objects.all().delete()
    other = give_piece(fetch(packing=begun.packing, start=10))
    assert (other.base, other.start) == (None, 0)


def test_beyond_its_end_it_begins_anew() -> None:
    whole = give_piece(fetch())
    assert give_piece(fetch(packing=whole.packing, start=whole.length)).start == 0


def test_what_is_not_here_is_refused_by_name() -> None:
    with pytest.raises(JournalError, match=r"attachment\.unknown"):
        give_piece(fetch(attachment=bytes(32)))


def test_a_peer_asks_by_message_and_one_that_is_revoked_gets_nothing() -> None:
    _, peer = befriend(NodeKind.POST)
    said = decode_answer(answer(peer.fingerprint, encode(fetch())))
    assert isinstance(said, Piece)
    assert len(said.data) == 700
    gone = decode_answer(answer(peer.fingerprint, encode(fetch(attachment=bytes(32)))))
    assert isinstance(gone, Refusal)
    assert gone.code == "attachment.unknown"
    Peer.objects.filter(id=peer.id).update(revoked=True)
    said = decode_answer(answer(peer.fingerprint, encode(fetch())))
    assert isinstance(said, Refusal)
    assert said.code == "node.revoked"


def test_the_same_kept_twice_is_kept_once() -> None:
    keep(prepare(NEW, [digest(OLD), digest(NEW)]))
    assert (Attachment.objects.count(), AttachmentDelta.objects.count()) == (2, 1)


def test_after_an_erasure_what_no_row_names_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "_names", [Naming(NEW)])
    forget_unnamed()
    assert held([digest(OLD), digest(NEW)]) == {digest(NEW)}
    assert not AttachmentDelta.objects.exists(), "a delta shows what it builds on"
