"""The bar that says how far the sample country is loaded, on the pages of a demonstration only."""

from __future__ import annotations

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from openmidas.nodes.identity import this_node
from openmidas.web import context
from openmidas.web.demo.country import MALI
from openmidas.web.demo.layout import PASSWORD
from openmidas.web.demo.progress import Progress
from tests.support.cast import Cast, client_of

pytestmark = pytest.mark.usefixtures("pages")
HALF = Progress(12_300, 20_000)


@pytest.fixture
def demo(monkeypatch: pytest.MonkeyPatch) -> None:
    """This node is Mali's Kourémalé."""
    here = msgspec.structs.replace(this_node().config, demo=True)
    node = type("Node", (), {"id": MALI.posts[0].id, "config": here})
    monkeypatch.setattr(context, "this_node", lambda: node)
    monkeypatch.setattr(context, "progress", lambda: HALF)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("language", "says"), [("fr", "12\xa0300"), ("en", "12,300")])
def test_the_sign_in_page_says_how_far_it_is_and_whom_to_sign_in_as(
    cast: Cast, language: str, says: str
) -> None:
    page = Client(headers={"Accept-Language": language}).get(reverse("sign-in")).content.decode()
    assert says in page.replace("\u202f", "\xa0").replace("&nbsp;", "\xa0")
    assert '<progress id="loaded" max="20000" value="12300">' in page
    assert PASSWORD in page
    for one in MALI.posts[0].officers:
        assert one.username in page


@pytest.mark.usefixtures("demo")
def test_the_counter_has_it_once_and_beside_the_specimens(cast: Cast) -> None:
    page = client_of(cast.aminata, lane="1").get(reverse("counter")).content.decode()
    assert page.count('id="loaded"') == 1
    assert page.index('id="lane"') < page.index('id="loaded"') < page.index("data-specimen")


@pytest.mark.usefixtures("demo")
def test_the_bar_goes_when_all_is_there(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    address = reverse("demo-loading")
    assert "progress" in Client().get(address).content.decode()
    monkeypatch.setattr(context, "progress", lambda: None)
    assert Client().get(address).content.strip() == b""


def test_a_node_in_service_has_none(cast: Cast) -> None:
    assert Client().get(reverse("demo-loading")).content.strip() == b""
    assert "<progress" not in Client().get(reverse("sign-in")).content.decode()
