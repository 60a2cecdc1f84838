"""The web server of a node, for its pages and for the page of a sealed post."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from pathlib import Path

from openmidas.nodes.home import NodeMissing, NodeUnreadable, this_home

logger = logging.getLogger(__name__)

LOOK_SECONDS = 30.0


def end_when_certified_anew(process: int) -> None:
    """Watch, in a thread, and stop a process (SIGTERM) once the node has another certificate.

    The web server reads it when it starts. Whoever started the process starts it again.
    """
    before = this_home().config()
    threading.Thread(
        target=_watch, args=(process, before.tls_certificate), name="certificate", daemon=True
    ).start()


def _watch(process: int, before: str) -> None:
    while _certificate_now(before) == before:
        time.sleep(LOOK_SECONDS)
    logger.warning("the pages have another certificate: they start again with it")
    os.kill(process, signal.SIGTERM)


def _certificate_now(before: str) -> str:
    """The certificate's file; that of before where the settings cannot be read now."""
    try:
        return this_home().config().tls_certificate
    except (OSError, NodeMissing, NodeUnreadable):
        logger.exception("the settings of the node cannot be read at this moment")
        return before


def serve(target: str, address: str) -> None:
    """Serve an application (``module:name``) at ``host:port``, with the node's certificate, until stopped."""
    # Imported here: the other commands need no web server, and start faster without.
    from granian.constants import Interfaces
    from granian.server import Server

    config = this_home().config()
    host, _separator, port = address.rpartition(":")
    tls = bool(config.tls_certificate)
    Server(
        target,
        address=host.strip("[]"),
        port=int(port),
        interface=Interfaces.RSGI,
        workers=1,
        websockets=False,
        ssl_cert=Path(config.tls_certificate) if tls else None,
        ssl_key=Path(config.tls_key) if tls else None,
        log_access=False,
    ).serve()
