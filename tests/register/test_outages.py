"""Outages are taken by themselves: the machine's from its reports, the link's by the watch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from openmidas.journal import NodeKind
from openmidas.journal.models import JournalEntry
from openmidas.nodes.jobs import jobs_at
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_time
from openmidas.register.jobs import watch_link
from openmidas.register.models import LinkOutage
from openmidas.register.outages import Cause, Outage, add_up, link_lost_at, outages
from openmidas.register.spans import Span
from tests.conftest import POST
from tests.exchange.peers import befriend
from tests.register.conftest import was_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_journal")]
HOUR = timedelta(hours=1)


def heard(at: datetime) -> None:
    """Headquarters was heard of then, and the watch has its turn."""
    Peer.objects.update(last_contact=at)
    watch_link()


@pytest.fixture
def now() -> datetime:
    befriend(NodeKind.HQ)
    return node_time().replace(microsecond=0)


def links() -> list[tuple[datetime, datetime]]:
    rows = LinkOutage.objects.order_by("lost_at")
    return [(row.lost_at, row.restored_at) for row in rows]


class TestTheWatch:
    def test_a_post_does_it_by_itself(self) -> None:
        assert any(job.run is watch_link for job in jobs_at(NodeKind.POST))
        assert not any(job.run is watch_link for job in jobs_at(NodeKind.HQ))

    def test_writes_once_that_the_link_was_gone(self, now: datetime) -> None:
        heard(now - 5 * HOUR)
        watch_link()
        heard(now - 2 * HOUR)
        watch_link()
        assert links() == [(now - 5 * HOUR, now - 2 * HOUR)]

    def test_passes_over_a_moment(self, now: datetime) -> None:
        heard(now - HOUR)
        heard(now - HOUR + timedelta(minutes=15))
        assert not JournalEntry.objects.filter(kind="link.restored").exists()

    def test_leaves_out_when_the_post_itself_was_off(self, now: datetime) -> None:
        heard(now - 8 * HOUR)
        was_off(now - 7 * HOUR, now - 3 * HOUR)
        heard(now - HOUR)
        assert links() == [(now - 8 * HOUR, now - 7 * HOUR), (now - 3 * HOUR, now - HOUR)]

    def test_takes_a_clock_that_was_put_back_for_none(self, now: datetime) -> None:
        heard(now)
        heard(now - 5 * HOUR)
        assert links() == []

    def test_a_clock_that_is_put_right_again_tells_of_no_outage_of_years(
        self, now: datetime
    ) -> None:
        heard(now - 5 * HOUR)
        heard(datetime(2020, 1, 1, tzinfo=UTC))
        assert link_lost_at() == (now - 5 * HOUR)
        heard(now - 5 * HOUR + timedelta(minutes=10))
        assert links() == []

    def test_waits_for_a_headquarters(self) -> None:
        watch_link()
        assert links() == []


class TestWithinAShift:
    def test_both_causes_are_cut_to_it_and_added_up(self, now: datetime) -> None:
        heard(now - 9 * HOUR)
        heard(now - 7 * HOUR)
        was_off(now - 3 * HOUR, now - 2 * HOUR)
        heard(now - timedelta(minutes=1))
        found = outages(POST, Span(now - 8 * HOUR, now))
        power = add_up(found, Cause.POWER)
        assert (power.number, power.minutes) == (1, 60)
        assert found[0] == Outage(cause=Cause.LINK, span=Span(now - 8 * HOUR, now - 7 * HOUR))

    def test_a_link_that_is_down_now_lasts(self, now: datetime) -> None:
        heard(now - 2 * HOUR)
        found = outages(POST, Span(now - HOUR, now))
        assert [(one.cause, one.lasting, one.span) for one in found] == [
            (Cause.LINK, True, Span(now - HOUR, now))
        ]

    def test_one_that_outlasted_a_shift_does_not_last_in_it(self, now: datetime) -> None:
        heard(now - 5 * HOUR)
        was_off(now - 4 * HOUR, now - 3 * HOUR)
        found = outages(POST, Span(now - 6 * HOUR, now - 2 * HOUR))
        assert [(one.cause, one.lasting, one.span) for one in found] == [
            (Cause.LINK, False, Span(now - 5 * HOUR, now - 4 * HOUR)),
            (Cause.POWER, False, Span(now - 4 * HOUR, now - 3 * HOUR)),
            (Cause.LINK, False, Span(now - 3 * HOUR, now - 2 * HOUR)),
        ]
