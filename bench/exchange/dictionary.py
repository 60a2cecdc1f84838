"""Makes the dictionary that frames begin with, of travellers of the sample country and nobody else.

    OPENMIDAS_HOME=COPY python -m bench.exchange.dictionary NUMBER

``COPY``: a copy of the folder ``met`` of a post that ``bench exchange --keep FOLDER`` has prepared: it
has the lists and rules of the sample country. Travellers of another seed than the benchmark's cross
there, and the dictionary is made of the beginnings of streams with their entries. A published number
is never made again: who has frames of that format could not read them any more.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
import zstandard

CROSSINGS = 3_000
BYTES = 24 * 1024
LENGTHS = (1, 1, 1, 2, 5, 20, 60)
"""Entries in the frames that it is made of: most streams of a live post begin with one or two."""


def main() -> None:
    """Let travellers cross and write the dictionary into the source tree."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmidas.web.settings")
    from bench.exchange.past import set_back

    clock = set_back(15.0)
    django.setup()
    import openmidas.journal.frames as frames
    from bench.exchange.travellers import Day
    from openmidas.journal.models import JournalEntry
    from openmidas.journal.signing import Head, Place
    from openmidas.nodes.identity import this_node

    Day(clock, "dictionary").let_cross(CROSSINGS)
    node = this_node().id
    sealed = [e.sealed() for e in JournalEntry.objects.filter(node=node).order_by("sequence")]
    plains: list[bytes | bytearray | memoryview] = []

    class Plain(frames.FrameWriter):
        def _pack(self, plain: bytes) -> bytes:
            plains.append(plain)
            return b""

    at = turn = 0
    while at < len(sealed):
        run = sealed[at : at + LENGTHS[turn % len(LENGTHS)]]
        place = Place(node, 1, 1, bytes(32))
        Plain().write(run, Head(place, bytes(64)))
        at, turn = at + len(run), turn + 1
    made = zstandard.train_dictionary(BYTES, plains, level=frames.LEVEL, dict_id=int(sys.argv[1]))
    target = Path(frames.__file__).parent / "dictionaries" / f"{sys.argv[1]}.zdict"
    target.write_bytes(made.as_bytes())
    sys.stdout.write(f"{len(plains)} beginnings, {len(made)} bytes: {target.name}\n")


if __name__ == "__main__":
    main()
