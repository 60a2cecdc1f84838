"""``midas read`` and ``midas documents``: reading documents for other programs, without a node."""

from __future__ import annotations

from openmidas.documents.commands.main import COMMANDS, add_commands, main
from openmidas.documents.commands.trust import add_trust_command, main_documents

__all__ = ["COMMANDS", "add_commands", "add_trust_command", "main", "main_documents"]
