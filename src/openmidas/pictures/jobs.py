"""What the worker of a post does about pictures."""

from __future__ import annotations

from datetime import timedelta

from openmidas.journal import NodeKind
from openmidas.nodes.jobs import every
from openmidas.pictures.sending import write_next_piece


@every(timedelta(seconds=5), at=NodeKind.POST)
def write_pictures() -> None:
    """The next piece of a picture, if one waits and nothing else does."""
    write_next_piece()
