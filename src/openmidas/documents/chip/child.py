"""``python -m openmidas.documents.chip.child < request > reading``: see `confined`."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from openmidas.documents.chip.confined import Request
from openmidas.documents.chip.reading import read_chip
from openmidas.documents.chip.store import load
from openmidas.documents.confining import bound

_ROOM = 768 * 1024 * 1024
_SECONDS = 10


def main() -> int:
    """Read what comes in, within bounds that nothing in it can widen."""
    bound(_ROOM, _SECONDS, writes=False)
    request = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Request)
    trust = load(Path(request.trust)) if request.trust else request.store
    reading = read_chip(
        request.files, trust, at=request.at, printed=request.printed, proofs=request.proofs
    )
    sys.stdout.buffer.write(msgspec.msgpack.encode(reading))
    return 0


if __name__ == "__main__":
    sys.exit(main())
