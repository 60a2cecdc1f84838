"""axe-core finds nothing on the pages of later hits and of figures: empty, full, opened, in error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext

from openmidas.cases.entries import Answer
from openmidas.cases.looking_back.jobs import look_back
from openmidas.cases.looking_back.models import LaterHit
from openmidas.lists.national.entries import BirthOf
from tests.cases.figures.test_page import answered, referred
from tests.cases.looking_back.conftest import crossed, published
from tests.cases.looking_back.made import named
from tests.conftest import HQ
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, at_node, client_of
from tests.support.national import Desk

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser

Look = Callable[[str, str], None]


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def at_hq(site: str, cast: Cast) -> Iterator[Cast]:
    with at_node(HQ):
        yield cast


@pytest.fixture
def desk(at_hq: Cast) -> Desk:
    return Desk(at_hq)


def test_later_hits_and_figures(
    at_hq: Cast, desk: Desk, site: str, context: BrowserContext, language: str
) -> None:
    sign_in(context, site, client_of(at_hq.fanta), language)
    page = context.new_page()

    def look(address: str, where: str) -> None:
        answer = page.goto(site + address)
        assert answer is not None
        assert answer.status == 200, where
        nothing_found(page, where)

    look(reverse("looking-back"), "nothing looked back from yet")
    look(reverse("hit-figures"), "no hit yet")
    named(crossed())
    listing = desk.listed(births=(BirthOf(date(1974, 1, 1), date(1974, 12, 31), "1974"),))
    published(desk)
    look_back()
    for _ in range(3):
        answered(referred(listing.number), listing.number, Answer.NOT_SAME)
    look(reverse("looking-back"), "a later hit")
    look(reverse("hit-figures"), "figures, and a listing to repair")
    look(reverse("later-hit", args=[LaterHit.objects.get().id]), "a later hit before its look-up")
    with page.expect_navigation():
        page.click("main form button")
    nothing_found(page, "a later hit in full")
    page.check("input[value='not_same.other']")
    with page.expect_navigation():
        page.click("main details form button")
    nothing_found(page, "an answer without its reason")
