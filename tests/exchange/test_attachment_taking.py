"""A post fetches an attachment: goes on after any cut, and has nothing until it has all of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmidas.exchange import attachment_taking, attachments
from openmidas.exchange.attachment_taking import next_fetch, take_piece
from openmidas.exchange.attachments import attachment_bytes, held, keep, percent_here, prepare
from openmidas.exchange.local import ArrivingAttachment, ArrivingPiece, Attachment
from openmidas.exchange.messages import Fetch, Piece
from openmidas.journal import JournalError
from openmidas.nodes.refusals import Refused
from tests.exchange.attached import NEW, OLD, Giver, Naming, altered, digest

pytestmark = pytest.mark.usefixtures("own_journal")

ROOM = 4_096


@pytest.fixture
def naming(monkeypatch: pytest.MonkeyPatch) -> Naming:
    """This node's rows name the new bytes."""
    rows = Naming(NEW)
    monkeypatch.setattr(attachments, "_names", [rows])
    return rows


def fetched(giver: Giver, room: int = ROOM, *, most: int = 1_000) -> int:
    """Fetch pieces until there is nothing to ask for; how many there were."""
    for number in range(most):
        fetch = next_fetch(room)
        if fetch is None:
            return number
        take_piece(fetch, giver.give(fetch))
    return most


def asked() -> Fetch:
    fetch = next_fetch(ROOM)
    assert fetch is not None
    return fetch


def here(data: bytes) -> bool:
    return bool(held([digest(data)])) and attachment_bytes(digest(data)) == data


