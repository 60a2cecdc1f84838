"""Reading strangers' codes in a process of its own, that has little room and little time.

``python -m openmidas.documents.seals.confined < request > readings`` is that process.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import date

import msgspec

from openmidas.documents.confining import bound, run_confined
from openmidas.documents.seals.certificates import Trust
from openmidas.documents.seals.problems import NotASeal, finding
from openmidas.documents.seals.reading import CodeReading, read_code

MOST_BYTES = 16 * 1024
"""Of one code: more than the largest holds. What is longer is no seal, and is not looked at."""
MOST_CODES = 16
SECONDS = 15.0
"""That the caller waits at most; the process itself gets less of the processor."""
_ROOM = 512 * 1024 * 1024
_PROCESSOR_SECONDS = 8


class Request(msgspec.Struct, frozen=True):
    """What the other process is asked."""

    codes: tuple[bytes, ...]
    trust: Trust
    today: date


def read_codes_confined(
    codes: Sequence[bytes], trust: Trust, *, today: date, seconds: float = SECONDS
) -> list[CodeReading]:
    """The same as `read_code` of each, with bounds on memory and time that no code can widen.

    Raises `NotASeal` ``too_many_codes``, ``took_too_long``, ``reading_failed``: then nothing is known of any.
    """
    if len(codes) > MOST_CODES:
        raise NotASeal("too_many_codes", "code", most=str(MOST_CODES))
    request = Request(tuple(code for code in codes if len(code) <= MOST_BYTES), trust, today)
    try:
        asked = msgspec.msgpack.encode(request)
        done = run_confined(("-m", "openmidas.documents.seals.confined"), asked, seconds)
    except subprocess.TimeoutExpired:
        raise NotASeal("took_too_long", "code") from None
    if done.returncode:
        raise NotASeal("reading_failed", "code")
    try:
        readings = msgspec.json.decode(done.stdout, type=list[CodeReading])
    except msgspec.MsgspecError:
        raise NotASeal("reading_failed", "code") from None
    if len(readings) != len(request.codes):
        raise NotASeal("reading_failed", "code")
    told = iter(readings)
    return [next(told) if len(code) <= MOST_BYTES else _too_long(code) for code in codes]


def _too_long(code: bytes) -> CodeReading:
    return CodeReading(problem=finding("seal_too_long", "seal", bytes=str(len(code))))


def main() -> int:
    """Read what comes in, within bounds that nothing in it can widen."""
    bound(_ROOM, _PROCESSOR_SECONDS, writes=False)
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Request)
    readings = [read_code(code, asked.trust, today=asked.today) for code in asked.codes]
    # As JSON: MessagePack forgets how far the clock of a post stood from UTC.
    sys.stdout.buffer.write(msgspec.json.encode(readings))
    return 0


if __name__ == "__main__":
    sys.exit(main())
