"""Adds to the second store in a folder until it is killed; prints each number once it is given."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import uuid4

from openmidas.journal import TO_HQ, Actor, Content, NodeKind, kind
from openmidas.nodes.collecting.store import CollectingStore
from openmidas.nodes.home import NodeHome


@kind("test.collecting_said", version=1, audience=TO_HQ, authority=[NodeKind.POST])
class Said(Content, frozen=True, kw_only=True):
    """Something to collect: the store knows no kind and needs no database."""

    name: str


if __name__ == "__main__":
    store = CollectingStore(NodeHome(Path(sys.argv[1])))
    while True:
        number = store.add(uuid4(), Said(name="Mariam"), Actor(), 1_760_000_000_000)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
