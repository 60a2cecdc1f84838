"""What the real nodes of a test about erasures do, in a process of their own.

    python -m tests.exchange.erasure_work follow

The node is the one in ``OPENMIDAS_HOME``.
"""

from __future__ import annotations

import sys

import django
import msgspec


class Stands(msgspec.Struct, frozen=True):
    """Crossings in the tables, entries of posts without a body, erasures under way, and the proof."""

    crossings: int
    erased: int
    under_way: int
    holds: bool


def follow() -> None:
    """Let the tables follow and a post report at once; prints how it stands."""
    from openmidas.crossings.models import Crossing
    from openmidas.exchange.worker import run_once
    from openmidas.journal.local import ErasureUnderWay
    from openmidas.journal.models import Journal, JournalEntry
    from openmidas.journal.verify import verify_all
    from openmidas.nodes.identity import this_node
    from openmidas.nodes.local import Uptime
    from openmidas.nodes.reports import report
    from openmidas.nodes.services import witness_keys, writer_keys

    while run_once():
        pass
    if not this_node().is_hq:
        Uptime.objects.update(reported=0)
        report()
    posts = Journal.objects.filter(node_kind="post").values("node")
    stands = Stands(
        crossings=Crossing.objects.count(),
        erased=JournalEntry.objects.filter(node__in=posts, body=None).count(),
        under_way=ErasureUnderWay.objects.count(),
        holds=all(one.holds for one in verify_all(witness_keys(), writer_keys=writer_keys())),
    )
    sys.stdout.write(msgspec.json.encode(stands).decode())


if __name__ == "__main__":
    django.setup()
    {"follow": follow}[sys.argv[1]]()
