"""Do the processes of the node answer?"""

from __future__ import annotations

import socket
import ssl
import time
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from urllib.error import URLError

from django.utils import timezone

from openmidas.nodes.doctor import Effort, Finding, Level, check
from openmidas.nodes.home import this_home, write_file
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer

WORKER_SIGN = "worker.alive"
WORKER_LATE = timedelta(minutes=15)
"""Jobs are done one after the other: a long copy may hold up the sign for some minutes."""
EXCHANGE_LATE = timedelta(minutes=5)
SECONDS = 5


def note_worker() -> None:
    """Leave the sign that the worker is alive."""
    write_file(this_home().path(WORKER_SIGN), b"")


@check()
def worker() -> Iterator[Finding]:
    """The worker's sign is fresh. By the file's own time, which no entry's clock can be ahead of."""
    try:
        age = time.time() - this_home().path(WORKER_SIGN).stat().st_mtime
    except OSError:
        yield Finding("process.worker_never", Level.UNKNOWN)
        return
    if age > WORKER_LATE.total_seconds():
        yield Finding("process.worker_silent", Level.LOOK, {"minutes": round(age / 60)})
    else:
        yield Finding("process.worker", Level.OK)


@check(Effort.OUTSIDE)
def pages() -> Iterator[Finding]:
    """The web server answers for itself and for the database."""
    config = this_node().config
    scheme = "https" if config.tls_certificate else "http"
    try:
        # The certificate is looked at elsewhere; here it only matters whether somebody answers.
        with urllib.request.urlopen(  # noqa: S310  our own address
            f"{scheme}://{_loopback(config.web)}/health/", timeout=SECONDS, context=_no_proof()
        ):
            pass
    except (URLError, OSError) as error:
        reason = str(getattr(error, "reason", error))[:200]
        yield Finding("process.pages_silent", Level.STOP, {"address": config.web, "reason": reason})
        return
    yield Finding("process.pages", Level.OK, {"address": config.web})


@check(Effort.OUTSIDE)
def exchange() -> Iterator[Finding]:
    """An HQ listens; of a post's exchange only what it noted lately can be seen."""
    node = this_node()
    if node.is_hq:
        yield _listens(node.config.exchange)
        return
    hq = Peer.objects.filter(kind="hq").exclude(exchange="").first()
    moments = [hq.last_contact, hq.last_problem_at] if hq else []
    noted = max((each for each in moments if each is not None), default=None)
    if noted is not None and abs(timezone.now() - noted) < EXCHANGE_LATE:
        yield Finding("process.exchange", Level.OK)
    else:
        yield Finding("process.exchange_unknown", Level.UNKNOWN)


def _listens(address: str) -> Finding:
    host, _, port = _loopback(address).rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS):
            return Finding("process.exchange", Level.OK)
    except OSError as error:
        params: dict[str, str | int] = {"address": address, "reason": error.strerror or str(error)}
        return Finding("process.exchange_silent", Level.STOP, params)


def _loopback(address: str) -> str:
    """An address that means "all of this machine's" is asked at its loopback address."""
    host, _, port = address.rpartition(":")
    return {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host) + f":{port}"  # noqa: S104


def _no_proof() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
