"""`node_work` of a node that runs a later version: ``python -m tests.exchange.newer_work COMMAND …``.

Beside the commands of `node_work`: ``say``, which writes what only this version knows.
"""

from __future__ import annotations

import sys

import django


def say() -> None:
    """Write an entry of a new kind, one of a known kind's next version, and one that anybody reads."""
    from django.db import transaction

    from openmidas.journal import TO_STATE, Actor
    from openmidas.journal.models import new_id
    from openmidas.nodes.entries import EpochOpened
    from openmidas.nodes.services import record
    from tests.support.newer import LookupWitnessed, PostRested

    looked = LookupWitnessed(
        lookup=new_id(), purpose="case", why="asked", query="Diallo", results=0, beside="Awa"
    )
    last = EpochOpened(name="more", state="MLI", public_key=b"")
    for content in (PostRested(rest=new_id()), looked, last):
        with transaction.atomic():
            record(content, actor=Actor(), audience=TO_STATE)


if __name__ == "__main__":
    django.setup()
    from tests.exchange import node_work
    from tests.support.newer import learn

    learn()
    commands = {**node_work.COMMANDS, "say": say}
    commands[sys.argv[1]](*sys.argv[2:])
