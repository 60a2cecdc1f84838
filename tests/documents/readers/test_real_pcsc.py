"""From a virtual chip through the system's own PC/SC, pyscard and the reader's program to the page.

On Debian, as root: ``apt install pcscd vsmartcard-vpcd python3-pyscard``. Skipped where one is missing.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openmidas.documents.chip.access.pcsc import slots
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.readers.pcsc_reader import PcscReader
from tests.documents.chip.on_vpcd import VPCD, files_on_the_reader, lie_on
from tests.documents.chip.virtual import ZONE_PASSWORD
from tests.documents.readers.agents import served, told

DISTRIBUTION = Path("/usr/lib/python3/dist-packages")
"""Where Debian has pyscard; an environment of one's own does not look there."""
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so.0.8")
SERVICE = Path("/run/pcscd/pcscd.comm")
SECONDS = 20
pytestmark = pytest.mark.timeout(90)


@pytest.fixture
def pyscard(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The real pyscard, gone again afterwards: other tests have one of their own."""
    before = {name for name in sys.modules if name.partition(".")[0] == "smartcard"}
    monkeypatch.setattr(sys, "path", [*sys.path, str(DISTRIBUTION)])
    try:
        found = importlib.util.find_spec("smartcard.scard._scard")
    except ImportError:
        found = None
    if found is None:
        pytest.skip("no pyscard for this Python")
    yield
    for name in [one for one in sys.modules if one.partition(".")[0] == "smartcard"]:
        if name not in before:
            del sys.modules[name]


@pytest.fixture
def service(pyscard: None) -> Iterator[None]:
    """The system's service with its virtual reader, started here and ended here."""
    path = shutil.which("pcscd", path=f"{os.environ['PATH']}:/usr/sbin")
    if path is None or not DRIVER.exists() or os.geteuid() != 0:
        pytest.skip("no pcscd with vsmartcard-vpcd, or not root")
    if SERVICE.exists() and _answers():
        pytest.skip("pcscd runs already: its readers are somebody's")
    running = subprocess.Popen([path, "--foreground", "--critical"])
    try:
        _wait_for(lambda: bool(_slots()))
        yield
    finally:
        running.terminate()
        running.wait(SECONDS)


@contextlib.contextmanager
def on_the_reader(files: dict[int, bytes]) -> Iterator[None]:
    """The chip lies on the virtual reader."""
    with socket.create_connection(VPCD) as line:
        lying = threading.Thread(target=lie_on, args=(line, files))
        lying.start()
        try:
            yield
        finally:
            line.shutdown(socket.SHUT_RDWR)
            lying.join(SECONDS)


def _slots() -> dict[str, bool]:
    try:
        return slots()
    except Unreadable:
        return {}


def _answers() -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        return asking.connect_ex(str(SERVICE)) == 0


def _wait_for(what: Any) -> None:
    until = time.monotonic() + SECONDS
    while not what():
        assert time.monotonic() < until
        time.sleep(0.1)


async def until(page: Any, *kinds: str) -> dict[str, Any]:
    while True:
        message = await told(page)
        if message["kind"] in kinds:
            return message


@pytest.mark.long
@pytest.mark.parametrize("access", ["bac", "pace"])
def test_laid_on_opened_read_and_lifted(service: None, access: str) -> None:
    files = files_on_the_reader(pace=access == "pace")

    async def read() -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        async with served(PcscReader("Virtual PCD")) as door, door.page() as page:
            with on_the_reader(files):
                asked = {"open": (await until(page, "chip"))["chip"]}
                await page.send_json(asked | {"printed": "L898902C4074081223204153"})
                wrong = await until(page, "chip_read", "chip_unread")
                await page.send_json(asked | {"printed": ZONE_PASSWORD})
                found = await until(page, "chip_read", "chip_unread")
            return wrong, found, await until(page, "chip")

    wrong, found, gone = asyncio.run(read())
    assert wrong["why"] == "denied"
    assert (found["kind"], found["access"]) == ("chip_read", access)
    assert base64.b64decode(found["groups"]["2"]) == files[0x0102]
    assert gone["chip"] == 0


def test_a_service_that_does_not_run_is_silent_and_not_absent(pyscard: None) -> None:
    if SERVICE.exists() and _answers():
        pytest.skip("pcscd runs here")
    with pytest.raises(Unreadable, match="pcsc_silent"):
        slots()
