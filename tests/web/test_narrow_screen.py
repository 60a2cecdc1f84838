"""On an old screen of 1024 by 768 no page scrolls sideways: wide tables do, in a box of their own."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

import openmidas
from openmidas.crossings import services
from openmidas.crossings.entries import ReferralReason
from openmidas.posts.lookups import Purpose, made
from openmidas.posts.models import Officer
from tests.conftest import HQ
from tests.crossings.conftest import AMINATA, listed, scan
from tests.crossings.test_hq_pages import HIT, admit, inspection, refuse
from tests.displacements.conftest import Camp
from tests.support.browser import sign_in
from tests.support.cast import Cast, acting, at_node, client_of

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")

NARROW = {"width": 1024, "height": 768}
ROW = 62
"""Pixels: the bar with one row of links."""
MOST_COLUMNS = 4
LONG = "Représentation du Haut-Commissariat des Nations Unies pour les réfugiés"


def test_tables_of_many_columns_stand_in_a_box_that_scrolls() -> None:
    loose = [
        f"{path.name}: {table[0][:60]}"
        for path in Path(openmidas.__file__).parent.rglob("templates/**/*.html")
        for table in re.finditer(r'(?<!>)<table class="table.*?</thead>', path.read_text(), re.S)
        if len(re.findall('scope="col"', table[0])) > MOST_COLUMNS
        and "compared" not in table[0][:40]
    ]
    assert not loose


def too_wide(page: Page, where: str) -> str:
    """What is wrong: a page wider than the screen, or a second row of links; "" for nothing."""
    wide, screen, bar = page.evaluate(
        "[document.documentElement.scrollWidth, innerWidth, document.querySelector('.bar').offsetHeight]"
    )
    if folder := os.environ.get("OPENMIDAS_PICTURES"):
        name = re.sub(r"\W+", "-", where).strip("-")
        page.screenshot(path=Path(folder) / f"narrow-{name}.png")
    return f"{where}: {wide} px, a bar of {bar}" if wide > screen or bar > ROW else ""


def walk(context: BrowserContext, site: str, officer: Officer, *also: str) -> None:
    """Every page that the officer finds in the navigation, and these."""
    sign_in(context, site, client_of(officer), "fr")
    page = context.new_page()
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a struct of the library
    page.goto(f"{site}/")
    links = page.locator("header nav a").evaluate_all("all => all.map(one => one.pathname)")
    assert links
    wrong = []
    for address in dict.fromkeys((*links, *also)):
        page.goto(site + address)
        wrong.append(too_wide(page, f"{officer.username}{address}"))
    assert not list(filter(None, wrong))


@pytest.mark.browser
def test_at_a_post(post_at_work: Cast, context: BrowserContext, site: str) -> None:
    camp = Camp(post_at_work)
    row = camp.opened(origin=LONG)
    camp.counted(row)
    camp.registered(row, 1, 2, 3)
    sent = scan(listed())
    services.refer(AMINATA, [sent.id], ReferralReason.DOCUMENT_DOUBT)
    shown = reverse("displacement", args=[row.id])
    walk(context, site, post_at_work.boubacar, shown, reverse("second-line-case", args=[sent.id]))
    walk(context, site, post_at_work.coumba, shown, reverse("shift-closing"))
    walk(context, site, post_at_work.aminata)


@pytest.mark.browser
def test_at_headquarters(cast: Cast, context: BrowserContext, site: str) -> None:
    with at_node(HQ):
        admit(cast, inspection("BADEGE", "COD", findings=(HIT,)))
        refuse(cast, inspection("OUEDRAOGO KABORE"))
        made(acting(cast.djibril), Purpose.CASE, "", "x" * 255, 3)
        walk(context, site, cast.djibril, reverse("hq-crossing", args=[admit(cast, inspection())]))
        for officer in (cast.fanta, cast.idrissa, cast.kadiatou):
            walk(context, site, officer)
