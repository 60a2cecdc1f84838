"""What the worker does about pictures."""

from __future__ import annotations

from datetime import timedelta

from openmidas.journal import NodeKind
from openmidas.nodes.jobs import every
from openmidas.pictures.erasing import erase_left_over
from openmidas.pictures.sending import write_next_piece


@every(timedelta(seconds=5), at=NodeKind.POST)
def write_pictures() -> None:
    """The next piece of a picture, if one waits and nothing else does."""
    write_next_piece()


@every(timedelta(hours=1), at=NodeKind.HQ)
def erase_what_came_late() -> None:
    """Pieces that a post wrote before it heard that their picture is erased."""
    erase_left_over()
