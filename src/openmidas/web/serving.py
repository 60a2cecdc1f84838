"""The web server of a node, for its pages and for the page of a sealed post."""

from __future__ import annotations

from pathlib import Path

from openmidas.nodes.home import this_home


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
