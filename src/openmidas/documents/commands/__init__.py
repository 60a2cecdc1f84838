"""``midas read mrz``: reading documents for other programs, without a node."""

from __future__ import annotations

from openmidas.documents.commands.main import COMMANDS, add_commands, main

__all__ = ["COMMANDS", "add_commands", "main"]
