"""In a browser: a picture is attached at the post and seen at headquarters, which takes the case over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.crossings.models import Crossing
from openmidas.lists.national.models import NationalList
from openmidas.lists.views import opened
from openmidas.pictures.models import Picture
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from tests.cases.conftest import Scene
from tests.conftest import HQ
from tests.support.accessible import nothing_found
from tests.support.browser import enter_on_button, sign_in
from tests.support.cast import at_node, client_of
from tests.support.pictures import photo

pytest_plugins = ("tests.support.chromium",)
pytestmark = pytest.mark.browser


def sits_down(officer: Officer, context: BrowserContext, site: str, language: str) -> Page:
    sign_in(context, site, client_of(officer), language)
    return context.new_page()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_picture_is_attached_and_headquarters_takes_over(
    site: str,
    scene: Scene,
    context: BrowserContext,
    tmp_path: Path,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene.listed()
    crossing = scene.referred().id
    page = sits_down(scene.cast.boubacar, context, site, language)
    page.goto(f"{site}/second-line/{crossing}/")
    enter_on_button(page)
    page.wait_for_selector("#picture")
    sound = tmp_path / "voice.mp3"
    sound.write_bytes(b"ID3" + bytes(2000))
    page.set_input_files("#picture", sound)
    page.fill("#caption", "Page 3, visa")
    page.click("#pictures button")
    page.wait_for_selector(".error-summary")
    nothing_found(page, "sound is refused")
    taken = tmp_path / "IMG_0001.jpg"
    taken.write_bytes(photo(800, 600))
    page.set_input_files("#picture", taken)
    page.click("#pictures button")
    page.wait_for_selector("#pictures img")
    page.locator("#pictures img").scroll_into_view_if_needed()
    expect(page.locator("#pictures img")).to_have_js_property("naturalWidth", 800)
    nothing_found(page, "a picture is attached")
    _picture(page, f"interview-picture-{language}")
    assert Picture.objects.get().caption == "Page 3, visa"

    with at_node(HQ):
        NationalList.objects.update(readers=[Role.HQ_ANALYST])
        page = sits_down(scene.cast.djibril, context, site, language)
        page.goto(f"{site}/hq/interviews/")
        nothing_found(page, "who waits")
        _picture(page, f"hq-interviews-{language}")
        page.click("#queue a")
        nothing_found(page, "the purpose")
        _picture(page, f"hq-interview-purpose-{language}")
        page.click("main form .button--primary")
        page.locator("#pictures img").scroll_into_view_if_needed()
        expect(page.locator("#pictures img")).to_have_js_property("naturalWidth", 800)
        nothing_found(page, "the evidence")
        _picture(page, f"hq-interview-evidence-{language}")
        page.click("a[href*='/listings/']")
        page.wait_for_selector("#compared")
        nothing_found(page, "the listing")
        _picture(page, f"hq-interview-listing-{language}")
        page.go_back()
        page.fill("#why", "Connu dans un autre dossier")
        with monkeypatch.context() as later:
            later.setattr(opened, "MINUTES", 0)  # half an hour goes by
            page.click("#take-over button")
            page.wait_for_selector("main form .notice--look")
            nothing_found(page, "the purpose is asked again")
            _picture(page, f"hq-interview-kept-{language}")
        page.click("main form .button--primary")
        expect(page.locator("#why")).to_have_value("Connu dans un autre dossier")
        page.click("#take-over button")
        page.wait_for_selector("#take-over .muted")
        nothing_found(page, "asked for")
        _picture(page, f"hq-interview-asked-{language}")

    page = sits_down(scene.cast.boubacar, context, site, language)
    page.goto(f"{site}/second-line/")
    _picture(page, f"queue-asked-{language}")
    page.goto(f"{site}/second-line/{crossing}/")
    nothing_found(page, "headquarters asks")
    _picture(page, f"interview-asked-{language}")
    page.click("#headquarters button[value=yes]")
    page.wait_for_selector("#headquarters form[action$='/back/']")
    nothing_found(page, "given away")

    with at_node(HQ):
        page = sits_down(scene.cast.djibril, context, site, language)
        page.goto(f"{site}/hq/interviews/{crossing}/")
        page.click("main form .button--primary")  # a new session: the purpose is asked again
        page.fill("#words", "Ce n’est pas lui")
        page.select_option("#outcome", "admitted")
        nothing_found(page, "what headquarters says")
        _picture(page, f"hq-interview-granted-{language}")
        page.click("#take-over button")
        expect(page.locator(".course")).to_contain_text("Ce n’est pas lui")

    page = sits_down(scene.cast.boubacar, context, site, language)
    page.goto(f"{site}/second-line/{crossing}/")
    expect(page.locator("#headquarters")).to_contain_text("Ce n’est pas lui")
    nothing_found(page, "carried out")
    _picture(page, f"interview-directed-{language}")
    page.select_option("#reason", "findings_considered")
    page.select_option("#open_hit", index=1)
    page.click("button[value=admitted]")
    page.wait_for_selector(".notice--clear")
    assert Crossing.objects.get().status == "admitted"


def _picture(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
