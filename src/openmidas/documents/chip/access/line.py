"""The line to a chip: whatever carries bytes, with bounds that no chip can widen."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from openmidas.documents.chip.access.commands import OK, Answer, Command, read_answer
from openmidas.documents.chip.findings import Unreadable

SECONDS = 90.0
"""For one chip in all: a slow one with a large face takes about twenty."""
MOST_COMMANDS = 12_000


class Transmit(Protocol):
    """Carries a command to the chip and its answer back.

    Raises `TimeoutError` where no answer comes, and another `OSError` where the chip is gone.
    """

    def __call__(self, command: bytes, /) -> bytes: ...


class Line:
    """Sends commands until one of the bounds is reached.

    `clock`: seconds from somewhere on, for the bound of time. One exchange that hangs is for `transmit`
    to end; `waiting.Waiting` does it for those that cannot.
    """

    def __init__(
        self,
        transmit: Transmit,
        *,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transmit, self._clock = transmit, clock
        self._end = clock() + seconds
        self._left = MOST_COMMANDS

    def send(self, command: Command) -> Answer:
        """The chip's answer. Raises `Unreadable`: ``chip_gone``, ``chip_silent``, ``chip_too_long``."""
        if self._left <= 0 or self._clock() > self._end:
            raise Unreadable("chip_too_long")
        self._left -= 1
        try:
            raw = self._transmit(command.written())
        except TimeoutError:
            raise Unreadable("chip_silent") from None
        except OSError:
            raise Unreadable("chip_gone") from None
        return read_answer(raw)

    def ask(self, command: Command) -> bytes:
        """The data of an answer that went well. Raises `Unreadable`, also ``chip_refused``."""
        answer = self.send(command)
        if answer.status != OK:
            raise refused(answer.status)
        return answer.data


def refused(status: int) -> Unreadable:
    """The error for a status that is not the one hoped for."""
    return Unreadable("chip_refused", status=f"{status:04X}")
