"""axe-core finds nothing on the situation page: empty, busy, with a silent post; keys and sizes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext

from openmidas.journal import Actor
from openmidas.journal.local import Quarantined
from openmidas.journal.models import new_id
from openmidas.nodes.local import Peer
from openmidas.posts.models import Post
from openmidas.posts.services import PostLayout, configure_post
from tests.conftest import HQ, POST
from tests.crossings.test_hq_pages import HIT, admit, inspection, refuse
from tests.flows.situation.test_now import layout, peer, reported
from tests.support.cast import LANES, Cast, at_node
from tests.web.test_hq_accessible import Desk

pytest_plugins = ("tests.support.chromium",)
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["fr", "en"])]

LABBEZANGA = new_id()


@pytest.fixture
def at_hq(site: str, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    for room in ("tallies", "situation.notable"):
        monkeypatch.setattr(f"openmidas.flows.{room}.this_node", lambda: _Hq())
    with at_node(HQ):
        yield cast


class _Hq:
    is_hq = True


@pytest.fixture
def desk(at_hq: Cast, context: BrowserContext, site: str, language: str) -> Desk:
    return Desk(context, site, language)


def busy(cast: Cast) -> None:
    """Two posts at work, one of them with everything that can be wrong but silence."""
    layout(latitude=11.95, longitude=-8.78)
    peer(waiting=17)
    reported(mains=True, verified=3, verified_at=1_790_000_000_000, outage=7_200_000)
    place = PostLayout(name="Labbézanga", lanes=LANES, latitude=14.96, longitude=0.69)
    configure_post(Actor(), LABBEZANGA, place)
    peer(LABBEZANGA, "Labbézanga", clock_ahead=900_000, last_problem="link.timeout")
    Quarantined.objects.create(
        entry=new_id(), node=LABBEZANGA, epoch=1, sequence=1, kind="x", code="c", reason=""
    )
    for _one in range(3):
        admit(cast, inspection(findings=(HIT,)))
        refuse(cast, inspection())


def test_axe_finds_nothing(at_hq: Cast, desk: Desk) -> None:
    desk.sit_down(at_hq.djibril)
    url = reverse("situation")
    desk.look(url, "posts that are not enrolled yet")
    Post.objects.all().delete()
    desk.look(url, "no posts")
    busy(at_hq)
    desk.look(url, "a busy day")
    shoot(desk, "busy")
    Peer.objects.filter(id=LABBEZANGA).update(last_contact=timezone.now() - timedelta(days=2))
    desk.look(url, "a silent post")
    shoot(desk, "silent")


def test_it_refreshes_by_itself_and_keeps_the_focus(at_hq: Cast, desk: Desk) -> None:
    busy(at_hq)
    desk.sit_down(at_hq.kadiatou)
    page = desk.page
    page.goto(desk.site + reverse("situation"))
    page.focus(f"#today-{POST}")
    assert not page.locator("#silence").count()
    Peer.objects.filter(id=LABBEZANGA).update(last_contact=timezone.now() - timedelta(days=2))
    page.locator("#silence").wait_for(timeout=15_000)
    page.wait_for_function("document.title.startsWith('(1 ')")
    assert page.evaluate("document.activeElement.id") == f"today-{POST}"
    assert page.locator(".mark--silent text").text_content()
    assert page.locator("#map-posts").count() == 1


@pytest.mark.parametrize("screen", [(1366, 768), (1920, 1080)])
def test_nothing_hangs_over_the_edge(at_hq: Cast, desk: Desk, screen: tuple[int, int]) -> None:
    busy(at_hq)
    Peer.objects.filter(id=LABBEZANGA).update(last_contact=timezone.now() - timedelta(days=2))
    desk.sit_down(at_hq.idrissa)
    desk.page.set_viewport_size({"width": screen[0], "height": screen[1]})
    desk.page.goto(desk.site + reverse("situation"))
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= screen[0]
    notice = desk.page.locator("#silence").bounding_box()
    assert notice is not None
    assert notice["y"] < screen[1] / 4
    shoot(desk, f"wall-{screen[0]}")


def shoot(desk: Desk, name: str) -> None:
    """Keep a picture where ``OPENMIDAS_SCREENSHOTS`` names a folder."""
    if folder := os.environ.get("OPENMIDAS_SCREENSHOTS"):
        path = Path(folder) / f"situation-{name}-{desk.language}.png"
        desk.page.screenshot(path=path, full_page=True)
