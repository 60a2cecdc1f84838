"""The HQ's pages of seals, leases and what is set aside, in a browser: for everybody, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext

from openmidas.journal import NodeKind
from openmidas.nodes.local import HeldShare, PostLease
from openmidas.nodes.models import CollectedEntry, LeaseChange, OpenedEntry, Unsealing
from openmidas.posts.layouts import PostLayout
from openmidas.posts.services import configure_post
from tests.conftest import HQ
from tests.exchange.peers import befriend
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, acting, at_node, client_of

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


@pytest.fixture
def at_hq(cast: Cast, pages: None) -> Iterator[Cast]:
    with at_node(HQ):
        yield cast


@pytest.mark.parametrize("language", ["fr", "en"])
def test_seals_leases_and_what_is_not_opened(
    context: BrowserContext, site: str, at_hq: Cast, language: str
) -> None:
    peer, now = befriend(NodeKind.POST, name="Labbézanga")[1], timezone.now()
    configure_post(acting(at_hq.idrissa), peer.id, PostLayout(name="Labbézanga", lanes=("1",)))
    befriend(NodeKind.POST, name="Kidal")
    PostLease.objects.create(post=peer.id, days=0, until=now - timedelta(days=1))
    HeldShare.objects.create(
        id=uuid4(), post=peer.id, share=b"s", proof=b"p", deposited_at=now, refused_at=now
    )
    Unsealing.objects.create(
        id=uuid4(), node=peer.id, at=now, officers=["Awa Traoré"], share="token", failed=3,
        first_failed=now, last_failed=now,
    )  # fmt: skip
    LeaseChange.objects.create(
        id=uuid4(), node=HQ, post=peer.id, days=0, reason="Taken", role="administrator", at=now
    )
    place = {"epoch": 1, "sequence": 1}
    collected = CollectedEntry.objects.create(
        id=uuid4(), node=peer.id, run=uuid4(), number=1, header=b"", at=now, **place
    )
    OpenedEntry.objects.create(
        id=collected.id, node=HQ, post=peer.id, problem="collected.other_key", **place
    )
    sign_in(context, site, client_of(at_hq.idrissa), language)
    page = context.new_page()
    for where in ("leases/", f"{peer.id}/", "quarantine/"):
        page.goto(f"{site}/hq/posts/{where}")
        nothing_found(page, where)
    page.goto(f"{site}/hq/posts/{peer.id}/")
    page.click("form[action$='/lease/'] button")
    page.wait_for_selector(".notice--stop[role=status]")
    nothing_found(page, "a lease without a reason")
