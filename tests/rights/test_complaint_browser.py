"""In a browser: a complaint that its post cannot close, from the kiosk to the oversight and back."""

from __future__ import annotations

import os
import shutil
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from openmidas.nodes.identity import this_node
from openmidas.rights import sounds
from openmidas.rights.models import ClosedComplaint, Complaint
from tests.conftest import HQ
from tests.rights.conftest import taken_in
from tests.support import accessible
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cast import Cast, at_node, client_of
from tests.support.chromium import ARGUMENTS, chromium

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser
WORDS = "L’agent à la casquette a gardé ma carte jusqu’à ce que je paie."
DANGER = "Six hommes armés à moto près du marché."
ANSWER = "Vous aviez raison : l’argent vous sera rendu."


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_complaint_goes_past_the_post_and_its_answer_comes_back(
    site: str, acquainted: Cast, context: BrowserContext, language: str
) -> None:
    page = context.new_page()
    number, secret = complain(page, site, language)
    assert not context.cookies()
    taken_in()

    sign_in(context, site, client_of(acquainted.coumba), language)
    assert page.goto(f"{site}/hq/complaints/").status == 403  # type: ignore[union-attr]  # it answers

    with at_node(HQ):
        sign_in(context, site, client_of(acquainted.kadiatou), language)
        page.goto(f"{site}/hq/complaints/")
        expect(page.locator("main")).to_contain_text(number)
        nothing_found(page, "the complaints")
        _picture(page, f"complaints-{language}")
        page.click(f"text={number}")
        expect(page.locator("main")).not_to_contain_text(WORDS)
        nothing_found(page, "a complaint that is shut")
        page.select_option("[name=purpose]", "oversight")
        page.click("form:has([name=purpose]) button")
        expect(page.locator("main")).to_contain_text(WORDS)
        nothing_found(page, "a complaint")
        page.fill("#words", ANSWER)
        page.select_option("#outcome", "upheld")
        _picture(page, f"complaint-{language}")
        page.click("form:has(#outcome) button")
        page.wait_for_selector(".notice--clear")
    assert ClosedComplaint.objects.get().id == Complaint.objects.get().id

    context.clear_cookies()
    page.goto(f"{site}/public/{language}/answer/")
    nothing_found(page, "fetching the answer")
    page.fill("#number", number.lower())
    page.fill("#secret", secret.replace("-", " "))
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(ANSWER)
    nothing_found(page, "the answer")
    _picture(page, f"answer-{language}")


