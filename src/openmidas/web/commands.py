"""``midas serve``, ``midas up`` and, for demonstrations, ``midas simulate``."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _

from openmidas.nodes.commanding import Commands, add_command
from openmidas.nodes.identity import this_node
from openmidas.nodes.supervise import Supervisor
from openmidas.web.collecting import commands as collecting
from openmidas.web.demo import commands as simulating
from openmidas.web.gate.showing import show_gate_until_open
from openmidas.web.public import commands as for_public
from openmidas.web.serving import serve

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
    for_public.register(commands)


def _up(options: argparse.Namespace) -> int:
    # Where the public has an address of its own, its pages are a process of their own.
    public = ("public",) if this_node().config.public else ()
    return Supervisor((*PROCESSES, *public)).run()


def _serve(options: argparse.Namespace) -> None:
    address = options.web or this_node().config.web
    show_gate_until_open(address)
    serve("openmidas.web.wsgi:doorway", address)
