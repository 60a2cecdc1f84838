"""Writes crossings as the counter does, one transaction each, and says which are on the disk.

``python -m bench.survival.writer COUNT [deaf]`` does so at the node of ``OPENMIDAS_HOME``, for programs
that look over a process's shoulder (strace, faketime): a line for each crossing, with what the
machine's clock said, or the word ``refused``. A deaf one takes no notice of errors: for a control.
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from collections.abc import Callable
from uuid import UUID

PAUSE = 0.004


def write(
    acknowledge: Callable[[UUID], object],
    *,
    count: int | None = None,
    early: bool = False,
    refused: Callable[[UUID], object] | None = None,
) -> None:
    """Write crossings, on and on or so many of them.

    ``early``: acknowledge before the transaction is committed, which is wrong: for a control.
    ``refused``: called where the database did not take one; without it, that is raised.
    """
    from django.db import DatabaseError, transaction

    from bench.survival.simulation.happening import World
    from bench.survival.simulation.officers import Officers
    from openmidas.journal import Actor
    from openmidas.nodes.services import record

    seed = random.SystemRandom().getrandbits(64)
    officers = Officers(World(seed), "post", ())
    for number in itertools.count():
        if number == count:
            return
        fact = officers.crossing()
        try:
            with transaction.atomic():
                record(fact.content, actor=Actor(), audience=fact.audience)
                if early:
                    acknowledge(fact.id)
                    time.sleep(PAUSE)
        except DatabaseError:
            if refused is None:
                raise
            refused(fact.id)
            continue
        if not early:
            acknowledge(fact.id)


def main() -> None:
    """Write so many, and tell."""
    import django

    django.setup()

    def say(text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def acknowledge(fact: UUID) -> None:
        say(f"{fact} {time.time_ns() // 1_000_000}")

    deaf = sys.argv[2:] == ["deaf"]
    refused = acknowledge if deaf else lambda fact: say("refused")
    write(acknowledge, count=int(sys.argv[1]), refused=refused)


if __name__ == "__main__":
    main()
