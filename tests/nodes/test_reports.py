"""A post reports how it is: spans that follow one another, outages between them, what it proved."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from openmidas.exchange.taking import take_segment
from openmidas.exchange.worker import run_once
from openmidas.journal import Actor, JournalError, NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.journal.segments import pack
from openmidas.nodes import reports, slots
from openmidas.nodes.entries import HeldEdition, NodeReported
from openmidas.nodes.jobs import jobs_at
from openmidas.nodes.local import JournalProof, Uptime
from openmidas.nodes.models import LastReport, NodeReport, UpMonth
from openmidas.nodes.report_facts import Power, read_power
from openmidas.nodes.services import node_time, record
from tests.conftest import POST
from tests.exchange.peers import befriend
from tests.support.cast import at_node
from tests.support.tables import all_rows

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Clock:
    """The node's time, in the hands of the test."""

    def __init__(self) -> None:
        self.now = node_time().replace(microsecond=0) + MINUTE

    def go(self, span: timedelta) -> None:
        self.now += span


@pytest.fixture
def clock(own_journal: None, monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(reports, "node_time", lambda: clock.now)
    monkeypatch.setattr("openmidas.journal.store.time.time_ns", lambda: _ns(clock.now))
    return clock


def _ns(moment: datetime) -> int:
    return round(moment.timestamp() * 1000) * 1_000_000


def ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def spans() -> list[tuple[datetime, datetime, timedelta]]:
    rows = NodeReport.objects.order_by("at")
    return [(row.up_from, row.up_until, timedelta(milliseconds=row.outage)) for row in rows]


def test_a_post_does_it_by_itself_and_the_hq_does_not() -> None:
    names = {job.name.rpartition(".")[2] for job in jobs_at(NodeKind.POST)}
    assert {"report", "prove_journal"} <= names
    assert not any("nodes.reports" in job.name for job in jobs_at(NodeKind.HQ))


def test_reports_follow_one_another(clock: Clock) -> None:
    start = clock.now
    reports.report()
    for _hour in range(2):
        for _minute in range(60):
            clock.go(MINUTE)
            reports.note_up()
        reports.report()
    assert spans() == [
        (start, start, timedelta()),
        (start, start + HOUR, timedelta()),
        (start + HOUR, start + 2 * HOUR, timedelta()),
    ]
    last = LastReport.objects.get(id=POST)
    assert (last.known_from, last.known_until) == (start, start + 2 * HOUR)
    assert NodeReport.objects.get(id=last.report).up_until == start + 2 * HOUR


def test_an_outage_is_noticed_when_the_post_comes_back(clock: Clock) -> None:
    start = clock.now
    reports.report()
    clock.go(4 * MINUTE)
    reports.note_up()
    off = clock.now
    clock.go(3 * HOUR)
    reports.note_up()
    reports.report()
    clock.go(HOUR)
    reports.report()
    assert spans()[1:] == [
        (start, off, 3 * HOUR),
        # An hour without a note: nobody knows that it was up.
        (off + 3 * HOUR, off + 3 * HOUR, HOUR),
    ]


def test_a_worker_that_starts_over_and_over_writes_no_flood(clock: Clock) -> None:
    for _start in range(20):
        reports.report()
        clock.go(timedelta(seconds=10))
    assert NodeReport.objects.count() == 1


def test_a_clock_that_falls_back_is_no_outage_and_breaks_nothing(clock: Clock) -> None:
    reports.report()
    before = clock.now
    clock.go(-timedelta(days=400))
    reports.note_up()
    assert ms(before) == Uptime.objects.get().beat
    assert NodeReport.objects.count() == 1


def test_the_time_up_is_kept_slot_by_slot(clock: Clock) -> None:
    clock.now = datetime(2040, 6, 30, 22, 0, tzinfo=UTC)  # Bamako keeps universal time
    reports.report()
    for _minute in range(4 * 60):
        clock.go(MINUTE)
        reports.note_up()
    reports.report()
    up = {
        row.month: slots.from_bytes(bytes(row.slots)).bit_count() for row in UpMonth.objects.all()
    }
    assert up == {date(2040, 6, 1): 24, date(2040, 7, 1): 24}


def test_what_rooms_above_hold_is_in_the_report(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldEdition(kind="list", code="un", edition=new_id(), dated=date(2026, 2, 27))
    monkeypatch.setattr(reports, "_holdings", [lambda: [held]])
    reports.report()
    row = NodeReport.objects.get()
    assert row.editions == [
        {"kind": "list", "code": "un", "edition": str(held.edition), "dated": "2026-02-27"}
    ]
    assert row.program
    assert row.disk_free


def test_another_edition_is_told_at_once_and_not_only_at_the_hour(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[HeldEdition] = []
    monkeypatch.setattr(reports, "_holdings", [lambda: held])
    reports.report()
    held.append(HeldEdition(kind="list", code="un", edition=new_id(), dated=date(2026, 2, 27)))
    for _minute in range(10):
        clock.go(MINUTE)
        reports.report()
    assert [len(row.editions) for row in NodeReport.objects.order_by("at")] == [0, 1]


class TestProof:
    def test_once_a_day_and_in_the_report(self, clock: Clock) -> None:
        reports.prove_journal()
        proved = clock.now
        clock.go(HOUR)
        reports.prove_journal()
        reports.report()
        row = NodeReport.objects.get()
        assert (row.verified, row.verified_at, row.verified_problem) == (1, proved, "")
        clock.go(timedelta(days=1))
        reports.prove_journal()
        assert JournalProof.objects.get().verified == 2

    def test_says_what_does_not_hold(self, clock: Clock) -> None:
        JournalEntry.objects.filter(node=POST).update(body=b"other")
        reports.prove_journal()
        reports.report()
        row = NodeReport.objects.get()
        assert (row.verified, row.verified_problem) == (0, "entry.body_changed")


class TestPower:
    def supply(self, folder: Path, name: str, **files: str) -> None:
        (folder / name).mkdir()
        for file, text in files.items():
            (folder / name / file).write_text(text + "\n")

    def test_nothing_there_is_nothing_known(self, tmp_path: Path) -> None:
        assert read_power(tmp_path / "none") == Power()
        self.supply(tmp_path, "AC", type="Mains")
        assert read_power(tmp_path) == Power()

    def test_a_laptop_without_mains(self, tmp_path: Path) -> None:
        self.supply(tmp_path, "AC", type="Mains", online="0")
        self.supply(tmp_path, "BAT0", type="Battery", capacity="64", status="Discharging")
        self.supply(tmp_path, "BAT1", type="Battery", capacity="31", status="Not charging")
        self.supply(tmp_path, "BAT2", type="Battery", status="Unknown")
        self.supply(tmp_path, "mouse", type="Battery", scope="Device", capacity="3", status="Full")
        assert read_power(tmp_path) == Power(mains=False, battery=31, charge="Not charging")

    def test_a_battery_that_tells_no_percent(self, tmp_path: Path) -> None:
        self.supply(tmp_path, "BAT0", type="Battery", capacity="nonsense", status="Full")
        assert read_power(tmp_path) == Power(mains=None, battery=None, charge="Full")


def written(start: int, end: int, **more: object) -> NodeReported:
    return NodeReported(report=new_id(), up_from=start, up_until=end, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "end"), [(2000, 1000), (0, 4_000_000_000_000), (0, 90 * 86_400_000)]
)
def test_a_span_that_cannot_be_is_refused(own_journal: None, start: int, end: int) -> None:
    with pytest.raises(JournalError, match="up_from"), transaction.atomic():
        record(written(start, end), actor=Actor())


def test_the_hq_takes_what_each_post_says_of_itself(as_hq: None, own_journal: None) -> None:
    now = 1_760_000_000_000
    posts = set()
    for up in (3_600_000, 60_000):
        pen, peer = befriend(NodeKind.POST)
        pen.write(written(now - up, now))
        take_segment(peer, pack(pen.segment()))
        posts.add(pen.node)
    run_once()
    assert {row.node for row in NodeReport.objects.all()} == posts
    assert {row.id for row in LastReport.objects.all()} == posts
    assert {row.node for row in UpMonth.objects.all()} == posts
    assert not Quarantined.objects.exists()


def test_a_rebuild_gives_the_same(transactional_db: None, own_journal: None) -> None:
    with at_node(POST), transaction.atomic():
        now = ms(node_time())
        record(written(now - 7_000_000, now - 3_000_000), actor=Actor())
        record(written(now - 3_000_000, now, outage=5), actor=Actor())
    before = all_rows()
    rebuild()
    assert all_rows() == before
    assert len(before["nodes_nodereport"]) == 2


def test_the_hq_writes_none(as_hq: None, own_journal: None) -> None:
    with pytest.raises(JournalError, match="not_authorised"), transaction.atomic():
        record(written(0, 0), actor=Actor())
