"""What goes on at a post of the sample country by itself: its history loads, then travellers come.

``python -m openmidas.web.demo.living``, as the post of ``OPENMIDAS_HOME``, until it is told to stop.
Started again, it goes on where it stopped.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import threading
from collections.abc import Callable
from uuid import UUID

import django

logger = logging.getLogger("openmidas.web.demo.living")

PATIENCE = 5.0
LEFT_OPEN = 0.2
"""The share of the hits of the history that nobody ever looks at."""
SPEED = 2.0
"""How much faster than at the real post travellers come: enough for today's numbers to move."""


def main() -> None:
    """Load, then simulate."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmidas.web.settings")
    django.setup()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: stop.set())
    if hasattr(os, "nice"):
        os.nice(5)  # pages, exchange and worker come first
    load_history(stop)
    tell_what_happened(stop)
    if not stop.is_set():
        complain()
        let_travellers_come(stop)


def load_history(stop: threading.Event) -> None:
    """Load what is missing of this post's history; waits for lists and rules to arrive first."""
    from django.db import DatabaseError

    from openmidas.crossings.facts import rules_in_force
    from openmidas.lists.in_use import editions_in_use
    from openmidas.nodes.identity import this_node
    from openmidas.web.demo.country import post_of, state_of
    from openmidas.web.demo.health import check_some
    from openmidas.web.demo.history import History
    from openmidas.web.demo.layout import began
    from openmidas.web.demo.progress import progress
    from openmidas.web.demo.recording import load
    from openmidas.web.demo.referrals import refer_some

    node = this_node()
    post, state, since = post_of(node.id), state_of(node.id), began(node.home)
    if post is None or state is None or since is None:
        return
    while not stop.is_set():
        try:
            if progress() is None:
                refer_some(post)
                check_some(post)
                return
            if rules_in_force() and editions_in_use():
                written = load(post, History(state, post, since), go_on=lambda: not stop.is_set())
                logger.info("%d entries of the history were written", written)
                continue
        except DatabaseError as error:
            logger.warning("the database is busy: %s", error)
        stop.wait(PATIENCE)


def tell_what_happened(stop: threading.Event) -> None:
    """Have the officers write what happened here, in turn; waits for them to arrive first."""
    from openmidas.nodes.identity import this_node
    from openmidas.web.demo.buses import bring_bus
    from openmidas.web.demo.country import post_of
    from openmidas.web.demo.fleeing import let_flee
    from openmidas.web.demo.happenings import let_happen
    from openmidas.web.demo.layout import began
    from openmidas.web.demo.neighbours import settle
    from openmidas.web.demo.registering import register_some
    from openmidas.web.demo.shifts import keep_book

    post, since = post_of(this_node().id), began(this_node().home)
    if post is None or since is None:
        return
    _written("incidents", lambda: let_happen(post, since), stop)
    _written("people who fled", lambda: let_flee(post, since), stop)
    _written("residents", lambda: settle(post), stop)
    _written("shifts", lambda: keep_book(post, since), stop)
    _written("travellers with a bus", lambda: bring_bus(post), stop)
    _written("registrations of people who fled", lambda: register_some(post), stop)


def _written(what: str, write: Callable[[], int], stop: threading.Event) -> None:
    """Have it written, again until the officer who does it has arrived; what is refused is left out."""
    from django.db import DatabaseError

    from openmidas.posts.models import Officer
    from openmidas.posts.refusals import Refused

    while not stop.is_set():
        try:
            logger.info("%d %s were written", write(), what)
            return
        except Refused as refused:
            logger.warning("no %s: %s", what, refused.code)
            return
        except (DatabaseError, Officer.DoesNotExist) as error:
            logger.warning("no %s yet: %s", what, error)
        stop.wait(PATIENCE)


def complain() -> None:
    """Some who crossed complain, once, where the headquarters is known that can read it."""
    from openmidas.posts.refusals import Refused
    from openmidas.web.demo.complaints import make_complaints

    try:
        logger.info("%d complaints were made", make_complaints())
    except Refused as refused:
        logger.warning("nobody could complain: %s", refused.code)


def let_travellers_come(stop: threading.Event) -> None:
    """Drive the last lane through the pages, as an officer would, until told to stop.

    Those who come are the next of the same sequence; after a restart it goes on behind those who
    have come already, so that nobody enters twice.
    """
    from openmidas.crossings.models import Crossing, Recorded
    from openmidas.nodes.identity import this_node
    from openmidas.web.demo.country import post_of, state_of
    from openmidas.web.demo.history import History
    from openmidas.web.demo.layout import PASSWORD, began
    from openmidas.web.demo.simulation import Pace, Simulation, Worker

    node = this_node()
    post, state, since = post_of(node.id), state_of(node.id), began(node.home)
    if post is None or state is None or since is None:
        return
    live = Crossing.objects.filter(node=node.id, recorded=Recorded.LIVE, lane=post.lanes[-1])
    came, coming = live.count(), History(state, post, since).coming()
    while came > 0:
        came -= len(next(coming).people)
    simulation = Simulation(
        node.home,
        [Worker(post.simulated.username, PASSWORD, post.lanes[-1])],
        Worker(post.second_line.username, PASSWORD),
        coming,
        Pace(per_day=post.traffic.per_day, speed=SPEED),
        str(since),
        hits=_unanswered(),
    )
    summary = simulation.run(None, stop)
    logger.info("%d travellers came; errors: %s", summary.travellers, summary.errors)


def _unanswered() -> list[UUID]:
    """Crossings of the history with hits that nobody has answered, the last first; some stay so."""
    from openmidas.crossings.hits import links
    from openmidas.crossings.inspection import State
    from openmidas.crossings.models import Crossing
    from openmidas.nodes.identity import this_node

    chance = random.Random(str(this_node().id))  # noqa: S311  repeatable, no secret
    noticed = Crossing.objects.filter(node=this_node().id).exclude(state=State.CLEAR)
    return [
        row.id
        for row in noticed.order_by("-at", "-id").iterator()
        if any(not link.answer for link in links(row.inspected()).values())
        and chance.random() >= LEFT_OPEN
    ]


if __name__ == "__main__":
    main()
