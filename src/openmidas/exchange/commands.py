"""``midas exchange`` and ``midas worker``: the processes beside the pages."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _

from openmidas.exchange import lease_commands, seal_commands, stick_commands
from openmidas.nodes.commanding import CommandFailed, Commands, add_command
from openmidas.nodes.sealing.guarding import run_when_open


def register(commands: Commands) -> None:
    """Add this room's commands."""
    add_command(
        commands, "exchange", _exchange, _("carry journals between this node and its peers")
    )
    stick_commands.register(commands)
    seal_commands.register(commands)
    lease_commands.register(commands)
    add_command(commands, "worker", _worker, _("let the tables follow the journals that arrived"))


def _exchange(options: argparse.Namespace) -> None:
    # Imported here: the other commands need neither, and start faster without.
    from openmidas.exchange.process import run_exchange

    try:
        run_when_open(run_exchange)
    except OSError as error:
        raise CommandFailed(
            _("The exchange cannot listen: %(reason)s") % {"reason": error}
        ) from error


def _worker(options: argparse.Namespace) -> None:
    from openmidas.exchange.worker import run_worker

    run_when_open(run_worker)
