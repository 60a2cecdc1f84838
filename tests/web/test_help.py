"""F1: the documentation inside the program, in the officer's language, without a link."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext

from openmidas.web.help import HELPS, SITE, START, find_file, policy
from tests.support.browser import sign_in
from tests.support.cast import Cast, client_of

pytest_plugins = ("tests.support.chromium",)


@pytest.mark.parametrize(
    "page", sorted({page for both in [*HELPS.values(), START] for page in both})
)
def test_what_a_page_points_to_is_on_the_site(page: str) -> None:
    assert find_file(page), f"{page}: is it in docs/, and was `run.py docs` run?"


@pytest.mark.parametrize("name", sorted(HELPS))
def test_the_pages_that_are_helped_exist(name: str) -> None:
    from django.urls import get_resolver

    assert name in get_resolver().reverse_dict


def test_no_address_leads_out_of_the_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "page").mkdir(parents=True)
    (site / "page" / "index.html").write_text("here")
    (tmp_path / "secret").write_text("no")
    (site / "link").symlink_to(tmp_path / "secret")
    assert find_file("page/", site) == site / "page" / "index.html"
    for path in ("../secret", "page/../../secret", "link", "none", "/etc/passwd", ""):
        assert find_file(path, site) is None


def test_only_the_site_s_own_inline_scripts_may_run(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<script>a()</script><script src="x.js"></script>')
    allowed = policy(tmp_path)["script-src"]
    assert allowed == ["'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='"]


@pytest.mark.browser
@pytest.mark.parametrize(("language", "title"), [("fr", "Au guichet"), ("en", "At the counter")])
def test_f1_at_the_counter_opens_its_page(
    cast: Cast, context: BrowserContext, site: str, language: str, title: str
) -> None:
    sign_in(context, site, client_of(cast.aminata), language)
    page = context.new_page()
    page.goto(site + reverse("counter"))
    page.wait_for_selector("html[data-ready]")
    with context.expect_page() as opened:
        page.keyboard.press("F1")
    assert title in opened.value.inner_text("h1")


def test_every_link_of_the_site_leads_somewhere() -> None:
    broken = []
    for page in SITE.rglob("*.html"):
        if page.name == "404.html":
            continue
        for link in re.findall(
            r'<a[^>]+href="([^"#:]+)(?:#[^"]*)?"', page.read_text(encoding="utf-8")
        ):
            if not find_file(str((page.parent / link).resolve().relative_to(SITE.resolve()))):
                broken.append(f"{page.relative_to(SITE)}: {link}")
    assert not broken
