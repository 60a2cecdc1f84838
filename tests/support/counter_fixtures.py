"""A post at work and its counter, as a pytest plugin (beside `tests.support.chromium`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext

from openmidas.lists.in_use import LISTS
from tests.crossings.conftest import publish, publish_list, rules_of
from tests.support.browser import sign_in
from tests.support.cast import Cast, client_of
from tests.support.counter import CounterPage


@pytest.fixture
def post_at_work(site: str, cast: Cast, tmp_path: Path) -> Cast:
    """Fresh lists and rules; the officers of the cast."""
    LISTS.forget()
    publish(rules_of(timezone.localdate()))
    publish_list(tmp_path)
    return cast


@pytest.fixture
def counter(post_at_work: Cast, context: BrowserContext, site: str) -> CounterPage:
    """Aminata's page at lane 1, in English."""
    sign_in(context, site, client_of(post_at_work.aminata))
    return CounterPage(context, site)
