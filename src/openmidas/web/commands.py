"""``midas serve``, ``midas up`` and, for demonstrations, ``midas simulate``."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.translation import gettext as _

from openmidas.nodes.commanding import Commands, add_command
from openmidas.nodes.identity import this_node
from openmidas.nodes.supervise import Supervisor
from openmidas.web.collecting import commands as collecting
from openmidas.web.demo import commands as simulating

PROCESSES = ("serve", "exchange", "worker")


def register(commands: Commands) -> None:
    """Add this room's commands."""
    add_command(commands, "up", _up, _("run the whole node: pages, exchange and worker"))
    serve = add_command(commands, "serve", _serve, _("serve the pages"))
    serve.add_argument(
        "--web", default="", help=_("serve elsewhere than node.toml says: host:port")
    )
    simulating.register(commands)
    collecting.register(commands)


def _up(options: argparse.Namespace) -> int:
    return Supervisor(PROCESSES).run()


def _serve(options: argparse.Namespace) -> None:
    # Imported here: the other commands need no web server, and start faster without.
    from granian.constants import Interfaces
    from granian.server import Server

    config = this_node().config
    host, _separator, port = (options.web or config.web).rpartition(":")
    tls = bool(config.tls_certificate)
    Server(
        "openmidas.web.wsgi:doorway",
        address=host.strip("[]"),
        port=int(port),
        interface=Interfaces.RSGI,
        workers=1,
        websockets=False,
        ssl_cert=Path(config.tls_certificate) if tls else None,
        ssl_key=Path(config.tls_key) if tls else None,
        log_access=False,
    ).serve()
