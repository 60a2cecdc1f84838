"""What tests do in a real browser. The browser itself comes from the plugin `tests.support.chromium`."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

MILLISECONDS_BETWEEN_KEYS = 2

# A reader sends a document in a fifth of a second; a busy machine may need seconds to play one. The
# page's own timers wait meanwhile, or it would take half a document for all that came.
TIMERS = """
(() => {
  const [later, never] = [window.setTimeout, window.clearTimeout];
  const put_off = new Map();
  window.setTimeout = (act, ms, ...told) => {
    const due = () => {
      if (window.readerTypes) put_off.set(id, later(due, 50));
      else { put_off.delete(id); act(...told); }
    };
    const id = later(due, ms);
    return id;
  };
  window.clearTimeout = (id) => { never(put_off.get(id)); put_off.delete(id); never(id); };
})();
"""


def sign_in(context: BrowserContext, site: str, client: Client, language: str = "en") -> None:
    """The browser takes over the session of a test client."""
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: language}
    context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])


def enter_on_button(page: Page) -> None:
    """Press Enter on the button that the page gives the focus, which a busy browser does after the load."""
    page.wait_for_selector("button:focus")
    page.keyboard.press("Enter")


class Reader:
    """A document reader that acts as a keyboard: US keys, sent faster than any hand.

    ``layout`` is what the workstation makes of a US key: "us", "azerty" or "arabic".
    """

    def __init__(self, page: Page, *, ends_with: str = "Enter", layout: str = "us") -> None:
        self.page = page
        self.ends_with = ends_with
        self.layout = LAYOUTS[layout]
        self._keys = page.context.new_cdp_session(page)
        self._at = time.time()

    def read(self, zone: str, *, gap: float = 0) -> None:
        """Type the lines of a zone, each ended as readers end them. ``gap``: ms between keys.

        Each key carries the time at which a reader would have sent it, however busy this machine is.
        """
        if not gap:
            self.page.evaluate("window.readerTypes = true")
        self._at = time.time()
        for line in zone.splitlines():
            for character in line:
                self._press(character)
                if gap:
                    self.page.wait_for_timeout(gap)
                    self._at = time.time()
            self.end()
        self.page.evaluate("window.readerTypes = false")

    def end(self) -> None:
        """The key that ends a line."""
        if self.ends_with:
            text, number = {"Enter": ("\r", 13), "Tab": ("\t", 9)}[self.ends_with]
            key = {"key": self.ends_with, "code": self.ends_with, "windowsVirtualKeyCode": number}
            self._send(text, **key)

    def _press(self, character: str) -> None:
        shift = 0 if character.isdigit() else 8
        key = self.layout.get(character, character)
        self._send(key, key=key, code=code_of(character), modifiers=shift)

    def _send(self, text: str, **event: Any) -> None:
        # The character comes with the key, as from real hardware: form fields then hold what was typed.
        event["timestamp"] = self._at
        self._keys.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": text, **event})
        self._keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})
        self._at += MILLISECONDS_BETWEEN_KEYS / 1000


def code_of(character: str) -> str:
    if character == "<":
        return "Comma"
    return f"Digit{character}" if character.isdigit() else f"Key{character}"


LAYOUTS: dict[str, dict[str, str]] = {
    "us": {},
    "azerty": {
        **dict(zip("AQWZM<", "QAZW?.", strict=True)),
        **dict(zip("1234567890", "&é\"'(-è_çà", strict=True)),
    },
    "arabic": {
        **dict(
            zip(
                "ABCDEFGHIJKLM",
                "\u0650\u0644{}\u064d[\u0644\u0623\u00f7\u0640\u060c/'",
                strict=True,
            )
        ),
        **dict(
            zip(
                "NOPQRSTUVWXYZ",
                "\u0622\u00d7\u061b\u064e\u064c\u064d\u0625\u2018}\u064b\u0652\u0625~",
                strict=True,
            )
        ),
        "<": ",",
    },
}
