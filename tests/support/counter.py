"""The counter in a real browser, as an officer and a document reader use it."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import BrowserContext, Page, expect

from tests.crossings.conftest import paper
from tests.support.browser import Reader

# Stands in for the workstation's loudspeaker: keeps the pitch of every tone.
LISTENING = """
window.heard = [];
window.AudioContext = class {
  currentTime = 0;
  destination = {};
  resume() {}
  createGain() {
    const gain = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
    return { gain, connect: (next) => next };
  }
  createOscillator() {
    const tone = { frequency: { value: 0 }, connect: (next) => next, stop() {} };
    tone.start = () => window.heard.push(tone.frequency.value);
    return tone;
  }
};
"""


def neighbour(number: str = "SP0000002", surname: str = "DIALLO") -> str:
    """The zone of somebody from the neighbour State who is clear."""
    return paper(surname=surname, given_names="MAMADOU", state="GIN", number=number, sex="M")


def expired() -> str:
    """The zone of a passport that ran out."""
    return paper(number="SP0000003", expiry=date(2021, 6, 13))


def wrong_digit() -> str:
    """A zone whose last check digit does not fit."""
    zone = neighbour()
    return zone[:-1] + str((int(zone[-1]) + 1) % 10)


class CounterPage:
    """One lane's page."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.page: Page = context.new_page()
        self.page.add_init_script(LISTENING)
        self.site = site
        self.open()

    def open(self) -> None:
        """Load the page, anew."""
        self.page.goto(f"{self.site}/counter/")
        self.page.wait_for_selector("html[data-ready]")

    def reader(self, *, ends_with: str = "Enter", layout: str = "us") -> Reader:
        """A document reader plugged into this workstation."""
        return Reader(self.page, ends_with=ends_with, layout=layout)

    def scan(self, zone: str, state: str | None = None) -> None:
        """Read a document; with a state, wait until the page says it."""
        self.reader().read(zone)
        if state:
            self.is_in(state)

    def press(self, key: str) -> None:
        """An officer's key."""
        self.page.keyboard.press(key)

    def is_in(self, state: str) -> None:
        """Wait for a state: idle, clear, look or stop; and for the end of the save."""
        expect(self.page.locator(f"#lane[data-state={state}]:not(.saving)")).to_be_visible()

    def shows(self, text: str) -> None:
        """Wait for a text on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    @property
    def state(self) -> str:
        """What the page says now."""
        return self.page.locator("#lane").get_attribute("data-state") or ""

    def heard(self) -> list[float]:
        """The pitches of the tones since this was last asked."""
        tones: list[float] = self.page.evaluate("() => window.heard.splice(0)")
        return tones