@pytest.mark.usefixtures("naming")
class TestWhole:
    def test_it_comes_in_pieces_and_nothing_is_there_before_the_last(self) -> None:
        giver = Giver(NEW)
        assert fetched(giver, most=3) == 3
        assert not held([digest(NEW)])
        with pytest.raises(JournalError, match=r"attachment\.unknown"):
            attachment_bytes(digest(NEW))
        assert 0 < percent_here(digest(NEW)) < 100
        fetched(giver)
        assert here(NEW)
        assert not ArrivingPiece.objects.exists()
        assert next_fetch(ROOM) is None

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(rooms=st.lists(st.integers(1_000, 30_000), min_size=1, max_size=8))
    def test_wherever_it_is_cut_nothing_comes_twice(self, rooms: list[int]) -> None:
        """A cut is an answer that never came: the next question is for the same byte."""
        Attachment.objects.all().delete()
        giver, turn = Giver(NEW), 0
        while (fetch := next_fetch(rooms[turn % len(rooms)])) is not None:
            turn += 1
            if turn % 3:
                take_piece(fetch, giver.give(fetch))
        assert here(NEW)
        assert giver.given == len(giver.packings[None])

    def test_killed_before_it_was_put_together_it_is_finished_without_another_piece(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def killed(*_: object) -> None:
            raise KeyboardInterrupt

        giver = Giver(NEW)
        with monkeypatch.context() as patched:
            patched.setattr(attachment_taking, "_finish", killed)
            with pytest.raises(KeyboardInterrupt):
                fetched(giver)
        assert not held([digest(NEW)])
        assert next_fetch(ROOM) is None
        assert here(NEW)
        assert giver.given == len(giver.packings[None])

    def test_a_full_disk_asks_for_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def full() -> None:
            raise Refused("disk.full")

        monkeypatch.setattr(attachment_taking, "check_room", full)
        with pytest.raises(Refused, match=r"disk\.full"):
            next_fetch(ROOM)

    def test_one_that_came_by_stick_meanwhile_is_not_taken_twice(self) -> None:
        giver = Giver(NEW)
        fetched(giver, most=2)
        fetch = asked()
        keep(prepare(NEW))
        take_piece(fetch, giver.give(fetch))
        assert here(NEW)
        assert not ArrivingAttachment.objects.exists()


class TestDelta:
    @pytest.fixture(autouse=True)
    def has_the_old(self, own_journal: None, naming: Naming) -> None:
        keep(prepare(OLD))
        naming.before = [OLD]

    def test_it_names_what_it_has_and_gets_what_differs(self) -> None:
        giver = Giver(NEW, OLD)
        assert fetched(giver) == 1
        assert here(NEW)
        assert giver.asked[0].bases == (bytes.fromhex(digest(OLD)),)
        assert giver.given < 200
        assert here(OLD), "and has the one before as ever"

    def test_a_delta_that_does_not_fit_is_followed_by_the_whole(self) -> None:
        giver = Giver(NEW, OLD)
        giver.packings[bytes.fromhex(digest(OLD))] = Giver(b"another" + NEW, OLD).packings[
            bytes.fromhex(digest(OLD))
        ]
        fetched(giver)
        assert here(NEW)
        assert [len(fetch.bases) for fetch in giver.asked[:2]] == [1, 0]

    def test_a_base_that_is_damaged_on_the_disk_is_followed_by_the_whole(self) -> None:
        Attachment.objects.filter(digest=digest(OLD)).update(packed=b"damaged")
        fetched(Giver(NEW, OLD))
        assert here(NEW)

    def test_one_that_builds_on_what_is_not_here_is_refused(self) -> None:
        fetch = asked()
        piece = altered(Giver(NEW).give(fetch), base=bytes(32))
        with pytest.raises(JournalError, match=r"attachment\.malformed"):
            take_piece(fetch, piece)
        assert not ArrivingAttachment.objects.exists()


@pytest.mark.usefixtures("naming")
class TestWhatIsNotRight:
    @pytest.mark.parametrize(
        "wrong",
        [
            lambda piece: altered(piece, start=1),
            lambda piece: altered(piece, length=10**9),
            lambda piece: altered(piece, length=0),
            lambda piece: altered(piece, length=len(piece.data) - 1),
            lambda piece: altered(piece, data=piece.data + b"x"),
        ],
    )
    def test_a_piece_that_does_not_fit_changes_nothing(
        self, wrong: Callable[[Piece], Piece]
    ) -> None:
        fetch = asked()
        with pytest.raises(JournalError, match=r"attachment\.malformed"):
            take_piece(fetch, wrong(Giver(NEW).give(fetch)))
        assert not ArrivingPiece.objects.exists()

    def test_a_byte_that_changed_on_the_way_is_found_and_it_begins_anew(self) -> None:
        giver = Giver(NEW)
        fetch = asked()
        piece = giver.give(fetch)
        take_piece(fetch, altered(piece, data=bytes([piece.data[0] ^ 1]) + piece.data[1:]))
        with pytest.raises(JournalError, match=r"attachment\.damaged"):
            fetched(giver)
        assert not held([digest(NEW)])
        assert asked().start == 0
        fetched(giver)
        assert here(NEW)

    def test_bytes_of_another_name_are_never_kept(self) -> None:
        with pytest.raises(JournalError, match=r"attachment\.damaged"):
            fetched(Giver(NEW[:-1] + b"?"))
        assert not Attachment.objects.exists()

    def test_an_hq_that_has_another_packing_by_now_begins_anew(self) -> None:
        fetched(Giver(NEW), most=2)
        other = Giver(NEW)
        other.packings[None] = Giver(NEW).packings[None] + b"P\x2a\x4d\x18\x00\x00\x00\x00"
        fetch = asked()
        piece = other.give(altered_fetch(fetch))
        take_piece(fetch, piece)
        row = ArrivingAttachment.objects.get()
        assert (row.packing, row.here) == (piece.packing.hex(), len(piece.data))


def test_a_later_one_takes_the_place_of_one_that_is_half_here(naming: Naming) -> None:
    fetched(Giver(NEW), most=2)
    later = NEW + b"later still"
    naming.current, naming.before = [later], [NEW]
    assert asked().attachment.hex() == digest(later)
    assert not ArrivingPiece.objects.exists()


def altered_fetch(fetch: Fetch) -> Fetch:
    """As the HQ understands a question for a packing that it has no more."""
    return Fetch(time=fetch.time, attachment=fetch.attachment, room=fetch.room)
