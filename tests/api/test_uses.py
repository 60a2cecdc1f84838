"""What is kept of questions: counts by day, and an entry for each answer that named somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from openmidas.api import uses
from openmidas.api.jobs import write_days_of_use
from openmidas.api.local import UseToday
from openmidas.api.models import DayOfUse, PersonsRead
from openmidas.api.scopes import Scope
from openmidas.api.usage import days_of_use, usage_of
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.services import node_day
from tests.api.conftest import Asker
from tests.crossings.test_hq_pages import admit, inspection
from tests.support.cast import Cast

Make = Callable[..., Asker]


def days_pass(days: int) -> None:
    """What was counted today was counted so many days ago."""
    UseToday.objects.update(day=node_day() - timedelta(days=days))


def test_every_answer_counts_under_its_scope(asker: Make, at_hq: Cast) -> None:
    program = asker()
    admit(at_hq, inspection())
    admit(at_hq, inspection())
    program.ask("crossings")
    program.ask("crossings", limit="1")
    program.ask("crossings", persons="true")
    program.ask("health")
    program.refused("crossings", 422, limit="0")
    counted = UseToday.objects.values_list("scope", "requests", "records")
    assert sorted(counted) == [("crossings", 2, 3), ("health", 1, 0), ("persons", 1, 2)]


def test_a_question_without_names_writes_no_entry_by_itself(asker: Make, at_hq: Cast) -> None:
    program = asker()
    before = JournalEntry.objects.count()
    for _ in range(5):
        program.ask("crossings")
    assert JournalEntry.objects.count() == before


def test_a_day_that_is_over_is_written_once(at_hq: Cast) -> None:
    system = new_id()
    for _ in range(3):
        uses.count(system, Scope.CROSSINGS, 10)
    write_days_of_use()
    assert not DayOfUse.objects.exists(), "today is not over"
    days_pass(1)
    write_days_of_use()
    write_days_of_use()
    row = DayOfUse.objects.get()
    assert (row.system, row.scope, row.requests, row.records) == (system, "crossings", 3, 30)
    assert row.day == node_day() - timedelta(days=1)
    assert not UseToday.objects.exists()


def test_what_is_counted_late_adds_up(at_hq: Cast) -> None:
    system = new_id()
    for records in (10, 5):
        uses.count(system, Scope.CROSSINGS, records)
        days_pass(1)
        write_days_of_use()
    uses.count(system, Scope.CROSSINGS, 1)
    told = [(day.day, day.requests, day.records) for day in days_of_use(system)]
    assert told == [(node_day(), 1, 1), (node_day() - timedelta(days=1), 2, 15)]
    usage = usage_of(system)
    assert usage.today == 1
    assert usage.last_at is not None


def test_a_system_that_never_asked(at_hq: Cast) -> None:
    assert (usage_of(new_id()).today, usage_of(new_id()).last_at) == (0, None)


def test_a_rebuild_gives_the_same(asker: Make, at_hq: Cast) -> None:
    admit(at_hq, inspection())
    asker().ask("crossings", persons="true")
    days_pass(1)
    write_days_of_use()
    before = [list(table.objects.order_by("id").values()) for table in (DayOfUse, PersonsRead)]
    assert all(before)
    rebuild()
    assert before == [
        list(table.objects.order_by("id").values()) for table in (DayOfUse, PersonsRead)
    ]
