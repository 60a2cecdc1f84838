"""What is done at the post of the benchmark, each command in a process of its own.

    python -m bench.exchange.filling COMMAND [ARGUMENT …]

``settled DAYS ENTRIES``: wait until the HQ's journal is here as far as that and its lists are in use.
``fill DAYS COUNT``: let so many travellers cross, of whom the first came DAYS days ago; what they
left in the journal is printed as JSON (`Filled`). ``hit``: wait for a line on standard input, then
let somebody on the list come; prints the crossing's id as soon as it is on the disk.

The node is the one in ``OPENMIDAS_HOME``.
"""

from __future__ import annotations

import os
import sys
import time

import django
import msgspec

from bench.exchange.past import Clock, set_back

SECONDS = 300
PER_DAY = 800
"""Travellers of a busy day at Kourémalé."""


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """What travellers left in the journal of their post.

    ``entries``: how many entries a crossing has; ``bodies``, ``packed``: bytes of their bodies a
    crossing, and the same in batches of 60 under Zstandard 19 without a dictionary; ``sealed``: bytes
    of headers and salts a crossing. ``sequence``: of the journal's last entry.
    """

    crossings: int
    sequence: int
    entries: float
    bodies: float
    packed: float
    sealed: float
    kinds: dict[str, int]


def settled(clock: Clock, entries: int) -> None:
    """Wait until the post can work and both have each other's journals. Raises `TimeoutError`."""
    from openmidas.crossings.facts import rules_in_force
    from openmidas.journal.local import HeldReceipt
    from openmidas.journal.models import Journal
    from openmidas.lists.in_use import editions_in_use
    from openmidas.nodes.identity import this_node
    from openmidas.posts.models import Post

    node = this_node().id
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        theirs = Journal.objects.exclude(node=node).first()
        ours = Journal.objects.get(node=node)
        receipts = HeldReceipt.objects.filter(node=node, sequence=ours.sequence)
        arrived = theirs is not None and theirs.projected >= entries and receipts.exists()
        laid_out = arrived and Post.objects.filter(id=node).exists()
        if laid_out and rules_in_force() and editions_in_use():
            return
        time.sleep(0.3)
    raise TimeoutError("the post did not get what its headquarters has published")


def fill(clock: Clock, count: int) -> None:
    """Let travellers cross, and print what that left in the journal."""
    from bench.exchange.travellers import Day, weigh

    first = Day(clock).let_cross(count)
    sys.stdout.write(msgspec.json.encode(weigh(first, count)).decode())


def hit() -> None:
    """Let somebody on the list come when told to; print the crossing's id."""
    from bench.exchange.travellers import refer_listed
    from openmidas.lists.in_use import lists_now

    lists_now()  # read before it counts
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(f"{refer_listed()}\n")


def main() -> None:
    """Do one of these."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmidas.web.settings")
    command, *words = sys.argv[1:]
    clock = set_back(float(words[0]) if words else 0.0)
    django.setup()
    if command == "hit":
        hit()
    else:
        {"settled": settled, "fill": fill}[command](clock, int(words[1]))


if __name__ == "__main__":
    main()
