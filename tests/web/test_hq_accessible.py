"""axe-core finds nothing on the HQ's pages: empty, full, in error; nor on the error pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from openmidas.crossings.models import PublishedRules
from openmidas.crossings.rules import sample_rules
from openmidas.exchange.log_giving import write_log
from openmidas.flows.checking import check, months_to_check
from openmidas.flows.models import CountryTally
from openmidas.journal import Actor, NodeKind
from openmidas.journal.models import Journal
from openmidas.journal.witnessed import Version, contradict
from openmidas.lists.services import import_un
from openmidas.nodes.identity import ThisNode
from openmidas.nodes.local import Peer
from openmidas.nodes.services import enrol
from openmidas.posts.lookups import Purpose, made
from openmidas.posts.models import Officer
from openmidas.posts.replacements import propose
from openmidas.posts.roles import Role
from tests.conftest import HQ, POST, POST_HOME
from tests.crossings.test_hq_pages import HIT, admit, inspection, refuse
from tests.exchange.peers import befriend
from tests.flows.made import crossing, happened
from tests.lists.conftest import SMALL
from tests.posts.test_quarantine_pages import forbidden
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, acting, at_node, client_of, officer_with

pytest_plugins = ("tests.support.chromium",)
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["fr", "en"])]


@pytest.fixture
def at_hq(site: str, cast: Cast) -> Iterator[Cast]:
    with at_node(HQ):
        yield cast


class Desk:
    """A browser at headquarters."""

    def __init__(self, context: BrowserContext, site: str, language: str) -> None:
        self.context, self.site, self.language = context, site, language
        self.page: Page = context.new_page()

    def sit_down(self, officer: Officer) -> None:
        """This officer is signed in from now on."""
        sign_in(self.context, self.site, client_of(officer), self.language)

    def look(self, address: str, where: str, status: int = 200) -> None:
        """Open a page, which answers so; axe finds nothing on it."""
        answer = self.page.goto(self.site + address)
        assert answer is not None
        assert answer.status == status, where
        nothing_found(self.page, where)

    def press(self, button: str, where: str) -> None:
        """Press a button; axe finds nothing on what comes."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()
        nothing_found(self.page, where)


@pytest.fixture
def desk(at_hq: Cast, context: BrowserContext, site: str, language: str) -> Desk:
    return Desk(context, site, language)


def test_crossings_and_posts(at_hq: Cast, desk: Desk) -> None:
    desk.sit_down(at_hq.djibril)
    desk.look(reverse("hq-crossings"), "no crossings yet")
    desk.look(reverse("hq-nodes"), "no posts yet")
    admit(at_hq, inspection())
    refused = refuse(at_hq, inspection("BADEGE", "COD", findings=(HIT,)))
    Peer.objects.create(
        id=POST, kind=NodeKind.POST, name="Kourémalé", epoch=1, public_key=b"", certificate="",
        fingerprint="a", last_contact=timezone.now(), clock_ahead=900_000,
        last_problem="link.timeout", last_problem_at=timezone.now(),
    )  # fmt: skip
    Journal.objects.filter(node=POST).update(stopped="journal.fork")
    desk.look(reverse("hq-crossings"), "crossings")
    desk.look(reverse("hq-crossings") + "?day=nonsense", "a choice that is none", 422)
    desk.look(reverse("hq-nodes"), "a stopped post")
    desk.look(reverse("hq-crossing", args=[refused]), "a crossing before its look-up")
    desk.press("main form button", "a look-up without a purpose")
    desk.page.select_option("[name=purpose]", "crossing_check")
    desk.press("main form button", "a crossing in full")


def test_what_is_set_aside(at_hq: Cast, desk: Desk) -> None:
    desk.sit_down(at_hq.idrissa)
    desk.look(reverse("quarantine"), "nothing set aside")
    pen, _ = befriend(NodeKind.POST)
    (item,) = forbidden(pen)
    desk.look(reverse("quarantine"), "something set aside")
    desk.look(reverse("quarantine") + f"?post={pen.node}&reason=none", "a choice of nothing")
    desk.look(reverse("quarantine-entry", args=[item.entry]), "one before its look-up")
    desk.press("form[novalidate] button", "a look-up without a purpose")
    desk.page.select_option("[name=purpose]", "oversight")
    desk.press("form[novalidate] button", "one that was opened")
    desk.page.click("main summary")
    nothing_found(desk.page, "what it says")
    desk.look(reverse("quarantine-entry", args=[item.entry]), "one to be tried again")
    desk.press("main form button", "one that could not be used")


def test_sticks(at_hq: Cast, desk: Desk) -> None:
    desk.sit_down(at_hq.idrissa)
    desk.look(reverse("sticks"), "sticks")
    desk.press("main form[enctype] button", "a stick without a file")


def test_journals_and_witnesses(at_hq: Cast, desk: Desk) -> None:
    write_log()
    version = Version(1, 5, bytes(range(32)), 1_760_000_000_000)
    contradict("log.rewritten", HQ, POST, version, version, 1_760_000_000_000)
    desk.sit_down(at_hq.idrissa)
    desk.look(reverse("witness"), "journals and witnesses")


