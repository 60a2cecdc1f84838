"""Taking in the file of an edition that was carried here."""

from __future__ import annotations

from pathlib import Path

import pytest

from openmidas.lists.lost.editions import file_of
from openmidas.lists.lost.in_use import lost_editions, lost_now
from openmidas.lists.lost.models import LostEdition
from openmidas.lists.lost.taking import remove_old_files, take_file
from openmidas.lists.services import ImportRefused
from openmidas.screening.lost import LostError
from tests.conftest import POST
from tests.support.cast import at_node
from tests.support.lost import LIST, MakeCsv, publish_text

pytest_plugins = ("tests.support.lost_fixtures",)
pytestmark = pytest.mark.usefixtures("hq", "no_files")


def take(path: Path) -> LostEdition:
    with at_node(POST):
        return take_file(path)


def test_a_file_of_which_the_journal_says_nothing_yet_waits(csv_of: MakeCsv) -> None:
    published = publish_text(csv_of(LIST))
    LostEdition.objects.all().delete()
    with pytest.raises(ImportRefused) as refused:
        take(published.path)
    assert refused.value.code == "not_published"


def test_a_file_that_was_cut_or_is_another_is_told_as_that(csv_of: MakeCsv, tmp_path: Path) -> None:
    published = publish_text(csv_of(LIST))
    data = published.path.read_bytes()
    for content, code in ((data[:-5], "truncated"), (b"PK" + data, "not_lost_numbers")):
        path = tmp_path / "other.lost"
        path.write_bytes(content)
        with pytest.raises(LostError) as refused:
            take(path)
        assert refused.value.code == code
    with at_node(POST):
        assert lost_editions() == ()
        assert [path.name for path in (file_of(LostEdition.objects.get()).parent).iterdir()] == []


def test_one_changed_bit_is_refused(csv_of: MakeCsv, tmp_path: Path) -> None:
    published = publish_text(csv_of(LIST))
    data = bytearray(published.path.read_bytes())
    data[12] ^= 1
    path = tmp_path / "changed.lost"
    path.write_bytes(data)
    with pytest.raises(ImportRefused):
        take(path)


def test_taking_it_twice_does_no_harm_and_the_newest_counts(csv_of: MakeCsv) -> None:
    first = publish_text(csv_of(LIST))
    second = publish_text(csv_of(LIST + "B1234567,P,MLI,,lost\n"))
    with at_node(POST):
        for published in (first, second, first):
            take_file(published.path)
        assert [edition.edition for edition in lost_editions()] == [second.edition]
        assert lost_now().look("MLI", "P", "B1234567").hit


def test_files_of_editions_that_changes_are_published_of_no_more_go(csv_of: MakeCsv) -> None:
    three = [publish_text(csv_of(LIST)) for _ in range(3)]
    assert remove_old_files() == 1
    assert [published.path.exists() for published in three] == [False, True, True]
