"""``midas public``: the pages for the public, and no others."""

from __future__ import annotations

import argparse
import os
import sys

from django.utils.translation import gettext as _

from openmidas.nodes.commanding import CommandFailed, Commands, add_command
from openmidas.nodes.identity import this_node
from openmidas.nodes.sealing.guarding import wait_until_open


def register(commands: Commands) -> None:
    """Add ``midas public``."""
    public = add_command(
        commands, "public", _public, _("serve the pages for the public, and no others")
    )
    public.add_argument(
        "--only-ask",
        action="store_true",
        help=_("serve nothing; fails where they have no address of their own"),
    )


def _public(options: argparse.Namespace) -> None:
    address = this_node().config.public
    if not address:
        raise CommandFailed(_('node.toml gives the public no address: public = "host:port"'))
    if options.only_ask:
        return
    wait_until_open()
    # In place of this process, whose settings are those of the officers' pages.
    own = {"DJANGO_SETTINGS_MODULE": "openmidas.web.public.settings"}
    command = [sys.executable, "-m", "openmidas.web.public", address]
    os.execve(sys.executable, command, os.environ | own)  # noqa: S606  our own module
