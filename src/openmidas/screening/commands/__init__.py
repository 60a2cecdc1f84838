"""``midas screen run`` and ``midas screen compare``: screening for other programs, without a node."""

from __future__ import annotations

from openmidas.screening.commands.main import COMMANDS, add_commands, main

__all__ = ["COMMANDS", "add_commands", "main"]
