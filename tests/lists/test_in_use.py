"""The lists in memory: what is screened with, how old it is, and when it changes."""

from __future__ import annotations

import hashlib
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from openmidas.documents import PartialDate
from openmidas.exchange.attachments import keep, prepare
from openmidas.exchange.local import Attachment
from openmidas.journal import Actor
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import new_id
from openmidas.lists import in_use
from openmidas.lists.in_use import LISTS, editions_in_use, lists_now
from openmidas.lists.models import ListEdition, Wholeness
from openmidas.lists.services import import_un
from openmidas.nodes.services import node_day
from openmidas.screening import Index, Query
from tests.conftest import POST
from tests.lists.conftest import REAL, MakeList

LISTED = Query(surname="Badege", given_names="Eric", birth=PartialDate(1971))


def threads_end() -> None:
    for thread in threading.enumerate():
        if thread.name == "lists":
            thread.join(10)


def names(hits: tuple[in_use.ListHit, ...]) -> list[str]:
    return [hit.listing.id for hit in hits]


@pytest.mark.usefixtures("hq")
class TestScreening:
    def test_a_listed_person_is_found_in_the_real_list(self) -> None:
        report = import_un(REAL, actor=Actor())
        hit = lists_now().screen(LISTED)[0]
        assert (hit.listing.id, hit.level, hit.list_code) == ("CDi.001", "strong", "un")
        assert hit.edition.edition == report.edition
        assert hit.edition.dated == date(2026, 2, 27)

    def test_no_list_is_said(self) -> None:
        assert editions_in_use() == ()
        assert lists_now().screen(LISTED) == ()

    def test_an_index_is_built_once(
        self, un_list: MakeList, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import_un(un_list(), actor=Actor())
        built = []
        build = Index.build
        monkeypatch.setattr(Index, "build", lambda editions: built.append(1) or build(editions))
        for _ in range(3):
            lists_now().screen(LISTED)
        assert len(built) == 1

    def test_seeing_that_nothing_changed_is_one_query_beside_the_clock(
        self, un_list: MakeList
    ) -> None:
        import_un(un_list(), actor=Actor())
        lists_now().screen(LISTED)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            lists_now().screen(LISTED)
        assert len(queries) == 2

    def test_the_edition_before_answers_until_the_new_index_stands(
        self, un_list: MakeList, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = import_un(un_list(), actor=Actor())
        (hit,) = lists_now().screen(Query(surname="Sagnon", given_names="Boureïma N'Guessan"))
        second = import_un(un_list("2026-02-02", ("BOUREÏMA", "SOMEBODY")), actor=Actor())
        build, gate = Index.build, threading.Event()
        monkeypatch.setattr(Index, "build", lambda editions: gate.wait(10) and build(editions))

        before = lists_now()
        assert before.editions[0].edition == first.edition
        assert names(before.screen(Query(number="B0117641", number_issuer="MLI"))) == ["TSi.001"]
        gate.set()
        threads_end()
        after = lists_now()
        assert after.editions[0].edition == second.edition
        (hit,) = after.screen(Query(number="B0117641", number_issuer="MLI"))
        assert "SOMEBODY" in hit.listing.name
        assert hit.edition.edition == second.edition

    def test_nobody_is_screened_without_a_list_while_the_first_one_is_opened(
        self, un_list: MakeList
    ) -> None:
        assert editions_in_use() == ()
        import_un(un_list(), actor=Actor())
        assert names(lists_now().screen(Query(number="B0117641", number_issuer="MLI"))) == [
            "TSi.001"
        ]

    def test_an_edition_that_cannot_be_read_leaves_the_one_before(self, un_list: MakeList) -> None:
        first = import_un(un_list(), actor=Actor())
        second = import_un(un_list("2026-02-02"), actor=Actor())
        row = ListEdition.objects.get(id=second.edition)
        Attachment.objects.filter(digest=row.digest).update(packed=b"damaged on the disk")
        assert [edition.edition for edition in editions_in_use()] == [first.edition]
        keep(prepare(b"of a later version"))
        later = hashlib.sha256(b"of a later version").hexdigest()
        ListEdition.objects.filter(id=second.edition).update(digest=later)
        LISTS.forget()
        assert [edition.edition for edition in editions_in_use()] == [first.edition]

    def test_warming_up_does_not_fail_for_want_of_a_database(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        from django.db import OperationalError

        def broken() -> None:
            raise OperationalError("no such table")

        monkeypatch.setattr(in_use, "latest_clocks", broken)
        in_use.warm_up().join(10)
        assert "could not be read ahead" in caplog.text


def edition_of(dated: datetime, limit_days: int = 7) -> ListEdition:
    return ListEdition.objects.create(
        node=new_id(), list_code="un", title="", dated=dated, digest="", says="", size=0, parts=0,
        persons=0, entities=0, limit_days=limit_days, problems=0, role="", published_at=dated,
        clock=1, wholeness=Wholeness.WHOLE,
    )  # fmt: skip


@pytest.mark.django_db
class TestAge:
    @pytest.mark.parametrize(("days", "stale"), [(0, False), (7, False), (8, True), (-3, False)])
    def test_stale_past_its_own_limit(self, days: int, stale: bool) -> None:
        dated = datetime(2026, 3, 1, 5, tzinfo=UTC)
        edition = in_use.in_use(edition_of(dated), date(2026, 3, 1) + timedelta(days=days))
        assert (edition.age_days, edition.stale) == (max(days, 0), stale)

    def test_a_clock_that_fell_back_does_not_make_a_list_young(self) -> None:
        later = timezone.now() + timedelta(days=40)
        HeldReceipt.objects.create(
            node=POST, epoch=1, sequence=1, hash=b"", witness=new_id(),
            at=int(later.timestamp() * 1000), signature=b"",
        )  # fmt: skip
        assert node_day() == timezone.localdate(later)
