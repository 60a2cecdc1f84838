"""axe-core finds nothing on the pages about other systems, nor on the one for programmers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from openmidas.api.models import System
from openmidas.nodes.services import node_day
from tests.api.conftest import PURPOSE, Admit, Asker
from tests.crossings.test_hq_pages import admit, inspection
from tests.support.cast import Cast
from tests.web.test_hq_accessible import Desk, desk  # noqa: F401  a fixture

pytest_plugins = ("tests.support.chromium",)
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["fr", "en"])]


@pytest.fixture
def at_hq(site: str, at_hq: Cast) -> Cast:
    return at_hq


def test_systems(at_hq: Cast, desk: Desk, admit_one: Admit) -> None:  # noqa: F811
    desk.sit_down(at_hq.idrissa)
    desk.look(reverse("systems"), "no systems")
    desk.look(reverse("system-admit"), "admitting")
    desk.press("main form button", "admitting nothing")
    for field in ("name", "responsible"):
        desk.page.fill(f"[name={field}]", "Visa system")
    desk.page.fill("[name=purpose]", PURPOSE)
    desk.page.locator("[name=scopes]").first.check()
    desk.page.fill("[name=last_day]", (node_day() + timedelta(days=9)).isoformat())
    desk.press("main form button", "the token")
    id = System.objects.get().id
    desk.look(reverse("system", args=[id]), "a system that has not asked")
    admit(at_hq, inspection())
    named = admit_one(name="Civil register")
    Asker(named.text).ask("crossings", persons="true")
    desk.look(reverse("systems"), "systems")
    desk.look(reverse("system", args=[named.system]), "a system that has asked")
    desk.press("main form button", "revoking without a reason")


def test_the_page_for_programmers(at_hq: Cast, desk: Desk) -> None:  # noqa: F811
    desk.look(reverse("api-docs"), "for programmers")
