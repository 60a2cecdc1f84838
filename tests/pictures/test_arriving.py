"""At headquarters: a picture of a post comes by the exchange, piece by piece, as its journal comes."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from openmidas.exchange.taking import take_segment
from openmidas.exchange.worker import run_once
from openmidas.journal import NodeKind, Receipt
from openmidas.journal.local import Quarantined
from openmidas.journal.models import new_id
from openmidas.journal.segments import pack
from openmidas.pictures.entries import PIECE_BYTES, PictureAttached, PicturePiece
from openmidas.pictures.models import Picture
from openmidas.pictures.reading import percent_here, picture_bytes
from tests.exchange.peers import befriend

pytestmark = pytest.mark.usefixtures("own_journal")

DATA = np.random.default_rng(5).bytes(2 * PIECE_BYTES + 17)
"""As hard to pack as a picture is."""


@pytest.fixture
def own_journal(as_hq: None, own_journal: None) -> None:
    """Of the HQ."""


def test_it_comes_piece_by_piece_and_is_seen_when_it_is_whole() -> None:
    pen, peer = befriend(NodeKind.POST)
    about, id = new_id(), new_id()
    digest = hashlib.sha256(DATA).digest()
    told = {"caption": "Page 3", "digest": digest, "size": len(DATA), "pieces": 3}
    pen.write(PictureAttached(picture=id, about=about, width=1600, height=1200, **told))
    for number in range(3):
        piece = DATA[number * PIECE_BYTES : (number + 1) * PIECE_BYTES]
        pen.write(PicturePiece(picture=id, about=about, number=number, data=piece))
    for sent, percent in enumerate((0, 33, 66, 100)):
        frame = pack(pen.segment(sent, sent + 1))
        assert len(frame) < PIECE_BYTES * 1.1  # nothing is blown up on its way
        assert isinstance(take_segment(peer, frame), Receipt)
        run_once()
        row = Picture.objects.get()
        assert percent_here([row]) == {id: percent}
        assert picture_bytes(row) == (DATA if percent == 100 else None)


def test_a_piece_of_another_post_is_no_piece_of_it() -> None:
    pen, peer = befriend(NodeKind.POST)
    other, other_peer = befriend(NodeKind.POST, name="Kongo Kiré")
    about, id = new_id(), new_id()
    told = {"caption": "Page 3", "digest": hashlib.sha256(b"true").digest(), "size": 4, "pieces": 1}
    other.write(PicturePiece(picture=id, about=about, number=0, data=b"false"))
    take_segment(other_peer, pack(other.segment()))
    pen.write(PictureAttached(picture=id, about=about, width=1, height=1, **told))
    pen.write(PicturePiece(picture=id, about=about, number=0, data=b"true"))
    take_segment(peer, pack(pen.segment()))
    while run_once():
        pass
    assert not Quarantined.objects.exists()
    assert picture_bytes(Picture.objects.get()) == b"true"
