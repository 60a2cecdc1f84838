"""Lost documents from the list at the HQ to the file at a post, and what changes in between."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from openmidas.exchange.attachments import held, named, wanted
from openmidas.exchange.local import Attachment, AttachmentDelta
from openmidas.journal import Actor
from openmidas.journal.models import JournalEntry
from openmidas.journal.rebuild import rebuild
from openmidas.lists.lost.in_use import LOST_NUMBERS, latest_lost, lost_editions, lost_now
from openmidas.lists.lost.models import LostChange, LostEdition
from openmidas.lists.lost.publishing import (
    LIMIT_DAYS,
    LostSource,
    Published,
    fold,
    publish,
    publish_changes,
)
from openmidas.lists.lost.taking import take_file
from openmidas.lists.services import ImportRefused
from openmidas.nodes.services import node_day
from openmidas.screening import ListError
from openmidas.screening.lost import LostReport
from tests.conftest import HQ, POST
from tests.support.cast import at_node
from tests.support.lost import LIST, MakeCsv, publish_text
from tests.support.tables import all_rows

pytest_plugins = ("tests.support.lost_fixtures",)
pytestmark = pytest.mark.usefixtures("hq", "no_files")

STOLEN, WITH_O, ABSENT = "A1234567", "A2O45678", "A7654321"


def listed(*numbers: str) -> list[str]:
    """Which of these this node finds."""
    now = lost_now()
    return [number for number in numbers if now.look("MLI", "P", number).hit]


def change(path: Path, **more: object) -> None:
    publish_changes(LostSource(paths=(path,)), LostReport(), actor=Actor(), **more)  # type: ignore[arg-type]


def test_an_edition_is_in_use_at_the_hq_at_once_and_at_a_post_when_its_file_is_there(
    csv_of: MakeCsv,
) -> None:
    assert lost_now().look("MLI", "P", STOLEN).unknown == "", (
        "no list at all is no list that is missing"
    )
    published = publish_text(csv_of(LIST))
    assert listed(STOLEN, WITH_O, ABSENT) == [STOLEN, WITH_O]
    with at_node(POST):
        assert lost_editions() == ()
        assert lost_now().look("MLI", "P", STOLEN).unknown == "missing"
        take_file(published.path)
        assert listed(STOLEN, WITH_O, ABSENT) == [STOLEN, WITH_O]


def test_a_hit_names_edition_and_age(csv_of: MakeCsv) -> None:
    publish_text(csv_of(LIST), dated=node_day() - timedelta(days=9))
    hit = lost_now().look("MLI", "P", STOLEN).hit
    assert hit is not None
    assert (hit.edition.age_days, hit.edition.limit_days, hit.edition.stale) == (
        9,
        LIMIT_DAYS,
        True,
    )
    assert hit.match.first == "2019-03"


def test_no_number_is_in_the_journal_and_the_key_is_not_in_the_file(csv_of: MakeCsv) -> None:
    published = publish_text(csv_of(LIST))
    change(csv_of("number,issuer\nB1234567,MLI\n"))
    bodies = b"".join(
        bytes(body or b"") for body in JournalEntry.objects.values_list("body", flat=True)
    )
    packed = b"".join(
        bytes(packed) for packed in Attachment.objects.values_list("packed", flat=True)
    )
    for number in (b"1234567", b"2045678"):
        assert number not in bodies + packed + published.path.read_bytes()
    key = bytes(LostEdition.objects.get().key)
    assert key in bodies
    assert key not in published.path.read_bytes() + packed


def test_every_edition_has_a_key_of_its_own(csv_of: MakeCsv) -> None:
    one, other = publish_text(csv_of(LIST)), publish_text(csv_of(LIST))
    assert one.built.digest != other.built.digest
    keys = {bytes(key) for key in LostEdition.objects.values_list("key", flat=True)}
    assert len(keys) == 2


class TestChanges:
    def test_they_lie_over_the_file_and_make_the_edition_younger(self, csv_of: MakeCsv) -> None:
        publish_text(csv_of(LIST), dated=node_day() - timedelta(days=9))
        change(csv_of(f"number,issuer,action\n{ABSENT},MLI,add\n{STOLEN},MLI,delete\n"))
        assert listed(STOLEN, WITH_O, ABSENT) == [WITH_O, ABSENT]
        (edition,) = lost_editions()
        assert (edition.age_days, edition.stale) == (0, False)
        assert latest_lost() == edition

    def test_days_follow_one_another_also_in_a_process_that_runs_on(self, csv_of: MakeCsv) -> None:
        publish_text(csv_of(LIST))
        change(csv_of(f"number,issuer\n{ABSENT},MLI\n"))
        assert listed(ABSENT) == [ABSENT]
        change(csv_of(f"number,issuer\n{ABSENT},MLI\n"), dated=node_day())
        source = LostSource(paths=(csv_of(f"number,issuer\n{ABSENT},MLI\n"),), removed=True)
        publish_changes(source, LostReport(), actor=Actor())
        assert listed(ABSENT) == []
        assert [row.number for row in LostChange.objects.order_by("number")] == [1, 2, 3]

    def test_those_behind_one_that_is_not_here_wait(self, csv_of: MakeCsv) -> None:
        publish_text(csv_of(LIST), dated=node_day() - timedelta(days=9))
        change(csv_of("number,issuer\nB1234567,MLI\n"), dated=node_day() - timedelta(days=2))
        change(csv_of("number,issuer\nB1234568,MLI\n"))
        first = LostChange.objects.get(number=1)
        kept = Attachment.objects.get(digest=first.digest)
        Attachment.objects.filter(digest=first.digest).delete()
        LOST_NUMBERS.forget()
        assert listed("B1234567", "B1234568") == []
        assert lost_editions()[0].age_days == 9, "as old as what is really used"
        kept.save(force_insert=True)
        assert listed("B1234567", "B1234568") == ["B1234567", "B1234568"]

    def test_they_are_published_for_the_edition_before_too(self, csv_of: MakeCsv) -> None:
        """A post works with its file until a stick brings the next one."""
        first = publish_text(csv_of(LIST))
        with at_node(POST):
            take_file(first.path)
        publish_text(csv_of(LIST))
        change(csv_of(f"number,issuer\n{ABSENT},MLI\n"))
        with at_node(POST):
            assert lost_editions()[0].edition == first.edition
            assert listed(ABSENT) == [ABSENT]
        publish_text(csv_of(LIST))
        change(csv_of("number,issuer\nB1234567,MLI\n"))
        assert LostChange.objects.filter(edition=first.edition).count() == 1

    def test_they_travel_as_attachments_that_are_needed_where_they_are_used(
        self, csv_of: MakeCsv
    ) -> None:
        publish_text(csv_of(LIST))
        change(csv_of(f"number,issuer\n{ABSENT},MLI\n"))
        digest = LostChange.objects.get().digest
        assert held([digest]) == {digest}
        assert [each.digest for each in named()] == [digest]
        Attachment.objects.all().delete()
        needed = wanted()
        assert needed is not None
        assert needed.digest == digest
        assert not AttachmentDelta.objects.exists()

    def test_without_an_edition_or_a_row_nothing_is_published(self, csv_of: MakeCsv) -> None:
        with pytest.raises(ImportRefused) as refused:
            change(csv_of(f"number,issuer\n{ABSENT},MLI\n"))
        assert refused.value.code == "no_edition"
        publish_text(csv_of(LIST))
        with pytest.raises(ImportRefused) as refused:
            change(csv_of("number,issuer\nXX,MLI\n"))
        assert refused.value.code == "empty"
        assert not LostChange.objects.exists()


def test_folding_publishes_an_edition_that_answers_the_same(csv_of: MakeCsv) -> None:
    first = publish_text(csv_of(LIST), title="SLTD", limit_days=5)
    rows = f"{ABSENT},P,MLI,add\n{STOLEN},P,MLI,delete\n"
    change(csv_of("number,type,issuer,action\n" + rows))
    folded = fold(actor=Actor())
    assert folded.edition != first.edition
    assert (folded.built.entries, folded.limit_days, folded.dated) == (2, 5, node_day())
    assert listed(STOLEN, WITH_O, ABSENT) == [WITH_O, ABSENT]
    assert lost_editions()[0].title == "SLTD"


def test_what_changes_while_folding_is_not_lost(csv_of: MakeCsv) -> None:
    publish_text(csv_of(LIST))

    def meanwhile(done: int, total: int) -> None:
        if done == 1:
            change(csv_of(f"number,issuer\n{ABSENT},MLI\n"))

    with pytest.raises(ImportRefused) as refused:
        fold(actor=Actor(), progress=meanwhile)
    assert refused.value.code == "changed_meanwhile"
    assert LostEdition.objects.count() == 1
    assert listed(ABSENT) == [ABSENT]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty"), ("a,b\n1,2\n", "not_this_list"), ("number,issuer\nXX,MLI\n", "empty")],
)
def test_a_list_that_cannot_be_read_publishes_nothing(
    csv_of: MakeCsv, text: str, code: str
) -> None:
    with pytest.raises((ListError, ImportRefused)) as refused:
        publish_text(csv_of(text))
    assert refused.value.code == code  # type: ignore[attr-defined]  # both have one
    assert not LostEdition.objects.exists()
    assert not JournalEntry.objects.filter(kind="lost.published").exists()


def test_a_post_publishes_nothing(csv_of: MakeCsv) -> None:
    with at_node(POST), pytest.raises(ImportRefused) as refused:
        publish_text(csv_of(LIST))
    assert refused.value.code == "not_hq"


def test_a_limit_beyond_reason_is_refused(csv_of: MakeCsv) -> None:
    with pytest.raises(ImportRefused) as refused:
        publish_text(csv_of(LIST), limit_days=0)
    assert refused.value.code == "limit"


def test_several_files_make_one_edition(csv_of: MakeCsv, tmp_path: Path) -> None:
    other = tmp_path / "national.csv"
    other.write_text("number,reason\nB1234567,lost\n", encoding="utf-8")
    source = LostSource(paths=(csv_of(LIST), other), issuer="GIN")
    done: list[tuple[int, int]] = []
    publish(
        source,
        LostReport(),
        actor=Actor(),
        dated=date(2026, 11, 1),
        progress=lambda at, total: done.append((at, total)),
    )
    assert lost_now().look("GIN", "P", "B1234567").hit
    assert listed(STOLEN) == [STOLEN]
    assert done


def test_a_file_that_the_disk_has_damaged_is_never_an_answer(csv_of: MakeCsv) -> None:
    published: Published = publish_text(csv_of(LIST))
    with published.path.open("r+b") as file:
        file.seek(8)
        file.write(b"\xff\xff\xff\xff")
    LOST_NUMBERS.forget()
    assert lost_now().look("MLI", "P", STOLEN).unknown == "damaged"
    published.path.write_bytes(b"")
    LOST_NUMBERS.forget()
    assert lost_now().look("MLI", "P", STOLEN).unknown == "damaged"


def test_a_document_that_cannot_be_asked_for_is_not_clear(csv_of: MakeCsv) -> None:
    publish_text(csv_of(LIST))
    assert lost_now().look("", "P", STOLEN).unknown == "document"
    assert lost_now().look("MLI", "P", "A12").unknown == "document"
    assert lost_now().look("MLI", "", "").unknown == "", "who has no document has none that is lost"


def test_a_rebuild_gives_the_same_rows(csv_of: MakeCsv) -> None:
    publish_text(csv_of(LIST))
    change(csv_of(f"number,issuer\n{ABSENT},MLI\n"))
    rows = all_rows()
    rebuild()
    assert all_rows() == rows
    with at_node(HQ):
        assert listed(ABSENT) == [ABSENT]
