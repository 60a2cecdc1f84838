"""``python -m openmidas.documents.chip.importing_child < request > answer``: see `confined_importing`."""

from __future__ import annotations

import sys

import msgspec

from openmidas.documents.chip.confined_importing import ImportAnswer, ImportRequest
from openmidas.documents.chip.importing import import_file
from openmidas.documents.confining import bound

_ROOM = 768 * 1024 * 1024
_SECONDS = 30


def main() -> int:
    """Read what comes in, within bounds that nothing in it can widen."""
    bound(_ROOM, _SECONDS, writes=False)
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=ImportRequest)
    store, said = import_file(asked.store, asked.file, asked.data, by=asked.by, at=asked.at)
    sys.stdout.buffer.write(msgspec.msgpack.encode(ImportAnswer(store, said)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
