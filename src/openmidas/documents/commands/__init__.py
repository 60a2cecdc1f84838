"""``midas read`` and ``midas documents``: reading documents for other programs, without a node."""

from __future__ import annotations

from openmidas.documents.commands.main import (
    COMMANDS,
    add_commands,
    add_document_commands,
    main,
    main_documents,
)

__all__ = ["COMMANDS", "add_commands", "add_document_commands", "main", "main_documents"]
