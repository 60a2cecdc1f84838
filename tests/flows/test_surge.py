"""The rule of surges: what is above the season, by post, direction and hour, and once for each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone, translation

from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.flows.surge import raise_surges
from openmidas.flows.tallies import Key, add
from openmidas.incidents import services
from openmidas.incidents.entries import Outcome
from openmidas.incidents.models import Incident
from openmidas.incidents.page import incident_page
from openmidas.incidents.publishing import publish_incident_rules, rules_in_use
from openmidas.journal import Actor
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.services import node_time
from tests.conftest import HQ, POST
from tests.flows.made import LABBEZANGA, crossing
from tests.support.cast import Cast, acting, at_node
from tests.support.tables import all_rows

pytestmark = pytest.mark.django_db
RULES = """
edition = "mine"
[surge]
kind = "humanitarian"
severity = "critical"
hours = 6
travellers = 4
percent = 150
"""
NOW = timedelta(hours=1)


@pytest.fixture
def hq(cast: Cast) -> Iterator[Cast]:
    """The HQ, by whose rules four travellers in six hours may be a surge."""
    with at_node(HQ):
        publish_incident_rules(RULES, actor=Actor())
        yield cast


def came(number: int, ago: timedelta = NOW, node: UUID = POST, **columns: Any) -> None:
    """So many crossed, each a minute after the other."""
    at = node_time() - ago
    rows = [crossing(timezone.localdate(at), node, **columns) for _each in range(number)]
    for row in rows:
        row.at = at
    Crossing.objects.bulk_create(rows)
    for row in rows:
        add({Key(node, "d", row.day, row.direction, row.status): 1})


def usually(*numbers: int, **columns: Any) -> None:
    """So many at this hour, a week ago, two weeks ago and so on."""
    for week, number in enumerate(numbers, start=1):
        came(number, NOW + timedelta(weeks=week), **columns)
        came(1, timedelta(hours=20) + timedelta(weeks=week))  # the post was at work


def test_raises_an_incident_once_that_says_what_is_usual(hq: Cast) -> None:
    usually(2, 3, 2, 40)  # one feast does not make it usual
    came(5)
    assert raise_surges() == 1
    assert raise_surges() == 0
    row = Incident.objects.get()
    assert (row.node, row.post, row.kind, row.severity) == (HQ, POST, "humanitarian", "critical")
    assert (row.rule, row.edition, row.people) == ("surge", "mine", 5)
    with translation.override("en"):
        why = incident_page(row).why
    assert "5 travellers entered here within 6 hours" in why
    assert "2 to 3, on the same weekday (4 of" in why


def test_entries_and_exits_are_apart(hq: Cast) -> None:
    usually(3, 3, 3)
    came(5)
    came(4, direction="exit")
    assert raise_surges() == 2
    assert set(Incident.objects.values_list("cause__direction", flat=True)) == {"entry", "exit"}


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ((3, 3, 3), {"number": 4}),  # more than usual, within the percent
        ((0, 0, 0), {"number": 3}),  # too few to be one anywhere
        ((1, 1), {"number": 9}),  # two days are not enough, and days off are none
        ((1, 1, 1), {"number": 9, "ago": timedelta(hours=7)}),
        ((1, 1, 1), {"number": 9, "status": "refused"}),
        ((1, 1, 1), {"number": 9, "node": LABBEZANGA}),  # where nothing is usual yet
    ],
)
def test_raises_nothing_on_what_the_season_explains(
    hq: Cast, before: tuple[int, ...], now: dict[str, Any]
) -> None:
    usually(*before)
    came(**now)
    assert raise_surges() == 0


def test_the_same_hours_count_and_not_the_whole_day(hq: Cast) -> None:
    usually(1, 1, 1)
    for week in (1, 2, 3):
        came(50, timedelta(weeks=week, hours=12))
    came(5)
    assert raise_surges() == 1


def test_closed_it_is_not_raised_again_on_the_same_day(hq: Cast) -> None:
    usually(1, 1, 1)
    came(5)
    raise_surges()
    close(hq)
    came(1)
    assert raise_surges() == 0


def test_open_it_is_not_raised_again_on_another_day(
    hq: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for week in (1, 2, 3):
        came(1, timedelta(weeks=week))
    came(5)
    came(5, -timedelta(hours=24))
    assert raise_surges() == 1
    tomorrow = node_time() + timedelta(hours=25)
    monkeypatch.setattr("openmidas.flows.surge.node_time", lambda: tomorrow)
    for week in (1, 2, 3):
        came(1, timedelta(weeks=week, hours=-24))
    assert raise_surges() == 0
    close(hq)
    assert raise_surges() == 1


def test_without_its_rule_raises_nothing(hq: Cast) -> None:
    usually(1, 1, 1)
    came(5)
    publish_incident_rules('edition = "none"', actor=Actor())
    assert rules_in_use().surge is None
    assert raise_surges() == 0


@pytest.mark.django_db(transaction=True)
def test_rebuilt_it_is_the_same(hq: Cast) -> None:
    usually(1, 1, 1)
    came(5)
    raise_surges()
    live = all_rows()
    rebuild()
    for table in ("incidents_incident", "incidents_incidentstep"):
        assert all_rows()[table] == live[table]


def test_a_quiet_day_asks_little_of_the_database(
    hq: Cast, django_assert_max_num_queries: Any
) -> None:
    usually(1, 1, 1)
    with django_assert_max_num_queries(3):
        raise_surges()


def close(hq: Cast) -> None:
    row = Incident.objects.get(open=True)
    services.close(acting(hq.djibril), row.id, issue_id(), Outcome.RESOLVED)
