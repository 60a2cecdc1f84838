"""In a browser: an interview from the queue to the hand-over, and a comment after it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.cases.interviews.models import CareRecord, CaseNote, Hold
from openmidas.cases.interviews.services import take
from openmidas.crossings.models import Crossing
from openmidas.posts.models import Lookup
from tests.cases.conftest import Scene
from tests.support.accessible import nothing_found
from tests.support.browser import enter_on_button, sign_in
from tests.support.cast import acting, client_of
from tests.support.pictures import photo

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_from_the_queue_to_the_handing_over(
    site: str, scene: Scene, context: BrowserContext, language: str
) -> None:
    scene.listed()
    inspection = scene.referred()
    sign_in(context, site, client_of(scene.cast.boubacar), language)
    page = context.new_page()
    page.goto(f"{site}/second-line/")
    nothing_found(page, "the queue")
    page.click("table a")
    nothing_found(page, "why it is opened")
    picture(page, f"interview-purpose-{language}")
    enter_on_button(page)  # the one key of who takes the traveller on
    page.wait_for_selector("form[action$='/leave/']")
    page.fill("#text", "Parle bambara, voyage avec son frère.")
    send(page, "form[action$='/note/'] button")
    expect(page.locator(".course")).to_contain_text("bambara")
    page.select_option("#care-what", "interpreter")
    page.fill("#care-said", "bambara")
    send(page, "form[action$='/care/'] button")
    expect(page.locator(".course li", has_text="bambara")).to_have_count(2)
    page.check("input[value='portrait_compared']")
    send(page, "form[action$='/check/'] button")
    page.select_option("#ground", "listed")
    send(page, "form[action$='/hold/'] button")
    page.wait_for_selector("#care .notice--look")
    send(page, "form[action$='/history/'] button")
    page.wait_for_selector("section[aria-label] h2 + .muted")
    nothing_found(page, "the interview")
    picture(page, f"interview-{language}")

    send(page, "button[value=handed_over]")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "handed over to nobody")
    page.select_option("#reason", "police")
    send(page, "button[value=handed_over]")
    page.wait_for_selector(".notice--clear")
    picture(page, f"queue-{language}")

    page.goto(f"{site}/second-line/{inspection.id}/")
    page.fill("#text", "La gendarmerie confirme.")
    send(page, "form[action$='/note/'] button")
    expect(page.locator(".course")).to_contain_text("gendarmerie confirme")
    nothing_found(page, "decided")
    picture(page, f"interview-decided-{language}")
    crossing = Crossing.objects.get()
    assert (crossing.status, crossing.handed_to) == ("handed_over", "police")
    assert Hold.objects.get().ended_at is not None
    assert (CaseNote.objects.count(), CareRecord.objects.count()) == (2, 1)


def send(page: Page, button: str) -> None:
    """Press it, and wait for the page that comes of it: what is typed sooner goes with the old one."""
    with page.expect_navigation():
        page.click(button)


def picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_refusal_is_given_on_paper(
    site: str, scene: Scene, context: BrowserContext, language: str
) -> None:
    inspection = scene.referred()
    sign_in(context, site, client_of(scene.cast.boubacar), language)
    page = context.new_page()
    take(acting(scene.cast.coumba), inspection.id)
    page.goto(f"{site}/second-line/{inspection.id}/")
    nothing_found(page, "a colleague has it")
    picture(page, f"interview-purpose-colleague-{language}")
    enter_on_button(page)  # and of who relieves a colleague
    page.wait_for_selector("#reason")
    assert Lookup.objects.get().query == f"interview {inspection.id}"
    page.click("form[action$='/take/'] button")
    page.wait_for_selector("form[action$='/leave/']")
    page.select_option("#reason", "no_valid_document")
    page.click("button[value=refused]")
    page.goto(f"{site}/second-line/{inspection.id}/")
    form = page.locator("#refusal a[lang=ar]").get_attribute("href")
    answer = context.request.get(f"{site}{form}")
    assert answer.body().startswith(b"%PDF-")
    page.fill("#language", "Bambara")
    page.select_option("#understood", "interpreter")
    page.click("#refusal button")
    expect(page.locator(".course")).to_contain_text("Bambara")
    nothing_found(page, "refused")
    picture(page, f"interview-refused-{language}")


def test_what_is_typed_beside_is_kept_in_the_page_alone(
    site: str, scene: Scene, context: BrowserContext, tmp_path: Path
) -> None:
    inspection = scene.referred()
    take(acting(scene.cast.boubacar), inspection.id)
    sign_in(context, site, client_of(scene.cast.boubacar), "en")
    page = context.new_page()
    page.goto(f"{site}/second-line/{inspection.id}/")
    taken = tmp_path / "IMG_0001.jpg"
    taken.write_bytes(photo(80, 60))

    page.fill("#note", "Compared the portrait")
    page.select_option("#reason", "document_accepted")
    page.fill("#hold-note", "He waits")
    page.set_input_files("#picture", taken)
    page.fill("#caption", "Page 3")
    page.check("input[value='portrait_compared']")
    page.fill("#text", "Speaks Bambara")
    page.click("form[action$='/note/'] button")
    expect(page.locator(".course")).to_contain_text("Speaks Bambara")
    expect(page.locator("#text")).to_have_value("")
    assert_typed(page)
    expect(page.locator("input[value='portrait_compared']")).to_be_checked()

    page.click("form[action$='/check/'] button")
    page.click("form[action$='/hold/'] button")  # without a ground: what is typed stands there, too
    expect(page.locator("#ground-error")).to_be_visible()
    expect(page.locator("#ground")).to_be_focused()
    assert_typed(page)
    nothing_found(page, "no ground")
    page.select_option("#care-what", "water")
    page.click("form[action$='/care/'] button")
    expect(page.locator(".course")).to_contain_text("Water: given")
    assert_typed(page)

    page.click("form[enctype] button")
    expect(page.locator("#pictures img")).to_have_count(1)
    expect(page.locator("#note")).to_have_value("Compared the portrait")
    page.fill("#text", "Goes to Bamako")
    page.click("button[value=admitted]")
    page.wait_for_selector(".notice--clear")
    expect(page.locator("#text")).to_have_value("Goes to Bamako")
    expect(page.locator("main")).to_contain_text(
        "He waits"
    )  # it has no place any more, and is shown
    nothing_found(page, "decided with something unsaved")
    picture(page, "interview-unsaved-en")
    crossing = Crossing.objects.get()
    assert (crossing.admission_reason, crossing.note) == (
        "document_accepted",
        "Compared the portrait",
    )
    stored = "() => [localStorage.length, sessionStorage.length]"
    assert page.evaluate(stored) == [0, 0]


def assert_typed(page: Page) -> None:
    """What was typed in the forms that were not sent."""
    expect(page.locator("#note")).to_have_value("Compared the portrait")
    expect(page.locator("#reason")).to_have_value("document_accepted")
    expect(page.locator("#hold-note")).to_have_value("He waits")
    expect(page.locator("#caption")).to_have_value("Page 3")
    assert page.locator("#picture").evaluate("field => field.files[0].name") == "IMG_0001.jpg"
