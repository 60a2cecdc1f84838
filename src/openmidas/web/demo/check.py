"""One traveller, driven through by HTTP as a browser would, from the scan at the post to the HQ."""

from __future__ import annotations

import re
import time
import urllib.request
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode

from rich.console import Console

from openmidas.nodes.home import NodeHome
from openmidas.web.demo.layout import LANES, PASSWORD, DemoHomes
from openmidas.web.demo.specimens import CLEAR

SECONDS_TO_ARRIVE = 30
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_NEXT_ID = re.compile(r'data-next="([0-9a-f-]{36})"')

console = Console(stderr=True)


class CheckFailed(Exception):  # noqa: N818  reads as a sentence where it is raised
    """The traveller did not get through; the text says where. ``status``: of the answer, if any."""

    def __init__(self, text: str, status: int = 0) -> None:
        self.status = status
        super().__init__(text)


class Visitor:
    """A browser without a screen, signed in at one node."""

    def __init__(self, home: NodeHome) -> None:
        self.base = f"http://{home.config().web}"
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)
        self._token = ""

    def sign_in(self, username: str, lane: str = "", password: str = PASSWORD) -> None:
        """Sign in, with the demonstration's password unless another is given."""
        self.get("/sign-in/")
        self.post("/sign-in/", username=username, password=password, lane=lane)

    def sign_out(self) -> None:
        """Leave."""
        self.post("/sign-out/")

    def get(self, path: str) -> str:
        """A page."""
        return self._open(urllib.request.Request(self.base + path))  # noqa: S310  our own loopback

    def post(self, path: str, **fields: str) -> str:
        """Send a form."""
        body = urlencode(fields | {"csrfmiddlewaretoken": self._token}).encode()
        headers = {"Referer": self.base + path, "X-CSRFToken": self._token}
        return self._open(
            urllib.request.Request(self.base + path, data=body, headers=headers)  # noqa: S310
        )

    def _open(self, request: urllib.request.Request) -> str:
        try:
            with self._opener.open(request, timeout=20) as answer:
                page: str = answer.read().decode()
        except HTTPError as error:
            raise CheckFailed(f"{request.full_url}: {error.code}", error.code) from error
        except OSError as error:  # the server is away, or takes too long
            raise CheckFailed(f"{request.full_url}: {error}") from error
        if found := _TOKEN.search(page):
            self._token = found[1]
        return page


def drive_one_traveller(homes: DemoHomes) -> None:
    """Scan, decide, and see the crossing arrive. Raises `CheckFailed`."""
    started = time.monotonic()
    officer = Visitor(homes.post)
    officer.sign_in("aminata", lane=LANES[0])
    found = _NEXT_ID.search(officer.get("/counter/"))
    if found is None:
        raise CheckFailed("the counter offers no id for the next traveller")
    inspection = found[1]
    page = officer.post("/counter/scan/", id=inspection, raw=CLEAR)
    stands_there = f'data-ids="{inspection}"'
    if stands_there not in page:
        raise CheckFailed("the traveller does not stand at the counter after the scan")
    console.print(f"{_since(started)} le voyageur est au guichet / the traveller is at the counter")
    page = officer.post("/counter/decide/", ids=inspection, action="admit")
    if stands_there in page:
        raise CheckFailed("the traveller still stands at the counter after the decision")
    console.print(f"{_since(started)} admis / admitted")
    analyst = Visitor(homes.hq)
    analyst.sign_in("djibril")
    until = time.monotonic() + SECONDS_TO_ARRIVE
    while inspection not in analyst.get("/hq/crossings/"):
        if time.monotonic() > until:
            raise CheckFailed("the crossing did not arrive at the headquarters")
        time.sleep(0.25)
    console.print(f"{_since(started)} le siège voit le franchissement / the HQ sees the crossing")


def _since(started: float) -> str:
    return f"{time.monotonic() - started:5.1f} s"
