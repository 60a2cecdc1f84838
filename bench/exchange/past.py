"""Run a module of a node as if it were some time ago: what is recorded then is as old as it says.

    python -m bench.exchange.past DAYS MODULE [ARGUMENT …]

A backlog of ten thousand crossings takes days to come together at a real post; written in minutes,
its times would lie so close together that they would weigh less on the line than real ones. What
journals and ids are dated by is set back; the machine's own clock stays as it is.
"""

from __future__ import annotations

import runpy
import sys
import time

import uuid_utils.compat

DAY = 24 * 3600 * 10**9


class Clock:
    """A clock that runs behind the machine's, in nanoseconds since 1970, and can be put forward."""

    def __init__(self, behind: int) -> None:
        self._machine = time.time_ns
        self._behind = behind

    def time_ns(self) -> int:
        """What the clock says."""
        return self._machine() - self._behind

    def forward_to(self, moment: int) -> None:
        """Let it be this moment, if it is not past already. Never beyond the machine's own time."""
        moment = min(moment, self._machine())
        if moment > self.time_ns():
            self._behind = self._machine() - moment


def set_back(days: float) -> Clock:
    """From now on, journals of this process are dated by a clock so far behind.

    To be called before a room is imported.
    """
    clock = Clock(round(days * DAY))
    make = uuid_utils.compat.uuid7
    time.time_ns = clock.time_ns
    uuid_utils.compat.uuid7 = lambda: make(nanoseconds=clock.time_ns())  # type: ignore[misc,assignment]
    return clock


if __name__ == "__main__":
    set_back(float(sys.argv[1]))
    del sys.argv[:2]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
