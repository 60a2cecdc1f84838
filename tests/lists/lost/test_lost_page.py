"""The page of the lists tells how the lost documents stand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from openmidas.lists.doctor import lists as check_lists
from openmidas.lists.lost.taking import take_file
from openmidas.nodes.doctor import Finding
from openmidas.nodes.services import node_day
from tests.conftest import HQ, POST
from tests.support.cast import Cast, at_node, client_of
from tests.support.lost import LIST, MakeCsv, publish_text

pytest_plugins = ("tests.support.lost_fixtures",)
pytestmark = pytest.mark.usefixtures("pages", "no_files")


def page(cast: Cast) -> str:
    """The lists as the head of post sees them, in English."""
    client = client_of(cast.coumba)
    return client.get("/lists/", headers={"Accept-Language": "en"}).content.decode()


def found() -> dict[str, Finding]:
    return {finding.code: finding for finding in check_lists()}


def test_without_any_the_page_says_nothing_of_them(cast: Cast) -> None:
    assert 'id="lost"' not in page(cast)


def test_what_was_published_and_not_carried_here_is_told(cast: Cast, csv_of: MakeCsv) -> None:
    with at_node(HQ):
        published = publish_text(csv_of(LIST), dated=node_day() - timedelta(days=3))
    with at_node(POST):
        assert "no document is checked against it" in page(cast)
        assert "lists.lost_missing" in found()
        take_file(published.path)
        told = page(cast)
        assert "no document is checked against it" not in told
        assert "Stale: 3 days old, and its limit is 2 days." in told
        assert "lists.lost_missing" not in found()
        assert found()["lists.stale"].params["days"] == 3
