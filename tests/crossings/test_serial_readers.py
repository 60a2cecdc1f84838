"""Readers on a serial line, and a thousand readings on every way into the page."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from openmidas.crossings.inspection import HowRead
from openmidas.crossings.models import Crossing
from openmidas.documents import find_mrz
from openmidas.web.demo.specimens import Specimen
from tests.support.browser import LAYOUTS, code_of, sign_in
from tests.support.cast import Cast, client_of
from tests.support.counter import CounterPage, neighbour

pytest_plugins = ("tests.support.chromium", "tests.support.counter_fixtures")
pytestmark = pytest.mark.browser

EXAMPLES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "documents" / "data" / "frames.json").read_text(encoding="utf-8")
)
# Stands in for the browser's serial ports: `plugged.send` is what the reader does.
PORTS = """
class Port {
  async open() {
    this.readable = new ReadableStream({ start: (end) => { this.end = end; } });
  }
  send(bytes) { this.end.enqueue(new Uint8Array(bytes)); }
  unplug() { this.readable = null; this.end.error(new DOMException("lost", "NetworkError")); }
}
window.plugged = new Port();
const serial = new EventTarget();
serial.getPorts = async () => (window.granted ? [window.plugged] : []);
serial.requestPort = async () => window.plugged;
Object.defineProperty(navigator, "serial", { value: serial });
"""


# Keys as fast as the page takes them, each with what the layout makes of it and where it is.
TYPE = """
(pressed) => JSON.parse(pressed).forEach(([key, code, shiftKey]) => document.body.dispatchEvent(
  new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true })))
"""


def keys(zone: str, layout: str) -> list[tuple[str, str, bool]]:
    """What a reader of US keys presses under a layout, its Enter behind each line."""
    pressed = []
    for line in zone.splitlines():
        pressed += [(LAYOUTS[layout].get(c, c), code_of(c), not c.isdigit()) for c in line]
        pressed.append(("Enter", "Enter", False))
    return pressed


def desko(zone: str) -> bytes:
    return b"\x02" + "".join(f"{line}\r" for line in zone.splitlines()).encode() + b"\x03\x04"


def elyctis(zone: str) -> bytes:
    data = zone.replace("\n", "\r").encode()
    return b"I" + len(data).to_bytes(2, "big") + data


def send(page: Page, data: bytes) -> None:
    page.evaluate("(bytes) => window.plugged.send(JSON.parse(bytes))", json.dumps(list(data)))


@pytest.fixture
def serial_counter(post_at_work: Cast, context: BrowserContext, site: str) -> CounterPage:
    context.add_init_script(PORTS)
    sign_in(context, site, client_of(post_at_work.aminata))
    return CounterPage(context, site)


def test_a_reader_is_chosen_once_and_how_it_was_read_is_kept(serial_counter: CounterPage) -> None:
    page = serial_counter.page
    page.get_by_role("button", name="Serial reader").click()
    expect(page.get_by_role("button", name="Reader connected")).to_be_visible()

    send(page, desko(neighbour()))
    serial_counter.is_in("clear")
    serial_counter.shows("read by machine, on a serial line")
    serial_counter.press("F4")
    serial_counter.is_in("idle")
    assert Crossing.objects.get().how_read == HowRead.SERIAL

    page.evaluate("() => window.plugged.unplug()")
    expect(page.get_by_role("button", name="Serial reader")).to_be_visible()


def test_a_reader_that_was_chosen_before_is_opened_by_itself(serial_counter: CounterPage) -> None:
    serial_counter.page.add_init_script("window.granted = true;")
    serial_counter.open()
    expect(serial_counter.page.get_by_role("button", name="Reader connected")).to_be_visible()

    send(serial_counter.page, elyctis(neighbour())[:50])
    send(serial_counter.page, elyctis(neighbour())[50:])
    serial_counter.is_in("clear")


def test_without_web_serial_there_is_no_button(counter: CounterPage) -> None:
    counter.page.add_init_script("delete Navigator.prototype.serial;")
    counter.open()
    expect(counter.page.locator("#reader")).to_be_hidden()


def test_the_page_takes_frames_apart_as_the_server_does(serial_counter: CounterPage) -> None:
    read = serial_counter.page.evaluate(
        """async (examples) => {
          const { Frames } = await import("/static/crossings/frames.js");
          return examples.map((chunks) => {
            const frames = new Frames();
            return chunks.flatMap((bytes) => {
              if (!bytes.length) frames.forget();
              return frames.feed(bytes);
            });
          });
        }""",
        [[list(bytes.fromhex(chunk)) for chunk in one["chunks"]] for one in EXAMPLES],
    )

    assert read == [one["read"] for one in EXAMPLES]


def zones(number: int) -> list[str]:
    return [
        Specimen(
            surname="DIALLO",
            given_names="AWA",
            number=f"SP{place:07}",
            birth=date(1984, 11, 2),
            sex="F",
        ).mrz()
        for place in range(number)
    ]


@pytest.mark.long
def test_a_thousand_of_a_thousand_arrive(serial_counter: CounterPage) -> None:
    """From keyboards of three layouts, and on the line from two makers, in pieces of any size."""
    page = serial_counter.page
    page.get_by_role("button", name="Serial reader").click()
    page.evaluate(
        """() => {
          window.arrived = [];
          document.addEventListener("scan", (event) => {
            event.stopImmediatePropagation();
            window.arrived.push(event.detail.raw);
          }, true);
        }"""
    )
    sent = zones(1000)
    chance = Random(9303)  # noqa: S311  the same pieces every time
    for start in range(0, 1000, 250):
        keyboards = zip(("us", "azerty", "arabic"), (0, 60, 120), strict=True)
        for layout, place in keyboards:
            part = sent[start + place : start + place + 60]
            page.evaluate(TYPE, json.dumps([key for zone in part for key in keys(zone, layout)]))
        wire = b"".join(desko(zone) for zone in sent[start + 180 : start + 215])
        wire += b"".join(elyctis(zone) for zone in sent[start + 215 : start + 250])
        while wire:
            size = chance.randrange(1, 2000)
            send(page, wire[:size])
            wire = wire[size:]
        page.wait_for_function("(many) => window.arrived.length >= many", arg=start + 250)

    arrived = [find_mrz(raw) for raw in page.evaluate("window.arrived")]
    assert arrived == [tuple(zone.splitlines()) for zone in sent]
