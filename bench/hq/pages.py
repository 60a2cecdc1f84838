"""The pages of a headquarters, as an analyst's browser asks for them, and how long each takes.

The requests go through Django's own handler with all middleware, into the real database; what is
left out is the network and the browser.
"""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import msgspec
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

from bench.report import Figure, at_most
from openmidas.api.scopes import Scope
from openmidas.api.services import Admission, admit_system
from openmidas.flows.dimensions import Dimension
from openmidas.flows.questions import TIME
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from openmidas.posts.services import enrol_officer

MEDIAN_MS, P95_MS = 300, 1000
LEAST = 20
"""Answers that a figure is of, at the least."""


class Asked(msgspec.Struct, frozen=True):
    """An address, and the figure that it counts for."""

    figure: str
    url: str


class Times(msgspec.Struct, frozen=True):
    """How long the answers under one figure took, in milliseconds, and the slowest address."""

    figure: str
    values: list[float]
    slowest: str

    def figures(self) -> list[Figure]:
        """Median and p95."""
        p95 = statistics.quantiles(self.values, n=20, method="inclusive")[-1]
        return [
            at_most(f"{self.figure}, median", statistics.median(self.values), "ms", MEDIAN_MS),
            at_most(f"{self.figure}, p95", p95, "ms", P95_MS),
        ]


def analyst() -> Client:
    """A browser in which an analyst is signed in."""
    officer = Officer.objects.filter(username="djibril").first() or enrol_officer(
        Actor(), username="djibril", name="Djibril Camara", roles=[Role.HQ_ANALYST],
        post=this_node().id,
    )  # fmt: skip
    client = Client(headers={"Accept-Language": "fr"})
    client.force_login(officer, "openmidas.posts.signing_in.OfficerBackend")
    return client


def system() -> Client:
    """A program of another system, with a token for everything."""
    admission = Admission(
        name="Benchmark", responsible="Nobody", purpose="Measuring the headquarters",
        scopes=frozenset(Scope), expires=node_time() + timedelta(days=1),
    )  # fmt: skip
    token = admit_system(Actor(), admission).text
    return Client(headers={"Authorization": f"Bearer {token}"})


def pages(today: date, post: str) -> Iterator[Asked]:
    """Each page of the HQ, as it opens and as it is used."""
    yield Asked("situation", reverse("situation"))
    crossings: tuple[Mapping[str, object], ...] = (
        {}, {"page": 40}, {"day": today - timedelta(days=200)}, {"status": "refused"},
        {"nationality": "SEN"}, {"nationality": "LBN"}, {"nationality": "USA"}, {"post": post},
        {"post": post, "direction": "exit", "nationality": "FRA"},
    )  # fmt: skip
    yield from _each("crossings", "hq-crossings", crossings)
    yield Asked("posts", reverse("hq-nodes"))
    yield Asked("stays", reverse("stays"))
    yield from _each("overstays", "stays-over", ({}, {"post": post}, {"nationality": "SEN"}))
    yield Asked("exits to compare", reverse("stays-matches"))


def api(today: date, post: str) -> Iterator[Asked]:
    """The same data, as another system asks for them."""
    month_ago = f"{today - timedelta(days=30)}T00:00:00Z"
    crossings: tuple[Mapping[str, object], ...] = (
        {"limit": 100}, {"day": today - timedelta(days=200)}, {"from": month_ago, "order": "oldest"},
        {"nationality": "USA"}, {"post": post, "persons": "true", "limit": 500},
    )  # fmt: skip
    yield from _each("API, crossings", "api-crossings", crossings)
    year_ago = today - timedelta(days=364)
    flows = [
        {"start": year_ago, "end": today, "rows": rows, "columns": columns}
        for rows, columns in combinations(("post", "nationality", "age", "purpose"), 2)
    ]
    yield from _each("API, flows", "api-flows", flows)
    yield Asked("API, health", reverse("api-health"))


def flow_tables(today: date, post: str) -> Iterator[Asked]:
    """Every dimension and pair, over a year, a month, and a time that no month fits."""
    last_of_month = today.replace(day=1) - timedelta(days=1)
    periods = {
        "a year": (today - timedelta(days=364), today),
        "a month": (last_of_month.replace(day=1), last_of_month),
        "112 odd days": (today - timedelta(days=250), today - timedelta(days=139)),
    }
    for period, (start, end) in periods.items():
        for rows, columns in _pairs():
            for posts in ([], [post]):
                asked: dict[str, Any] = {
                    "start": start, "end": end, "rows": rows, "columns": columns, "posts": posts,
                    "direction": "", "decision": "",
                }  # fmt: skip
                url = f"{reverse('flows')}?{urlencode(asked, doseq=True)}"
                yield Asked(f"flows of {period}", url)


def measure(
    client: Client, asked: list[Asked], times: int, advance: Callable[[int], None]
) -> list[Times]:
    """How long every address takes, each asked so many times.

    Of a figure with few addresses each is asked more often: four answers have no p95. The first
    answer of each page, for which templates are read, counts as any other.
    """
    took: dict[str, list[tuple[float, str]]] = {}
    addresses = Counter(one.figure for one in asked)
    rounds = {figure: max(times, -(-LEAST // number)) for figure, number in addresses.items()}
    for turn in range(max(rounds.values())):
        for one in asked:
            if turn < rounds[one.figure]:
                took.setdefault(one.figure, []).append((_ask(client, one.url), one.url))
            advance(turn < times)
    return [
        Times(figure, [value for value, _ in values], max(values)[1])
        for figure, values in took.items()
    ]


def _pairs() -> Iterator[tuple[str, str]]:
    """What the page takes: one dimension, and any two but times with each other.

    The first are the rows: hundreds of days or posts fit below each other, and not side by side.
    """
    for rows in Dimension:
        yield rows.value, ""
    for first, second in combinations(Dimension, 2):
        if second not in TIME:
            yield first.value, second.value


def _each(figure: str, name: str, questions: Iterable[Mapping[str, Any]]) -> Iterator[Asked]:
    for asked in questions:
        yield Asked(figure, f"{reverse(name)}?{urlencode(asked)}")


def _ask(client: Client, url: str) -> float:
    started = time.perf_counter()
    response = client.get(url)
    milliseconds = (time.perf_counter() - started) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"{url}: {response.status_code} {response.content[:500]!r}")
    return milliseconds
