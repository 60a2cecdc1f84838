"""From the photograph of a passport to the traveller on the screen, with Chromium's fake camera."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from openmidas.crossings.inspection import HowRead
from openmidas.crossings.local import Standing
from openmidas.crossings.models import Crossing
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cameras import camera_browser, live_tracks, picture_of, watch_tracks
from tests.support.cast import Cast, client_of
from tests.support.counter import CounterPage, neighbour
from tests.support.photographs import FONT
from tests.support.photographs.taken import covered, film, passport

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not FONT.exists(), reason="there is no OCR-B (fonts-ocr-b)"),
]

PATIENCE = 180_000
"""Milliseconds for a few pictures on a busy machine; each takes about a second of the processor."""
WORDS = {
    "en": ("read by camera", "checked by the officer", "Compared with the document", "HTTPS"),
    "fr": ("lu par caméra", "vérifié par l’agent", "Comparé au document", "HTTPS"),
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the camera sees; a test may put another film in its place before the page opens it."""
    return film(passport().data, tmp_path_factory.mktemp("camera") / "passport.mjpeg")


@pytest.fixture(scope="module")
def browser(shown: Path) -> Iterator[Browser]:
    """Chromium with a camera that plays the film, and with nobody to ask."""
    with camera_browser(shown) as running:
        yield running


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def lane(post_at_work: Cast, context: BrowserContext, site: str, language: str) -> CounterPage:
    """Aminata's lane, in one language or the other."""
    sign_in(context, site, client_of(post_at_work.aminata), language)
    watch_tracks(context)
    return CounterPage(context, site)


def opens(lane: CounterPage) -> None:
    """The officer's key opens the camera."""
    lane.press("F6")
    expect(lane.page.locator("#camera")).to_be_visible()


def stands_here(lane: CounterPage) -> None:
    """The traveller of the passport is on the screen, and the camera is off."""
    line = passport().lines[0]
    surname = line[5:].split("<<")[0].replace("<", " ")
    expect(lane.page.locator("#lane:not([data-state=idle])")).to_be_visible(timeout=PATIENCE)
    expect(lane.page.locator(".name")).to_contain_text(surname)
    expect(lane.page.locator("#camera")).to_be_hidden()
    assert live_tracks(lane.page) == 0


def test_from_the_photo_of_a_passport_to_the_traveller(lane: CounterPage, language: str) -> None:
    opens(lane)
    expect(lane.page.locator("#camera-view")).to_be_visible()
    picture_of(lane.page, f"camera-{language}")
    nothing_found(lane.page, "the camera looks")
    stands_here(lane)
    lane.shows(WORDS[language][0])
    picture_of(lane.page, f"camera-read-{language}")
    lane.press("F8")
    lane.is_in("idle")
    crossing = Crossing.objects.get()
    assert crossing.how_read == HowRead.CAMERA


def test_what_is_not_certain_waits_for_the_officer(
    lane: CounterPage, language: str, shown: Path
) -> None:
    whole = shown.read_bytes()
    film(covered().data, shown)
    try:
        opens(lane)
        form = lane.page.locator("#camera-check")
        expect(form).to_be_visible(timeout=PATIENCE)
    finally:
        shown.write_bytes(whole)
    assert live_tracks(lane.page) == 0
    assert not Standing.objects.exists(), "nothing is a scan before the officer has looked"
    expect(form.locator("mark").first).to_be_visible()
    nothing_found(lane.page, "a reading to be checked")
    picture_of(lane.page, f"camera-doubtful-{language}")

    lane.press("F4")  # no key of the counter works behind the dialog
    first, second = passport().lines
    inputs = form.locator("input")
    inputs.nth(0).fill(first)
    inputs.nth(1).fill(second)
    inputs.nth(1).press("Enter")

    stands_here(lane)
    lane.shows(WORDS[language][1])
    assert Standing.objects.get().inspected().document.how_read is HowRead.CHECKED


def test_a_file_is_read_without_a_camera(lane: CounterPage, language: str, tmp_path: Path) -> None:
    """On plain HTTP there is no camera, which is said; a photograph's file is read all the same."""
    lane.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false });")
    lane.open()
    opens(lane)
    expect(lane.page.locator("#camera-say")).to_contain_text(WORDS[language][3])
    nothing_found(lane.page, "no camera")
    picture_of(lane.page, f"camera-none-{language}")
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(passport().data)

    lane.page.locator("#camera-file").set_input_files(photo)

    stands_here(lane)
    lane.shows(WORDS[language][0])


@pytest.mark.parametrize("language", ["en"])
def test_a_camera_that_gives_no_picture_is_told(lane: CounterPage) -> None:
    lane.page.evaluate("() => { HTMLCanvasElement.prototype.toBlob = (done) => done(null); }")
    opens(lane)
    expect(lane.page.locator("#camera-say")).to_contain_text("The camera cannot be opened")
    expect(lane.page.locator("#camera [data-camera=again]")).to_be_visible()
    assert live_tracks(lane.page) == 0


@pytest.mark.parametrize("language", ["en"])
def test_escape_and_another_reader_let_the_camera_go(lane: CounterPage) -> None:
    opens(lane)
    expect(lane.page.locator("#camera-view")).to_be_visible()
    lane.press("Escape")
    expect(lane.page.locator("#camera")).to_be_hidden()
    assert live_tracks(lane.page) == 0
    lane.is_in("idle")

    opens(lane)
    lane.scan(neighbour(), "clear")
    expect(lane.page.locator("#camera")).to_be_hidden()
    assert live_tracks(lane.page) == 0
