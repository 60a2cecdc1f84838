"""The pages of the posts room in a real browser: usable by everybody, and without a mouse."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from openmidas.posts import services
from openmidas.posts.lookups import Purpose, made
from openmidas.posts.models import Officer
from openmidas.posts.passwords import set_password
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import PASSWORD, Cast, acting, client_of

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def as_officer(context: BrowserContext, site: str, officer: Officer) -> None:
    sign_in(context, site, client_of(officer), "fr")


def test_from_the_sign_in_page_to_work_and_back_by_keyboard(
    cast: Cast,
    site: str,
    page: Page,
) -> None:
    set_password(cast.aminata.id, PASSWORD)
    page.goto(site + reverse("sign-in"))
    nothing_found(page, "sign-in")
    page.get_by_label("User name").fill("aminata")
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    nothing_found(page, "sign-in-wrong")
    page.get_by_label("Lane").select_option("2")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(site + reverse("counter"))
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(site + reverse("sign-in"))
    assert page.get_by_label("Lane").input_value() == "2"


def test_the_language_changes_where_the_officer_is(
    cast: Cast,
    site: str,
    page: Page,
) -> None:
    page.goto(site + reverse("set-password"))
    nothing_found(page, "set-password")
    page.get_by_role("button", name="FR").click()
    page.get_by_label("Code à usage unique").wait_for()
    assert page.url == site + reverse("set-password")


def test_everybody_can_use_the_pages_of_a_head_of_post(
    cast: Cast,
    site: str,
    context: BrowserContext,
    page: Page,
) -> None:
    as_officer(context, site, cast.coumba)
    services.suspend(acting(cast.coumba), cast.boubacar.id, reason="Absence prolongée")
    made(acting(cast.coumba), Purpose.COMPLAINT, "plainte 12", "Diallo", 3)
    for name, url in {
        "officers": reverse("officers"),
        "enrol": reverse("officer-enrol"),
        "officer": reverse("officer", args=[cast.aminata.id]),
        "officer-suspended": reverse("officer", args=[cast.boubacar.id]),
        "lookups": reverse("lookups"),
        "find": reverse("find"),
        "preferences": reverse("preferences"),
        "not-found": "/no/such/page/",
    }.items():
        page.goto(site + url)
        nothing_found(page, name)
    page.goto(site + reverse("officer", args=[cast.aminata.id]))
    page.get_by_role("button", name="Délivrer un code à usage unique").click()
    nothing_found(page, "code")
    page.goto(site + reverse("find"))
    page.get_by_label("Qui ou quoi chercher").fill("Diallo")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    nothing_found(page, "find-wrong")
    page.get_by_label("Finalité de la consultation").select_option("complaint")
    page.get_by_role("button", name="Rechercher et consigner").click()
    page.get_by_role("status").wait_for()
    nothing_found(page, "find-nothing")


def test_too_many_wrong_passwords_are_said_in_words(
    cast: Cast,
    site: str,
    page: Page,
) -> None:
    wrong = {"username": "aminata", "password": "x", "lane": "1"}
    for _ in range(5):
        Client(REMOTE_ADDR="127.0.0.1").post(reverse("sign-in"), wrong)
    page.goto(site + reverse("sign-in"))
    page.get_by_label("User name").fill("aminata")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Lane").select_option("1")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Too many wrong passwords").wait_for()
    nothing_found(page, "locked-out")
