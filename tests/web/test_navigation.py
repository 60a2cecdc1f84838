"""The links at the top: one row, the rest behind a word, nothing that may not be opened."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import translation
from playwright.sync_api import BrowserContext, expect

from openmidas.posts.models import Officer
from openmidas.web.navigation import NARROW, ROOM, Link, Navigation, navigation_for
from tests.conftest import HQ
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, at_node, client_of

pytest_plugins = ("tests.support.chromium",)


def request_of(officer: Officer, name: str) -> HttpRequest:
    request = RequestFactory().get(reverse(name))
    request.user = officer
    return request


def row(navigation: Navigation) -> list[Link]:
    """What stands in the row of a wide screen."""
    return navigation.shown + navigation.roomy


def labels(navigation: Navigation) -> list[str]:
    return [link.label for link in row(navigation) + navigation.folded]


def test_few_pages_stand_in_the_row(cast: Cast) -> None:
    with translation.override("fr"):
        pages = navigation_for(request_of(cast.aminata, "incidents"))
    assert pages.shown
    assert not pages.folded


def test_nobody_gets_links_and_a_shut_post_has_no_pages_to_ask_for(settings: Any) -> None:
    settings.ROOT_URLCONF = "openmidas.web.gate.urls"
    pages = navigation_for(RequestFactory().get("/"))
    assert not row(pages) + pages.folded


def test_at_the_lane_there_is_less_room(cast: Cast) -> None:
    with translation.override("fr"):
        pages = navigation_for(request_of(cast.aminata, "counter"))
    assert 1 < len(row(pages)) < 5
    assert pages.shown[0].here
    assert pages.folded


def test_what_has_no_place_is_folded_and_nothing_is_lost(cast: Cast) -> None:
    with at_node(HQ), translation.override("fr"):
        pages = navigation_for(request_of(cast.djibril, "find"))
    assert sum(len(link.label) for link in row(pages)) < ROOM
    assert len(set(labels(pages))) == len(labels(pages)) > len(row(pages)) > 5
    assert pages.here is not None
    assert pages.here.url == reverse("find")


def test_on_a_narrow_screen_fewer_stand_in_the_row(cast: Cast) -> None:
    with at_node(HQ), translation.override("fr"):
        pages = navigation_for(request_of(cast.djibril, "situation"))
        later = navigation_for(request_of(cast.djibril, resolve(pages.roomy[-1].url).url_name))
    assert sum(len(link.label) for link in pages.shown) < NARROW
    assert pages.here_narrow is None
    assert later.here is None
    assert later.here_narrow is not None


def test_a_page_in_the_row_is_not_named_again(cast: Cast) -> None:
    with at_node(HQ):
        pages = navigation_for(request_of(cast.djibril, "situation"))
    assert pages.here is None
    assert [link.label for link in row(pages) if link.here]


@pytest.mark.browser
@pytest.mark.parametrize(("language", "more"), [("fr", "Plus"), ("en", "More")])
def test_the_others_unfold_by_keyboard(
    context: BrowserContext, site: str, cast: Cast, language: str, more: str
) -> None:
    page = context.new_page()
    with at_node(HQ):
        sign_in(context, site, client_of(cast.djibril), language)
        page.goto(site + reverse("situation"))
        page.set_viewport_size({"width": 1366, "height": 768})
        assert page.evaluate("document.querySelector('.bar').offsetHeight") < 60
        page.locator("summary", has_text=more).focus()
        page.keyboard.press("Enter")
        last = page.locator("nav details a").last
        expect(last).to_be_visible()
        nothing_found(page, "unfolded")
        last.click()
        expect(page.locator("nav summary[aria-current]")).to_be_visible()
