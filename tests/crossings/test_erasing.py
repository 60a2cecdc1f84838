"""What a crossing or a document left is found for erasing; that somebody crossed stays counted."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.utils import timezone

from openmidas.cli import main
from openmidas.crossings.entries import CrossingsErased, Outcome, RefusalReason
from openmidas.crossings.erasing import places_of_crossing, places_of_document
from openmidas.crossings.models import CancelledInspection, Crossing, ErasedCount, Status
from openmidas.crossings.second_line import resolve
from openmidas.journal import Actor
from openmidas.journal.entry import decode_body
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import EntryPlace, order_erasure
from tests.conftest import HQ, POST
from tests.crossings.conftest import BOUBACAR, admit, cancel, listed, paper, refer, scan
from tests.crossings.test_projections import arrive
from tests.support.cast import at_node
from tests.support.stays import crossed
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("post")

MARIAM, OTHER = "SP0000001", "SP0000002"


def crossing(number: str = MARIAM) -> UUID:
    return admit(scan(paper(number=number)))[0]


def kinds(places: list[EntryPlace]) -> list[str]:
    return sorted(
        JournalEntry.objects.get(node=each.node, epoch=each.epoch, sequence=each.sequence).kind
        for each in places
    )


def erase(places: list[EntryPlace]) -> None:
    with at_node(HQ):
        order_erasure(places, ErasureReason.REQUEST, actor=Actor())
        rebuild()


class TestFinding:
    def test_all_entries_of_a_crossing_and_no_others(self) -> None:
        (mine,) = refer(scan(listed()))
        refer(scan(paper()))
        resolve(BOUBACAR, mine, Outcome.REFUSED, refusal=RefusalReason.LIST)
        assert kinds(places_of_crossing(mine)) == ["crossing.referred", "crossing.resolved"]

    def test_a_cancelled_scan(self) -> None:
        (cancelled,) = cancel(scan(paper()))
        assert kinds(places_of_crossing(cancelled)) == ["inspection.cancelled"]

    def test_all_that_a_document_left(self) -> None:
        crossing()
        cancel(scan(paper()))
        crossing()
        crossing(OTHER)
        found = places_of_document("sp 0000-001", "MLI")
        assert kinds(found) == ["crossing.admitted", "crossing.admitted", "inspection.cancelled"]
        assert places_of_document(MARIAM, "GIN") == []

    def test_what_was_set_aside_too(self) -> None:
        """A crossing that would have taken place after it was written: none, but a person's data."""
        elsewhere = Pen()
        elsewhere.write(crossed(MARIAM, issuer="MLI", at=timezone.now()))
        arrive(elsewhere)
        assert Quarantined.objects.get().node == elsewhere.node
        (found,) = places_of_document(MARIAM, "MLI")
        assert found == EntryPlace(elsewhere.node, 1, 1)


class TestErasing:
    def test_a_person_is_gone_from_the_tables_and_stays_counted(self) -> None:
        crossing()
        cancel(scan(paper()))
        kept = crossing(OTHER)
        erase(places_of_document(MARIAM, "MLI"))
        assert list(Crossing.objects.values_list("id", flat=True)) == [kept]
        assert not CancelledInspection.objects.exists()
        (count,) = ErasedCount.objects.all()
        assert (count.post, count.direction, count.status, count.number) == (
            POST,
            "entry",
            Status.ADMITTED,
            1,
        )
        assert count.day == timezone.localdate()

    def test_a_crossing_of_which_only_the_decision_goes_is_not_gone(self) -> None:
        (mine,) = refer(scan(listed()))
        resolve(BOUBACAR, mine, Outcome.REFUSED, refusal=RefusalReason.LIST)
        places = places_of_crossing(mine)
        erase([each for each in places if kinds([each]) == ["crossing.resolved"]])
        assert Crossing.objects.get(id=mine).status == Status.REFERRED
        assert not ErasedCount.objects.exists()

    def test_the_count_names_nobody(self) -> None:
        crossing()
        erase(places_of_document(MARIAM, "MLI"))
        entry = JournalEntry.objects.get(kind="crossing.erased")
        content = decode_body(bytes(entry.body or b"")).read()
        assert isinstance(content, CrossingsErased)
        for secret in (b"SP0000001", b"KEITA", b"MARIAM"):
            assert secret not in bytes(entry.body or b"")


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENMIDAS_LANGUAGE", "en")


@pytest.mark.usefixtures("english")
class TestCommand:
    def erase(self, *words: str) -> int:
        with at_node(HQ):
            return main(["journal", "erase", "--reason", "request", "--yes", *words])

    def test_by_document(self, capsys: pytest.CaptureFixture[str]) -> None:
        crossing()
        assert self.erase("--document", MARIAM, "--issuer", "mli") == 0
        said = capsys.readouterr().out
        assert "crossing.admitted" in said
        assert "1 entry was erased" in said
        assert not JournalEntry.objects.filter(kind="crossing.admitted").exists()

    def test_by_crossing_says_that_others_of_the_document_stay(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        first = crossing()
        crossing()
        assert self.erase("--crossing", str(first)) == 0
        assert "1 other crossing" in capsys.readouterr().err
        assert JournalEntry.objects.filter(kind="crossing.admitted").count() == 1

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ((), "What is to be erased?"),
            (("--crossing", str(new_id())), "There is no crossing"),
            (("--document", "X1"), "Which State"),
            (("--document", "X1", "--issuer", "GIN"), "No crossing of this document"),
        ],
    )
    def test_what_is_not_there(
        self, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.erase(*words) == 1
        assert said in capsys.readouterr().err
