"""axe-core finds nothing on the pages of stays: empty, full, in error."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from openmidas.flows.stays.pairs import Pair
from openmidas.flows.stays.proposing import propose
from tests.flows.stays.test_pages import TODAY, WRITTEN, entered, peer
from tests.flows.stays.test_presence import told
from tests.support.cast import Cast
from tests.support.stays import crossed
from tests.web.test_hq_accessible import Desk, at_hq, desk  # noqa: F401  fixtures

pytest_plugins = ("tests.support.chromium",)
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["fr", "en"])]


def test_stays(at_hq: Cast, desk: Desk) -> None:  # noqa: F811  the fixtures
    desk.sit_down(at_hq.djibril)
    for name in ("stays", "stays-over", "stays-matches"):
        desk.look(reverse(name), f"{name}, nothing yet")
    peer(last_contact=None, waiting=3)
    entry = entered("D0000001", 100, until=TODAY - timedelta(days=10))
    left = crossed("E0000001", "exit", at=WRITTEN)
    told(entry, left, entered("D0000002", 5, nationality="", rule=""))
    propose()
    for name in ("stays", "stays-over", "stays-matches"):
        desk.look(reverse(name), name)
    desk.look(reverse("stays-over") + "?days=soon", "a choice that is none", 422)
    match = reverse("stays-match", args=[Pair(entry.inspection.id, left.inspection.id).id])
    desk.look(match, "a match before its look-up")
    desk.press("main form button", "a look-up without a purpose")
    desk.page.select_option("[name=purpose]", "case")
    desk.press("main form button", "a match in full")
    desk.press("main form button[value=matched]", "a decision without a reason")
    desk.page.fill("[name=reason]", "photo")
    desk.press("main form button[value=matched]", "decided")
