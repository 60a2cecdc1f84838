"""The tallies are held against the crossings; what was tampered with is found and made anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmidas.crossings.models import Crossing
from openmidas.flows import checking, jobs
from openmidas.flows.checking import check, last_check, months_to_check, recount
from openmidas.flows.local import TallyCheck
from openmidas.flows.models import CountryTally, Tally
from openmidas.flows.recounting import KINDS, Kind, recount_month
from tests.flows.made import LABBEZANGA, crossing, happened, some_crossings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_journal")]

DAYS = st.integers(0, 70).map(lambda n: date(2026, 1, 20) + timedelta(days=n))


def numbers() -> dict[object, int]:
    of_posts, of_country = (
        dict(model.objects.exclude(number=0).values_list("id", "number"))
        for model in (Tally, CountryTally)
    )
    assert bool(of_posts) == bool(of_country)
    return {**of_posts, **of_country}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(crossings=some_crossings(DAYS))
def test_the_database_counts_as_the_arriving_crossings_were(
    own_journal: None, crossings: list[Crossing]
) -> None:
    with transaction.atomic():
        happened(crossings)
        months = months_to_check()
        assert check(months).differences == 0
        before = numbers()
        Tally.objects.all().delete()
        CountryTally.objects.all().delete()
        for month in months:
            recount_month(month)
        assert numbers() == before
        transaction.set_rollback(True)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.table}-{kind.span}-{kind.facet}")
def test_any_tally_that_was_tampered_with_is_found(kind: Kind) -> None:
    happened([crossing(date(2026, 2, 3)), crossing(date(2026, 3, 3), LABBEZANGA)])
    model = CountryTally if kind.country else Tally
    wrong = model.objects.filter(span=kind.span, facet=kind.facet, start__month=3)
    assert wrong.update(number=F("number") + 4) == 1
    checked = check(months_to_check())
    assert (checked.months, checked.crossings, checked.differences) == (2, 2, 1)
    (example,) = checked.examples
    assert (example.tallied, example.counted) == (5, 1)
    assert example.key.id == wrong.get().id
    kept = last_check()
    assert kept
    assert kept.examples[0]["key"]["facet"] == kind.facet


def test_what_is_missing_or_too_much_is_made_anew() -> None:
    happened(crossing(date(2026, month, 3)) for month in (2, 3, 4))
    before = numbers()
    Tally.objects.filter(start__month=2, facet="ns").delete()
    Crossing.objects.filter(day__month=4).delete()
    months = months_to_check()
    steps: list[int] = []
    assert recount(months, steps.append) == [date(2026, 2, 1), date(2026, 4, 1)]
    assert sum(steps) == checking.steps(3)
    assert check(months_to_check()).differences == 0
    assert numbers().keys() <= before.keys()
    assert not Tally.objects.filter(start__month=4).exists()
    assert recount(months_to_check()) == []


def test_a_tally_of_a_month_without_crossings_is_found() -> None:
    happened([crossing(date(2026, 2, 3))])
    Tally.objects.filter(span="d", facet="s").update(start=date(1998, 5, 6))
    checked = check(months_to_check())
    assert checked.months == 2
    assert {(d.tallied, d.counted) for d in checked.examples} == {(1, 0), (0, 1)}


def test_the_nightly_check_is_not_repeated_but_after_a_difference() -> None:
    happened([crossing(date(2026, 2, 3))])
    jobs.prove_tallies()
    first = TallyCheck.objects.get()
    assert (first.months, first.crossings, first.differences) == (1, 1, 0)
    Tally.objects.update(number=7)
    CountryTally.objects.update(number=7)
    jobs.prove_tallies()
    assert TallyCheck.objects.get().at == first.at
    TallyCheck.objects.update(at=first.at - checking.FRESH)
    jobs.prove_tallies()
    assert TallyCheck.objects.get().differences == len(KINDS)
    recount(months_to_check())
    jobs.prove_tallies()
    assert TallyCheck.objects.get().differences == 0
