"""The counts of who is in the country are held against the rows that they are of."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import F

from openmidas.flows.checking import check, months_to_check, recount
from openmidas.flows.models import Counted, PresenceCount
from openmidas.flows.stays.proving import presence_differences
from tests.flows.stays.test_presence import told
from tests.support.stays import crossed

pytestmark = pytest.mark.django_db

UNTIL = date(2025, 5, 29)


@pytest.fixture(autouse=True)
def travellers(as_hq: None, own_journal: None) -> None:
    """Of every kind that is counted: with a last day, without a limit, without a rule, a document."""
    told(
        crossed(until=UNTIL),
        crossed("B1"),
        crossed("C1", rule=""),
        crossed("D1"),
        crossed("D1", "exit", minutes=5),
        crossed(""),
        crossed("", "exit", minutes=7),
    )


def test_what_arrived_agrees_with_its_counts() -> None:
    assert {*PresenceCount.objects.values_list("what", flat=True)} == {*Counted.values}
    assert presence_differences() == []
    assert check(months_to_check()).differences == 0


@pytest.mark.parametrize("what", Counted.values)
def test_any_count_that_was_tampered_with_is_found_and_made_anew(what: str) -> None:
    id = PresenceCount.objects.filter(what=what).values_list("id", flat=True)[0]
    before = PresenceCount.objects.get(id=id).number
    PresenceCount.objects.filter(id=id).update(number=F("number") + 4)
    checked = check(months_to_check())
    assert checked.differences == 1
    (example,) = checked.examples
    assert (example.key.id, example.tallied, example.counted) == (id, before + 4, before)
    recount(months_to_check())
    assert PresenceCount.objects.get(id=id).number == before
    assert check(months_to_check()).differences == 0


def test_what_is_missing_and_what_is_of_nothing_is_found() -> None:
    PresenceCount.objects.filter(what=Counted.NOW, nationality="GIN", limit="day").delete()
    PresenceCount.objects.filter(what=Counted.UNTIL).update(day=date(1998, 5, 6))
    found = {(one.tallied, one.counted) for one in presence_differences()}
    assert found == {(0, 1), (1, 0)}
    recount(months_to_check())
    assert presence_differences() == []
