"""Chromium with a camera that plays a film, and what is asked of the cameras of a page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.chromium import ARGUMENTS, chromium

_WATCHED = """
window.tracks = [];
const ask = navigator.mediaDevices?.getUserMedia; // an empty page has no devices
if (ask) navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await ask.call(navigator.mediaDevices, wanted);
  window.tracks.push(...stream.getTracks());
  return stream;
};
"""


@contextmanager
def camera_browser(film: Path) -> Iterator[Browser]:
    """Chromium whose camera plays the film, with nobody to ask."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    camera = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *camera])
        yield running
        running.close()


def watch_tracks(context: BrowserContext) -> None:
    """Whether the camera was let go is asked of the browser's own tracks."""
    context.add_init_script(_WATCHED)


def live_tracks(page: Page) -> int:
    """Cameras that are on."""
    number: int = page.evaluate("tracks.filter((one) => one.readyState === 'live').length")
    return number


def picture_of(page: Page, name: str) -> None:
    """What the page looks like, where somebody wants to see it: OPENMIDAS_PICTURES names a folder."""
    folder = os.environ.get("OPENMIDAS_PICTURES", "")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"))
