"""The page of the flows: what it shows, what it says when there is nothing or something wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openmidas.flows.checking import check, months_to_check
from openmidas.flows.forms import period_of
from openmidas.flows.models import Tally
from tests.conftest import HQ
from tests.flows.made import LABBEZANGA, crossing, happened
from tests.support.cast import Cast, at_node, client_of

pytestmark = pytest.mark.usefixtures("pages")


@pytest.fixture
def analyst(cast: Cast) -> Iterator[Client]:
    with at_node(HQ):
        client = client_of(cast.djibril)
        client.cookies["midas_language"] = "en"
        yield client


def page(client: Client, status: int = 200, name: str = "flows", **asked: object) -> str:
    response: HttpResponse = client.get(reverse(name), asked)
    assert response.status_code == status
    return response.content.decode()


def today() -> date:
    return timezone.localdate()


def test_nothing_yet_says_how_crossings_come(analyst: Client) -> None:
    said = page(analyst)
    assert "No crossing has arrived yet." in said
    assert reverse("hq-nodes") in said
    assert "have not been held against the crossings yet" in said


def test_nothing_in_this_choice_says_what_to_change(analyst: Client) -> None:
    happened([crossing(today() - timedelta(days=60))])
    assert "No crossing fits. Take a longer period" in page(analyst)


def test_the_table_has_its_sums_and_the_chart_its_numbers(analyst: Client) -> None:
    happened(
        [
            *(crossing(today()) for _ in range(3)),
            crossing(today(), nationality="GIN", sex="M"),
            crossing(today(), LABBEZANGA, nationality="", direction="exit"),
            crossing(today(), status="refused"),
        ]
    )
    said = page(analyst, rows="nationality", columns="sex")
    assert re.search(r'<th scope="row">Mali</th><td>3</td><td>0</td><td>3</td>', said)
    assert re.search(r'<th scope="row">not known</th><td>1</td><td>0</td><td>1</td>', said)
    assert re.search(r'<th scope="row">Total</th><td>4</td><td>1</td><td>5</td>', said)
    assert sum(map(int, re.findall(r'data-value="(\d+)"', said))) == 5
    assert "nothing to compare with" in said
    assert "Today is not over" in said
    assert "What these numbers cover" in said
    assert "Source: crossings recorded at the posts" in said


def test_more_or_fewer_than_before(analyst: Client) -> None:
    happened(crossing(today() - timedelta(days=ago)) for ago in (1, 2, 3, 8, 9))
    asked = {"start": today() - timedelta(days=7), "end": today() - timedelta(days=1)}
    assert "50\u202f% more than in the 7 days before (2 → 3)" in page(analyst, **asked)
    analyst.cookies["midas_language"] = "fr"
    assert "50\u202f% de plus que pendant les 7 jours précédents (2 → 3)" in page(analyst, **asked)


def test_a_day_that_is_not_over_is_compared_with_nothing(analyst: Client) -> None:
    happened(crossing(today() - timedelta(days=ago)) for ago in (0, 1, 2, 3, 4, 5))
    asked = {"start": today() - timedelta(days=2), "end": today() + timedelta(days=20)}
    assert "without today, as many as in the 2 days before (2)" in page(analyst, **asked)
    assert "not compared: no day of these is over" in page(analyst, period="today")


def test_a_table_that_is_too_large_to_write_out_is_refused(
    analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened([crossing(today()), crossing(today(), nationality="GIN", sex="M")])
    monkeypatch.setattr("openmidas.flows.answers.MOST_CELLS", 3)
    asked = {"period": "today", "rows": "nationality", "columns": "sex"}
    response = analyst.get(reverse("flows-table", kwargs={"form": "csv"}), asked)
    assert response.status_code == 422
    assert "more than 3 cells" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"start": "2026-03-02", "end": "2026-03-01"}, "ends before it begins"),
        ({"rows": "day", "columns": "week"}, "cannot divide each other"),
        ({"rows": "sex", "columns": "sex"}, "are the same"),
        ({"rows": "height"}, "height is not one of the available choices"),
        ({"start": "yesterday", "end": "2026-03-01"}, "Enter a valid date"),
        ({"posts": "01900000-0000-7000-8000-00000000dead"}, "not one of the available choices"),
        ({"posts": "x"}, "not one of the available choices"),
        ({"start": "2026-03-01"}, "This field is required"),
    ],
)
@pytest.mark.parametrize("name", ["flows", "flows-table", "flows-long"])
def test_what_cannot_be_asked_is_told(
    analyst: Client, name: str, asked: dict[str, str], told: str
) -> None:
    kwargs = {} if name == "flows" else {"form": "csv"}
    response = analyst.get(reverse(name, kwargs=kwargs), asked)
    assert response.status_code == 422
    assert told in response.content.decode()


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("today", "2026-03-10", "2026-03-10"),
        ("week", "2026-03-04", "2026-03-10"),
        ("month", "2026-03-01", "2026-03-10"),
        ("last_month", "2026-02-01", "2026-02-28"),
        ("year", "2026-01-01", "2026-03-10"),
    ],
)
def test_quick_choices(name: str, start: str, end: str) -> None:
    period = period_of(name, date(2026, 3, 10))
    assert [day.isoformat() for day in period] == [start, end]


def test_a_quick_choice_goes_before_the_days_in_the_form(analyst: Client) -> None:
    said = page(analyst, period="today", start="2020-01-01", end="2020-01-31", rows="post")
    assert said.count(f'value="{today()}"') == 2


def test_counts_that_differ_are_shouted(analyst: Client) -> None:
    happened([crossing(today())])
    check(months_to_check())
    assert "Every count of 1 month was held against the crossings" in page(analyst)
    Tally.objects.filter(facet="n").update(number=5)
    check(months_to_check())
    said = page(analyst)
    assert re.search(r'role="alert">.*2 counts differ from the crossings', said, re.DOTALL)


def test_a_year_by_day_and_nationality_is_no_heavy_page(analyst: Client) -> None:
    codes = ("MLI", "GIN", "NER", "SEN", "BFA", "CIV", "TGO", "BEN", "GHA", "NGA", "MRT", "LBR")
    last = date(2026, 10, 31)
    happened(
        crossing(last - timedelta(days=ago), nationality=code) for ago in range(366) for code in codes
    )  # fmt: skip
    asked = {"start": last - timedelta(days=365), "end": last, "columns": "nationality"}
    said = page(analyst, rows="day", **asked)
    assert len(said.encode()) < 150_000
    drawn = re.findall(r'data-values="([\d,]+)"', said)
    assert sum(int(value) for line in drawn for value in line.split(",")) == 366 * len(codes)