def test_a_post_and_its_rules(at_hq: Cast, desk: Desk) -> None:
    desk.sit_down(at_hq.idrissa)
    desk.look(reverse("hq-post", args=[POST]), "a post without rules")
    desk.look(reverse("hq-rules"), "no rules")
    desk.look(reverse("hq-rules-new"), "publishing rules")
    desk.press("main form button", "publishing nothing")
    sample = {"name": "rules.toml", "mimeType": "text/plain", "buffer": sample_rules().encode()}
    desk.page.set_input_files("[name=file]", sample)
    desk.press("main form button", "rules to be published")
    desk.press("main form [name=publish]", "rules")
    desk.look(reverse("hq-rule-set", args=[PublishedRules.objects.get().id]), "a rule set")
    desk.look(reverse("hq-post", args=[POST]), "a post")
    desk.page.fill("[name=latitude]", "north")
    desk.page.uncheck("[name=always]")
    desk.press("main form button", "a layout with mistakes")
    desk.look(reverse("hq-post-new"), "a new post")
    desk.press("main form button", "a new post without a name")
    desk.page.fill("[name=name]", "Labbezanga")
    desk.press("main form button", "a code to join by")
    desk.look(reverse("hq-nodes"), "a post that is expected")
    desk.sit_down(at_hq.djibril)
    desk.look(reverse("hq-post", args=[POST]), "a post to read")


def test_another_machine_for_a_post(at_hq: Cast, desk: Desk) -> None:
    enrol(ThisNode(POST_HOME).card(), actor=acting(at_hq.idrissa))
    propose(acting(at_hq.idrissa), POST, "Burned in the attack")
    desk.sit_down(at_hq.idrissa)
    desk.look(reverse("hq-post", args=[POST]), "a replacement of one's own")
    desk.sit_down(officer_with(Role.ADMINISTRATOR, HQ))
    desk.look(reverse("hq-post", args=[POST]), "a replacement to approve")
    desk.press("form[action*=approve] button", "a code for the new machine")
    desk.look(reverse("hq-post", args=[POST]), "a replacement that is approved")


def test_flows(at_hq: Cast, desk: Desk) -> None:
    desk.sit_down(at_hq.djibril)
    flows = reverse("flows")
    desk.look(flows, "no flows yet")
    today = timezone.localdate()
    happened(
        crossing(
            today - timedelta(days=n % 9), nationality=("MLI", "GIN", "")[n % 3], sex="FM"[n % 2]
        )
        for n in range(60)
    )
    desk.look(flows, "flows by day")
    desk.look(f"{flows}?rows=nationality&columns=sex", "flows by nationality and sex")
    desk.look(f"{flows}?rows=purpose&columns=&period=year", "flows by purpose")
    desk.look(f"{flows}?rows=day&columns=week", "a question that makes no sense", 422)
    check(months_to_check())
    CountryTally.objects.update(number=7)
    check(months_to_check())
    desk.look(flows, "counts that differ")


def test_lists(at_hq: Cast, desk: Desk, tmp_path: Path) -> None:
    desk.sit_down(at_hq.fanta)
    desk.look(reverse("lists"), "no lists")
    import_un(SMALL, actor=Actor(), limit_days=3650)
    desk.look(reverse("lists"), "a fresh list")
    import_un(SMALL, actor=Actor(), limit_days=1)
    desk.look(reverse("lists"), "a stale list")
    desk.look(reverse("list", args=["un"]), "one list")
    desk.press("#search ~ form button", "a search without a purpose")
    desk.page.select_option("[name=purpose]", "case")
    desk.page.fill("[name=text]", "sagnon")
    desk.press("#search ~ form button", "a search that finds")
    desk.look(reverse("list-import"), "importing")
    desk.press("main form button", "importing nothing")
    broken = tmp_path / "list.xml"
    broken.write_text("<CONSOLIDATED_LIST")
    desk.page.set_input_files("[name=file]", broken)
    desk.press("main form button", "importing what is broken")


def test_officers_and_look_ups(at_hq: Cast, desk: Desk) -> None:
    desk.sit_down(at_hq.idrissa)
    desk.look(reverse("officers"), "officers")
    desk.look(reverse("officer-enrol"), "enrolling")
    desk.press("main form button", "enrolling nobody")
    desk.look(reverse("officer", args=[at_hq.aminata.id]), "an officer of a post")
    desk.sit_down(at_hq.kadiatou)
    desk.look(reverse("lookups"), "no look-ups")
    made(acting(at_hq.djibril), Purpose.CASE, "", "Diallo", 3)
    desk.look(reverse("lookups"), "look-ups")


def test_what_goes_wrong(at_hq: Cast, desk: Desk, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.web.test_errors"
    desk.sit_down(at_hq.idrissa)
    desk.look("/no/such/page/", "404", 404)
    desk.look(reverse("list-import"), "403", 403)
    desk.look("/broken/", "500", 500)
