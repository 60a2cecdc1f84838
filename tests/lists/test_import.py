"""Importing the UN list at the HQ: what is published, what is kept, what is refused."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from django.db import transaction

from openmidas.exchange.local import Attachment
from openmidas.journal import Actor, Scope
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.lists.editions import edition_bytes, latest_edition
from openmidas.lists.models import EditionSource, ImportProblem, ListEdition
from openmidas.lists.services import LIMIT_DAYS, ImportRefused, import_un
from openmidas.lists.source_files import source_bytes
from openmidas.screening import Edition, ListError, open_list, read_un
from tests.lists.conftest import REAL, MakeList
from tests.support.tables import all_rows

OFFICER = Actor(new_id(), "hq_lists")


def entries() -> int:
    return JournalEntry.objects.count()


@pytest.mark.usefixtures("hq")
class TestImport:
    def test_real_list_is_published_whole(self) -> None:
        with transaction.atomic():
            report = import_un(REAL, actor=OFFICER)
        assert (report.persons, report.entities, report.bytes) == (730, 273, 996_569)
        edition = latest_edition("un")
        assert edition is not None
        assert (edition.id, edition.day.isoformat()) == (report.edition, "2026-02-27")
        assert (edition.officer, edition.limit_days) == (OFFICER.officer, LIMIT_DAYS)
        with open_list(REAL) as stream:
            assert Edition.decode(edition_bytes(edition)) == read_un(stream).edition

    def test_what_was_not_understood_is_listed(self, un_list: MakeList) -> None:
        report = import_un(un_list(), actor=OFFICER)
        rows = ImportProblem.objects.filter(edition=report.edition).order_by("number")
        assert report.problems
        assert [(row.listing, row.field, row.code) for row in rows] == [
            (problem.listing, problem.field, problem.code) for problem in report.problems
        ]

    def test_the_file_itself_is_kept_at_the_hq(self, un_list: MakeList) -> None:
        import_un(REAL, actor=OFFICER)
        report = import_un(REAL, actor=OFFICER, limit_days=3)
        source = EditionSource.objects.get(id=report.edition)
        assert source.file_name == REAL.name
        assert source_bytes(source) == REAL.read_bytes()
        assert source.digest == hashlib.sha256(REAL.read_bytes()).hexdigest()

    def test_posts_get_the_edition_and_not_its_source(self, un_list: MakeList) -> None:
        import_un(un_list(), actor=OFFICER)
        scopes = {
            body.kind: body.audience.scope
            for entry in JournalEntry.objects.exclude(kind="epoch.opened")
            if (body := decode_body(bytes(entry.body or b"")))
        }
        assert scopes == {
            "edition.published": Scope.STATE,
            "source.part": Scope.NODE,
            "source.kept": Scope.NODE,
            "source.problems": Scope.NODE,
        }

    def test_progress_ends_at_the_whole_file(self) -> None:
        seen: list[tuple[int, int]] = []
        import_un(REAL, actor=OFFICER, progress=lambda *step: seen.append(step))
        size = REAL.stat().st_size
        assert seen == sorted(seen)
        assert seen[0][0] < size
        assert seen[-1] == (size, size)

    def test_the_same_again_writes_nothing(self, un_list: MakeList) -> None:
        first = import_un(un_list(), actor=OFFICER)
        before = entries()
        again = import_un(un_list(), actor=OFFICER)
        assert again.repeated
        assert again.edition == first.edition
        assert entries() == before

    def test_the_same_zipped_is_the_same(self, un_list: MakeList, tmp_path: Path) -> None:
        import_un(un_list(), actor=OFFICER)
        zipped = tmp_path / "list.gz"
        zipped.write_bytes(gzip.compress(un_list().read_bytes()))
        assert import_un(zipped, actor=OFFICER).repeated

    def test_another_limit_is_another_edition(self, un_list: MakeList) -> None:
        first = import_un(un_list(), actor=OFFICER, limit_days=7)
        other = import_un(un_list(), actor=OFFICER, limit_days=10)
        assert not other.repeated
        assert other.edition != first.edition
        assert import_un(un_list(), actor=OFFICER).limit_days == 10

    def test_an_older_one_is_refused_unless_asked_for(self, un_list: MakeList) -> None:
        import_un(un_list("2026-02-01"), actor=OFFICER)
        before = entries()
        with pytest.raises(ImportRefused) as refused:
            import_un(un_list("2026-01-20"), actor=OFFICER)
        assert refused.value.params == {"dated": "2026-01-20", "current": "2026-02-01"}
        assert entries() == before
        taken = import_un(un_list("2026-01-20"), actor=OFFICER, accept_older=True)
        latest = latest_edition("un")
        assert latest is not None
        assert latest.id == taken.edition

    @pytest.mark.parametrize("limit", [0, -1, 3651])
    def test_limit_is_bounded(self, limit: int, un_list: MakeList) -> None:
        with pytest.raises(ImportRefused, match="limit"):
            import_un(un_list(), actor=OFFICER, limit_days=limit)

    def test_a_broken_file_leaves_nothing(self, tmp_path: Path) -> None:
        before = entries()
        path = tmp_path / "cut.xml"
        path.write_bytes(gzip.decompress(REAL.read_bytes())[:100_000])
        with pytest.raises(ListError, match="truncated"):
            import_un(path, actor=OFFICER)
        assert entries() == before
        assert not ListEdition.objects.exists()

    def test_a_file_too_large_is_not_even_read(
        self, un_list: MakeList, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("openmidas.lists.services.MOST_FILE_BYTES", 1000)
        with pytest.raises(ImportRefused, match="too_large"):
            import_un(un_list(), actor=OFFICER)

    def test_a_failure_half_way_leaves_nothing(
        self, un_list: MakeList, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*args: object, **kwargs: object) -> None:
            raise OSError("no space left")

        monkeypatch.setattr("openmidas.lists.services.entries.EditionPublished", full)
        before = entries()
        with pytest.raises(OSError, match="no space left"):
            import_un(un_list(), actor=OFFICER)
        assert (entries(), Attachment.objects.count()) == (before, 0)


@pytest.mark.usefixtures("own_journal")
def test_a_post_does_not_import(un_list: MakeList) -> None:
    with pytest.raises(ImportRefused, match="not_hq"):
        import_un(un_list(), actor=OFFICER)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("hq")
def test_a_rebuild_gives_the_same_editions(un_list: MakeList) -> None:
    import_un(un_list(), actor=OFFICER)
    report = import_un(REAL, actor=OFFICER)
    live = all_rows()
    rebuild()
    assert all_rows() == live
    assert source_bytes(EditionSource.objects.get(id=report.edition)) == REAL.read_bytes()
