"""A digital seal before the camera of the workstation, and what the counter says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Browser, BrowserContext, expect

from openmidas.crossings.local import Standing
from openmidas.documents.seals import draw, write_vdsnc
from tests.crossings.conftest import paper
from tests.documents.seals.made import certificate, key, seal
from tests.support.accessible import nothing_found
from tests.support.browser import sign_in
from tests.support.cameras import camera_browser, live_tracks, picture_of, watch_tracks
from tests.support.cast import Cast, client_of
from tests.support.chips import trust
from tests.support.counter import CounterPage, neighbour
from tests.support.photographs.taken import film, with_code

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")
pytestmark = pytest.mark.browser

PATIENCE = 180_000
"""Milliseconds for a few pictures on a busy machine; each begins a process or two."""
AUTHORITY = certificate(key(2), authority=True)
GENUINE = write_vdsnc(
    kind="icao.vacc",
    issuer="MLI",
    message={"pid": {"n": "KEITA MARIAM", "i": "SP0000001"}},
    key=key(),
    certificate=certificate(key(), key(2)),
)
SEALS = {
    "valid": (GENUINE, "clear"),
    "tampered": (GENUINE.replace("KEITA MARIAM", "KEITA AWA"), "stop"),
}
WORDS = {
    "en": {"valid": "genuine", "tampered": "not genuine", "insecure": "HTTPS"},
    "fr": {"valid": "authentique", "tampered": "non authentique", "insecure": "HTTPS"},
}
OTHER = "https://example.org"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the camera sees; a test puts its film here before the page opens the camera."""
    path = tmp_path_factory.mktemp("seals") / "seal.mjpeg"
    return film(with_code(draw(OTHER.encode(), "qr")), path)


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
    lane.press("F3")
    expect(lane.page.locator("#seal-camera")).to_be_visible()


@pytest.mark.parametrize("name", list(SEALS))
def test_a_seal_held_before_the_camera_is_judged(
    lane: CounterPage, language: str, shown: Path, name: str
) -> None:
    code, state = SEALS[name]
    film(with_code(draw(code.encode(), "qr")), shown)
    with transaction.atomic():
        trust(AUTHORITY.der)
    lane.scan(paper(), "clear")
    opens(lane)
    expect(lane.page.locator("#seal-camera-view")).to_be_visible()
    picture_of(lane.page, f"seal-camera-{language}")
    nothing_found(lane.page, "the camera looks for a seal")

    expect(lane.page.locator("#seal-camera")).to_be_hidden(timeout=PATIENCE)

    assert live_tracks(lane.page) == 0
    lane.is_in(state)
    expect(lane.page.locator("#evidence dd").nth(1)).to_contain_text(WORDS[language][name])
    picture_of(lane.page, f"seal-{name}-{language}")
    (standing,) = Standing.objects.get().inspected().seals
    assert standing.outcome == {"clear": "valid", "stop": "invalid"}[state]


@pytest.mark.parametrize("language", ["en"])
def test_another_code_is_said_and_escape_lets_the_camera_go(lane: CounterPage, shown: Path) -> None:
    film(with_code(draw(OTHER.encode(), "qr")), shown)
    lane.scan(neighbour(), "clear")
    opens(lane)
    said = lane.page.locator("#seal-camera-say")
    expect(said).to_contain_text("no digital seal", timeout=PATIENCE)
    lane.press("F4")  # no key of the counter works behind the dialog
    lane.press("Escape")
    expect(lane.page.locator("#seal-camera")).to_be_hidden()
    assert live_tracks(lane.page) == 0
    assert lane.page.evaluate("document.activeElement === document.body")
    lane.is_in("clear")
    assert Standing.objects.get().inspected().seals == ()
    lane.press("F4")
    lane.is_in("idle")


def test_a_file_is_read_without_a_camera(lane: CounterPage, language: str, tmp_path: Path) -> None:
    """On plain HTTP there is no camera, which is said; a photograph's file is read all the same."""
    lane.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false });")
    lane.open()
    lane.scan(paper(), "clear")
    opens(lane)
    said = lane.page.locator("#seal-camera-say")
    expect(said).to_contain_text(WORDS[language]["insecure"])
    nothing, visa = tmp_path / "nothing.png", tmp_path / "visa.png"
    nothing.write_bytes(draw(OTHER.encode()))
    visa.write_bytes(draw(seal()))
    file = lane.page.locator("#seal-camera-file")
    file.set_input_files(nothing)
    words = {"en": "no digital seal", "fr": "pas un cachet numérique"}[language]
    expect(said).to_contain_text(words, timeout=PATIENCE)
    nothing_found(lane.page, "a photograph without a seal")
    picture_of(lane.page, f"seal-file-{language}")

    file.set_input_files(visa)

    expect(lane.page.locator("#seal-camera")).to_be_hidden(timeout=PATIENCE)
    lane.is_in("stop")  # the visa names another passport
    lane.shows({"en": "Visa: of another document", "fr": "Visa : d’un autre document"}[language])
    nothing_found(lane.page, "a seal")
    picture_of(lane.page, f"seal-{language}")