@pytest.fixture
def keeping_pages(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that keeps whole pages for going back, as a kiosk's does; tests run without otherwise."""
    running = browser.browser_type.launch(
        executable_path=chromium(),
        args=list(ARGUMENTS),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield running.new_context()
    running.close()


def nothing_left(page: Page, back: Callable[[], object], *told: str) -> None:
    """Going back and forward, and loading again: nothing of it stands anywhere, not in a field either."""
    for step in (back, page.reload, back, page.reload, page.go_forward, page.go_forward):
        step()
        page.wait_for_load_state()
        page.wait_for_timeout(200)
        here = page.content() + "".join(
            page.eval_on_selector_all("input, textarea", "all => all.map(one => one.value)")
        )
        for one in told:
            assert one not in here, f"{one} at {page.url}"


@pytest.mark.parametrize("scripts", [True, False])
def test_whoever_comes_next_finds_nothing(
    site: str, acquainted: Cast, browser: Browser, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts)
    _nothing_left_anywhere(context.new_page(), site)
    context.close()


def test_a_browser_that_keeps_pages_keeps_none_of_these(
    site: str, acquainted: Cast, browser: Browser, keeping_pages: BrowserContext
) -> None:
    _nothing_left_anywhere(keeping_pages.new_page(), site)


def _nothing_left_anywhere(page: Page, site: str) -> None:
    number, secret = complain(page, site, "en", checked=False)
    page.click("main .button--primary")
    page.wait_for_selector(".doors")
    nothing_left(page, page.go_back, number, secret, WORDS)
    page.goto(f"{site}/public/en/report/")
    page.fill("#words", DANGER)
    page.check("[name=kind][value=security]")
    page.click("main form .button--primary")
    number_of_report = page.locator(".keep dd").inner_text()
    page.click("main .button--primary")
    page.wait_for_selector(".doors")
    nothing_left(page, page.go_back, number_of_report, DANGER)
    page.goto(f"{site}/public/en/answer/")
    page.fill("#number", number)
    page.fill("#secret", secret)
    page.click("main form .button--primary")
    page.wait_for_selector("main .notice")
    page.click("main form a.button")
    page.wait_for_selector(".doors")
    nothing_left(page, page.go_back, number, secret)


@pytest.mark.parametrize("language", ["fr", "en", "ar"])
def test_the_notice_is_heard_in_a_language_that_nobody_reads(
    site: str, acquainted: Cast, context: BrowserContext, tmp_path: Path, language: str
) -> None:
    page = context.new_page()
    page.goto(f"{site}/public/{language}/rights/")
    assert page.locator("audio").count() == 0
    voice = tmp_path / "voice.wav"
    with wave.open(str(voice), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    try:
        for code in (language, "bm", "ses"):
            sounds.take(code, voice)
        page.reload()
        nothing_found(page, "the notice, spoken")
        _picture(page, f"notice-spoken-{language}")
        heard = page.locator("#listen ~ audio").first
        heard.evaluate("audio => audio.play()")
        page.wait_for_function(
            "() => document.querySelector('#listen ~ audio').duration === 1",
        )
    finally:
        shutil.rmtree(this_node().home.path(sounds.FOLDER))


def complain(page: Page, site: str, language: str, *, checked: bool = True) -> tuple[str, str]:
    """Complain by keyboard; the number and the code word that were shown. ``checked``: each page by axe."""
    nothing_found = accessible.nothing_found if checked else lambda page, name: None
    page.goto(f"{site}/public/{language}/")
    nothing_found(page, "the kiosk")
    _picture(page, f"kiosk-{language}")
    page.click(f"a[href='/public/{language}/complaint/']")
    nothing_found(page, "the form")
    page.fill("#words", WORDS)
    page.click("main form .button--primary")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "the form with a problem")
    expect(page.locator("#words")).to_have_value(WORDS)
    page.focus("[name=about]")
    page.keyboard.press("Space")
    _picture(page, f"complain-{language}")
    page.focus("#contact")
    page.keyboard.press("Enter")
    page.wait_for_selector(".keep")
    nothing_found(page, "the complaint is sent")
    _picture(page, f"complained-{language}")
    number, secret, _ = page.locator(".keep dd").all_inner_texts()
    return number, secret


@pytest.mark.parametrize("language", ["fr", "en", "ar", "pt"])
def test_a_danger_is_told_by_nobody_and_read_by_the_post(
    site: str, cast: Cast, context: BrowserContext, language: str
) -> None:
    page = context.new_page()
    page.goto(f"{site}/public/{language}/")
    page.click(f"a[href='/public/{language}/report/']")
    nothing_found(page, "the form")
    page.fill("#words", DANGER)
    page.click("main form .button--primary")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "the form with a problem")
    page.check("[name=kind][value=security]")
    _picture(page, f"report-{language}")
    page.click("main form .button--primary")
    page.wait_for_selector(".keep")
    nothing_found(page, "the report is sent")
    _picture(page, f"reported-{language}")
    number = page.locator(".keep dd").inner_text()
    assert not context.cookies()
    sign_in(context, site, client_of(cast.boubacar), "fr")
    page.goto(f"{site}/incidents/?q={number}")
    expect(page.locator("main")).to_contain_text(DANGER)


@pytest.mark.parametrize("language", ["fr", "en", "ar", "pt"])
def test_what_everybody_may_read_is_accessible(
    site: str, acquainted: Cast, context: BrowserContext, language: str
) -> None:
    page = context.new_page()
    for name in ("rights", "receipt"):
        page.goto(f"{site}/public/{language}/{name}/")
        nothing_found(page, name)
        _picture(page, f"public-{name}-{language}")
    page.fill("#code", "MIDAS1:ABC")
    page.click("main form button")
    page.wait_for_selector(".verdict")
    nothing_found(page, "a verdict")
    with at_node(HQ):
        page.goto(f"{site}/public/{language}/complaints/")
        nothing_found(page, "no figures")


def _picture(page: Page, name: str) -> None:
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
