"""What the real nodes of a test do, each command in a process of its own.

    python -m tests.exchange.node_work init|meet|write|exchange|settled [ARGUMENTS]

The node is the one in ``OPENMIDAS_HOME``.
"""

from __future__ import annotations

import sys
import time
from hashlib import sha256
from uuid import UUID

import django
import msgspec


class Copy(msgspec.Struct, frozen=True):
    """How one journal stands at one node: a digest over its headers, and how many bodies are there."""

    node: UUID
    sequence: int
    entries: int
    digest: str
    bodies: int
    holds: bool
    witnessed: int


def init() -> None:
    """Make the database and open the journal; prints the node's card."""
    from django.core.management import call_command

    from openmidas.nodes.identity import this_node
    from openmidas.nodes.services import open_own_journal

    call_command("migrate", verbosity=0)
    open_own_journal()
    sys.stdout.write(this_node().card().encode().decode())


def meet() -> None:
    """Get to know the node whose card comes in; an HQ enrols it."""
    from openmidas.journal import Actor
    from openmidas.nodes import services
    from openmidas.nodes.identity import NodeCard, this_node

    card = NodeCard.decode(sys.stdin.buffer.read())
    if this_node().is_hq:
        services.enrol(card, actor=Actor())
    else:
        services.meet(card)


def write(count: str) -> None:
    """Write entries one by one, every other one for the HQ only."""
    from django.db import transaction

    from openmidas.journal import TO_HQ, TO_STATE, Actor
    from openmidas.nodes.entries import EpochOpened
    from openmidas.nodes.services import record

    for number in range(int(count)):
        content = EpochOpened(name=str(number), state="MLI", public_key=b"")
        with transaction.atomic():
            record(content, actor=Actor(), audience=TO_HQ if number % 2 else TO_STATE)


def exchange() -> None:
    """Exchange until told to stop."""
    from openmidas.exchange.process import run_exchange

    run_exchange()


def settled(*expected: str) -> None:
    """Wait until every journal reaches what is expected of it (``NODE=SEQUENCE``); prints the copies."""
    from openmidas.exchange.status import exchange_status
    from openmidas.journal.models import Journal

    wanted = {
        UUID(node): int(number) for node, _, number in (each.partition("=") for each in expected)
    }
    deadline = time.monotonic() + 25
    while time.monotonic() < deadline:
        reached = dict(Journal.objects.values_list("node", "sequence"))
        if reached == wanted and all(peer.to_go == 0 for peer in exchange_status().peers):
            break
        time.sleep(0.1)
    sys.stdout.write(msgspec.json.encode(_copies()).decode())


def _copies() -> list[Copy]:
    from openmidas.journal.models import JournalEntry
    from openmidas.journal.verify import verify_all
    from openmidas.nodes.services import witness_keys

    copies = []
    for verdict in verify_all(witness_keys()):
        entries = JournalEntry.objects.filter(node=verdict.node).order_by("sequence")
        headers = [bytes(entry.header) for entry in entries]
        copies.append(
            Copy(
                node=verdict.node,
                sequence=verdict.sequence,
                entries=len(headers),
                digest=sha256(b"".join(headers)).hexdigest(),
                bodies=sum(entry.body is not None for entry in entries),
                holds=verdict.holds,
                witnessed=verdict.witnessed,
            )
        )
    return copies


if __name__ == "__main__":
    django.setup()
    commands = {
        "init": init,
        "meet": meet,
        "write": write,
        "exchange": exchange,
        "settled": settled,
    }
    commands[sys.argv[1]](*sys.argv[2:])
