"""``midas flows``: what an administrator can ask of the roll-ups."""

from __future__ import annotations

from openmidas.nodes.commanding import Commands


def register(commands: Commands) -> None:
    """Add this room's commands."""
