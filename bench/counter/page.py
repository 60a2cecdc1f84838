"""Driving the counter's page as a document reader and an officer's keys do, and timing what is painted."""

from __future__ import annotations

import os
import random
import shutil
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import CDPSession, Page, Playwright

from openmidas.web.demo.layout import LANES, PASSWORD
from openmidas.web.demo.specimens import Specimen

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Stamps the last key and the first frame after the lane has changed. Two animation frames: the
# second begins after the first was painted.
CLOCK = """() => {
  const times = { key: 0, painted: 0, ids: '', state: 'idle' };
  window.__times = times;
  document.addEventListener('keydown', () => { times.key = performance.now(); }, true);
  const lane = () => document.getElementById('lane').dataset;
  new MutationObserver(() => {
    if (lane().ids === times.ids && lane().state === times.state) return;
    times.ids = lane().ids; times.state = lane().state;
    requestAnimationFrame(() => requestAnimationFrame(() => { times.painted = performance.now(); }));
  }).observe(document.getElementById('main'), { childList: true, subtree: true, attributes: true });
}"""

_AZERTY = {
    **dict(zip("AQZWMqazwm", "QAWZ?qawz?", strict=True)),
    **dict(zip("0123456789", "à&é\"'(-è_ç", strict=True)),
    "<": ".",
}


class Counter:
    """One lane's page in a browser, signed in."""

    def __init__(self, playwright: Playwright, base: str, username: str = "aminata") -> None:
        path = os.environ.get("OPENMIDAS_BROWSER") or shutil.which("chromium")
        self.browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        self.base = base
        self.page: Page = self.browser.new_page(
            viewport={"width": 1366, "height": 768}, locale="fr-FR"
        )
        self.page.goto(f"{base}/sign-in/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        if self.page.locator("[name=lane]").count():
            self._choose_lane()
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(lambda url: "sign-in" not in url)
        self.open()

    def _choose_lane(self) -> None:
        lane = self.page.locator("[name=lane]").first
        if lane.evaluate("e => e.tagName") == "SELECT":
            lane.select_option(LANES[0])
        else:
            self.page.locator(f"[name=lane][value='{LANES[0]}']").check()

    def open(self) -> None:
        """Load the page anew."""
        self.page.goto(f"{self.base}/counter/")
        self.page.wait_for_selector("html[data-ready]", state="attached")
        self.page.evaluate(CLOCK)
        self.keys: CDPSession = self.page.context.new_cdp_session(self.page)

    def scan(self, mrz: str, *, azerty: bool = False, enter: bool = False) -> None:
        """What a reader set to a US keyboard types, as the workstation's layout turns it."""
        for character in mrz.replace("\n", ""):
            self._key(character, azerty=azerty)
        if enter:
            self._send("Enter", "Enter", "\r", 13)

    def press(self, key: str) -> None:
        """A function key."""
        self.page.keyboard.press(key)

    def wait(self, state: str, *, seconds: float = 30) -> None:
        """Until the lane is painted in a state: ``idle``, ``standing`` (any other), or by its name."""
        for _ in range(int(seconds * 100)):
            now = self.lane()
            reached = now["state"] == state or (state == "standing" and now["state"] != "idle")
            if reached and now["painted"]:
                return
            self.page.wait_for_timeout(10)
        raise TimeoutError(f"the lane is {self.lane()} and not {state}")

    def lane(self) -> dict[str, Any]:
        """State and ids of the lane, and whether they are painted."""
        found: dict[str, Any] = self.page.evaluate(
            "() => { const lane = document.getElementById('lane').dataset, t = window.__times;"
            " return { state: lane.state, ids: lane.ids, painted: t.painted >= t.key }; }"
        )
        return found

    def milliseconds(self) -> float:
        """From the last key to the frame that showed what came of it."""
        return float(self.page.evaluate("() => window.__times.painted - window.__times.key"))

    def _key(self, character: str, *, azerty: bool) -> None:
        if character == "<":
            code = "Comma"
        else:
            code = f"Digit{character}" if character.isdigit() else f"Key{character}"
        typed = _AZERTY.get(character, character) if azerty else character
        self._send(typed, code, typed, 0)

    def _send(self, key: str, code: str, text: str, number: int) -> None:
        event = {"key": key, "code": code, "windowsVirtualKeyCode": number}
        shift = 8 if code.startswith("Key") or code == "Comma" else 0
        self.keys.send(
            "Input.dispatchKeyEvent",
            {"type": "keyDown", "text": text, "modifiers": shift, **event},
        )
        self.keys.send("Input.dispatchKeyEvent", {"type": "keyUp", "modifiers": shift, **event})


def travellers(number: int, seed: int) -> list[Specimen]:
    """Specimen passports of adults of the region, each with a number of its own."""
    chance = random.Random(seed)  # noqa: S311  a repeatable choice, not a secret
    surnames = ("KEITA", "DIALLO", "TRAORE", "COULIBALY", "CAMARA", "MAIGA", "SIDIBE", "BAH")
    names = ("MARIAM", "AWA", "OUMAR", "FATOUMATA", "MODIBO", "KADIATOU", "SEKOU", "AMINATA")
    return [
        Specimen(
            surname=chance.choice(surnames),
            given_names=chance.choice(names),
            state=chance.choice(("MLI", "GIN", "SEN")),
            number=f"SP{seed % 10}{count:06d}",
            birth=date(1960, 1, 2) + timedelta(days=chance.randrange(15_000)),
            sex=chance.choice("FM"),
        )
        for count in range(number)
    ]
