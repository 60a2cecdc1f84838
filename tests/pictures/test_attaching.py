"""Attaching a picture, writing it piece by piece behind everything else, reading it, erasing it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from openmidas.crossings import services as lane
from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.models import Crossing
from openmidas.journal import Actor, JournalError
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import ErasedPlace, Journal, JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import EntryPlace, order_erasure
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_time, record
from openmidas.pictures import sending
from openmidas.pictures.entries import PIECE_BYTES, PicturePiece
from openmidas.pictures.erasing import erase_left_over, forget_waiting, places_of_picture
from openmidas.pictures.local import WaitingPicture
from openmidas.pictures.models import Picture, PiecePlace
from openmidas.pictures.projections import piece_id
from openmidas.pictures.reading import percent_here, picture_bytes
from openmidas.pictures.redrawing import Redrawn
from openmidas.pictures.sending import write_next_piece
from openmidas.pictures.services import MOST_PICTURES, attach, pictures_of
from tests.conftest import HQ, POST
from tests.crossings.conftest import AMINATA, BOUBACAR, paper, scan
from tests.support.cast import at_node, refusal
from tests.support.tables import all_rows

pytestmark = pytest.mark.usefixtures("post")

DATA = bytes(range(256)) * (PIECE_BYTES // 128)
PICTURE = Redrawn(data=DATA + b"the end", width=1200, height=900)


def attached(about: UUID | None = None, **changes: Any) -> Picture:
    """A picture of three pieces; its bytes are what they are here, nobody looks."""
    usual = {"about": about or new_id(), "id": new_id(), "picture": PICTURE, "caption": "Page 3"}
    attach(BOUBACAR, **{**usual, **changes})
    return Picture.objects.latest("id")


def received() -> None:
    """The HQ has given a receipt for all that was written so far."""
    own = Journal.objects.get(node=POST)
    HeldReceipt.objects.update_or_create(
        node=POST,
        epoch=own.epoch,
        witness=HQ,
        defaults={"sequence": own.sequence, "hash": b"", "at": own.at, "signature": b""},
    )


@pytest.fixture
def linked(post: None) -> None:
    """The post knows its HQ, which has everything."""
    Peer.objects.get_or_create(
        id=HQ,
        defaults={
            "kind": "hq",
            "name": "Bamako",
            "public_key": b"",
            "certificate": b"",
            "epoch": 1,
        },
    )
    received()


def all_of(row: Picture) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in Picture._meta.fields}


def written() -> int:
    return JournalEntry.objects.filter(node=POST, kind="picture.piece").count()


def all_pieces() -> None:
    while WaitingPicture.objects.exists():
        received()
        assert write_next_piece()


class TestAttaching:
    def test_says_what_is_to_be_seen_and_by_whom(self) -> None:
        row = attached(caption="  The visa,\n  page 3 ")
        assert (row.caption, row.officer, row.pieces) == ("The visa, page 3", BOUBACAR.officer, 3)
        assert picture_bytes(row) == PICTURE.data

    def test_of_the_same_form_again_changes_nothing(self) -> None:
        first = attached()
        attached(first.about, id=first.id)
        assert Picture.objects.count() == 1
        with refusal("form.saved_already"):
            attached(first.about, id=first.id, caption="Another page")

    @pytest.mark.parametrize(
        ("caption", "code"),
        [
            ("", "picture.caption"),
            (" ab ", "picture.caption"),
            ("a" * 201, "picture.caption_long"),
            ("page\x00three", "picture.caption_unprintable"),
        ],
    )
    def test_asks_for_words(self, caption: str, code: str) -> None:
        with refusal(code):
            attached(caption=caption)
        assert not WaitingPicture.objects.exists()

    def test_of_another_node_is_nothing_about_it(self) -> None:
        row = attached()
        Picture.objects.create(**{**all_of(row), "id": new_id(), "node": HQ})
        assert pictures_of(row.about, POST) == [row]

    def test_has_an_end(self) -> None:
        about = new_id()
        for _ in range(MOST_PICTURES):
            attached(about)
        with refusal("picture.too_many"):
            attached(about)
        assert len(pictures_of(about, POST)) == MOST_PICTURES


class TestSending:
    def test_waits_until_the_headquarters_has_all_else(self, linked: None) -> None:
        row = attached()
        assert not write_next_piece()
        received()
        assert write_next_piece()
        assert not write_next_piece()  # the piece itself is on its way
        received()
        lane.admit(AMINATA, [scan(paper()).id])
        assert not write_next_piece()  # a fact goes first
        assert percent_here([row])[row.id] == 100

    def test_goes_on_to_the_end_and_keeps_nothing_beside(self, linked: None) -> None:
        row = attached()
        all_pieces()
        assert (written(), PiecePlace.objects.count()) == (3, 3)
        assert picture_bytes(row) == PICTURE.data
        assert not write_next_piece()

    def test_waits_a_day_for_a_link_and_no_longer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        attached()
        assert not write_next_piece()
        monkeypatch.setattr(sending, "PATIENCE", timedelta(0))
        assert write_next_piece()

    def test_of_a_post_that_is_heard_an_old_one_waits_behind_the_rest(self, linked: None) -> None:
        attached()
        WaitingPicture.objects.update(since=node_time() - timedelta(days=2))
        assert not write_next_piece()
        HeldReceipt.objects.update(at=0)
        assert write_next_piece()

    def test_of_what_has_not_come_whole_shows_nothing(self, linked: None) -> None:
        row = attached()
        received()
        write_next_piece()
        WaitingPicture.objects.all().delete()  # as at the headquarters
        assert picture_bytes(row) is None
        assert percent_here([row]) == {row.id: 33}

    def test_of_what_is_not_what_was_announced_shows_nothing(self, linked: None) -> None:
        row = attached()
        all_pieces()
        Picture.objects.update(digest="00" * 32)
        row.refresh_from_db()
        assert picture_bytes(row) is None


def test_a_rebuild_gives_the_same(linked: None) -> None:
    row = attached()
    all_pieces()
    before = all_rows()
    rebuild()
    assert all_rows() == before
    assert picture_bytes(row) == PICTURE.data


def test_only_posts_write_of_pictures() -> None:
    piece = PicturePiece(picture=new_id(), about=new_id(), number=0, data=b"forged")
    with at_node(HQ), transaction.atomic(), pytest.raises(JournalError, match="not_authorised"):
        record(piece, actor=Actor())


def test_no_node_takes_the_place_of_anothers_piece() -> None:
    row = attached()
    assert piece_id(HQ, row.id, 0) != piece_id(POST, row.id, 0)
    PiecePlace.objects.create(node=HQ, picture=row.id, number=0, epoch=1, sequence=1)
    WaitingPicture.objects.update(written=0)
    assert percent_here([row]) == {row.id: 100}
    assert picture_bytes(row) == PICTURE.data


class TestErasing:
    @pytest.fixture
    def crossing(self, linked: None) -> UUID:
        inspection = scan(paper())
        lane.refer(AMINATA, [inspection.id])
        return inspection.id

    def erase(self, crossing: UUID) -> None:
        with at_node(HQ):
            order_erasure(places_of_crossing(crossing), ErasureReason.REQUEST, actor=Actor())
        rebuild()
        forget_waiting()

    def test_a_picture_goes_with_its_crossing_and_others_stay(self, crossing: UUID) -> None:
        attached(crossing)
        other = attached()
        all_pieces()
        self.erase(crossing)
        assert not Crossing.objects.exists()
        assert list(Picture.objects.all()) == [other]
        bodies = JournalEntry.objects.filter(node=POST).exclude(body=None)
        assert not any(str(crossing).encode() in bytes(each.body or b"") for each in bodies)
        assert picture_bytes(other) == PICTURE.data

    def test_one_that_was_not_sent_yet_is_not_kept_beside(self, crossing: UUID) -> None:
        attached(crossing)
        self.erase(crossing)
        assert not WaitingPicture.objects.exists()
        assert written() == 0

    def test_one_alone_is_erased_by_its_number(self, crossing: UUID) -> None:
        row, other = attached(crossing), attached(crossing)
        all_pieces()
        places = places_of_picture(row.id)
        assert len(places) == 4
        with at_node(HQ):
            order_erasure(places, ErasureReason.MISTAKE, actor=Actor())
        rebuild()
        assert list(Picture.objects.all()) == [other]
        assert Crossing.objects.exists()

    def test_nothing_is_written_of_one_while_the_tables_have_it_yet(self, crossing: UUID) -> None:
        attached(crossing)
        received()
        with at_node(HQ):
            order_erasure(places_of_crossing(crossing), ErasureReason.REQUEST, actor=Actor())
        assert Picture.objects.exists()
        received()
        assert not write_next_piece()
        assert written() == 0

    def test_what_a_post_wrote_of_one_before_it_heard_of_that_goes_too(
        self, crossing: UUID
    ) -> None:
        """Else the whole picture would stand in the journals, and no table would know it."""
        row, other = attached(crossing), attached()
        told, *late = [self.place(number) for number in self.written_whole(row)]
        with at_node(HQ):
            order_erasure([told], ErasureReason.REQUEST, actor=Actor())
            rebuild()
            assert places_of_picture(row.id) == late
            assert erase_left_over() == 3
            rebuild()
            assert erase_left_over() == 0
        assert not PiecePlace.objects.filter(picture=row.id).exists()
        assert picture_bytes(other) == PICTURE.data

    def test_what_was_only_set_aside_is_not_left_over(self, crossing: UUID) -> None:
        row = attached(crossing)
        self.written_whole(row)
        Picture.objects.all().delete()
        ErasedPlace.objects.create(node=HQ, erasure=new_id(), of_node=POST, epoch=1, sequence=1)
        with at_node(HQ):
            assert erase_left_over() == 0

    def written_whole(self, row: Picture) -> list[int]:
        """The places of its entries, of the announcement first."""
        all_pieces()
        return sorted(place.sequence for place in places_of_picture(row.id))

    def place(self, sequence: int) -> EntryPlace:
        return EntryPlace(POST, 1, sequence)
