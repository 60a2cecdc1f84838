"""The counter served as in the field: it survives kill -9, and it is light."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Response

from tests.support.counter import CounterPage, neighbour
from tests.support.served import ServedPost

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser

MOST_BYTES = 60 * 1024
MOST_REQUESTS = 6


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ServedPost, str, str]]:
    post = ServedPost(tmp_path_factory.mktemp("post"))
    name, value = post.fill()
    post.start()
    yield post, name, value
    post.kill()


@pytest.fixture
def post(served: tuple[ServedPost, str, str], context: BrowserContext) -> ServedPost:
    post, name, value = served
    context.add_cookies([{"name": name, "value": value, "url": post.site}])
    return post


def test_after_a_kill_between_scan_and_decision_the_same_traveller_stands_there(
    post: ServedPost, context: BrowserContext
) -> None:
    counter = CounterPage(context, post.site)
    counter.scan(neighbour(), "look")  # this post has no list yet
    post.kill()
    counter.press("F4")
    counter.page.wait_for_selector("#unsaved:visible")
    post.start()
    counter.is_in("idle")  # saved by itself
    counter.scan(neighbour("SP0000010"), "look")
    ids = counter.page.locator("#lane").get_attribute("data-ids")
    post.kill()
    post.start()
    counter.open()
    counter.is_in("look")
    assert counter.page.locator("#lane").get_attribute("data-ids") == ids
    counter.shows("SP0000010")
    counter.press("F10")
    counter.is_in("idle")


def test_the_page_is_light_and_asks_no_foreign_host(
    post: ServedPost, context: BrowserContext
) -> None:
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    sizes = page.context.new_cdp_session(page)
    received: list[float] = []
    sizes.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    sizes.send("Network.enable")
    page.goto(f"{post.site}/counter/")
    page.wait_for_selector("html[data-ready]")
    page.wait_for_timeout(500)
    asked = [answer.url for answer in answers]
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(post.site).netloc}
    style = next(answer for answer in answers if ".css" in answer.url)
    assert 0 < style.request.sizes()["responseBodySize"] <= 10_000, "as it travels"
    # Without a head, Chromium does not ask for the icon of the tab: one more elsewhere.
    icons = 0 if any(url.endswith(".svg") for url in asked) else 1
    assert len(asked) + icons <= MOST_REQUESTS, asked
    assert all(answer.status == 200 for answer in answers)
    assert sum(received) <= MOST_BYTES
