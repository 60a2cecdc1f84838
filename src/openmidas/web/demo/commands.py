"""``midas simulate``: travellers at the lanes of a post, for demonstrations, training and load tests."""

from __future__ import annotations

import argparse
import re
import signal
import threading
import time

from django.utils.translation import gettext as _
from rich.console import Console

from openmidas.nodes.commanding import CommandFailed, Commands, add_command
from openmidas.nodes.identity import this_node
from openmidas.web.demo import training
from openmidas.web.demo.simulation import Pace, Simulation, Summary

_DURATION = re.compile(r"(\d+)(s|m|h)")
_SECONDS = {"s": 1, "m": 60, "h": 3600}


def register(commands: Commands) -> None:
    """Add ``midas simulate``."""
    parser = add_command(
        commands, "simulate", _simulate, _("let invented travellers come to the lanes of this post")
    )
    add = parser.add_argument
    add("--per-day", type=int, default=552, help=_("travellers of a day"))
    add("--speed", type=float, default=1.0, help=_("times faster than life"))
    add("--lanes", type=int, default=1, help=_("how many lanes are open"))
    add("--seed", default="", help=_("the same seed, the same travellers"))
    add("--for", dest="duration", default="", help=_("for example 90s, 10m, 8h"))
    add("--flat-out", action="store_true", help=_("without waiting: what can the post take?"))
    add(
        "--training",
        action="store_true",
        help=_("this post is for training: it has recorded no real traveller, and never will"),
    )
    add("--officer", action="append", default=[], help=_("user name of an officer, one a lane"))
    add("--second-line", default="", help=_("user name of an officer of the second line"))


def _simulate(options: argparse.Namespace) -> int:
    seconds = read_duration(options.duration)
    if options.per_day < 1 or options.speed <= 0 or options.lanes < 1:
        raise CommandFailed(_("--per-day, --speed and --lanes must be above zero."))
    node = this_node()
    training.check_may_simulate(node, training=options.training)
    stage = training.stage_of(node)
    seed = options.seed or str(time.time_ns())
    simulation = Simulation(
        node.home,
        training.primary_officers(stage, options.lanes, options.officer),
        training.second_line(stage, options.second_line),
        training.travellers(stage, seed),
        Pace(per_day=options.per_day, speed=options.speed, flat_out=options.flat_out),
        seed,
    )
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: stop.set())
    summary = simulation.run(seconds, stop)
    print_summary(summary)
    return 1 if summary.errors or not summary.travellers else 0


def read_duration(text: str) -> float | None:
    """Seconds of "90s", "10m", "8h"; None for nothing. Raises `CommandFailed`."""
    if not text:
        return None
    found = _DURATION.fullmatch(text)
    if found is None:
        raise CommandFailed(_("“%(text)s” is no duration: 90s, 10m, 8h.") % {"text": text})
    return int(found[1]) * _SECONDS[found[2]]


def print_summary(summary: Summary) -> None:
    """Say what happened, errors last."""
    console = Console(soft_wrap=True, highlight=False)
    console.print(_("Travellers: %(number)d") % {"number": summary.travellers})
    console.print(_("Sent to the second line: %(number)d") % {"number": summary.referred})
    console.print(_("Parties that still wait outside: %(number)d") % {"number": summary.waiting})
    if summary.median is not None and summary.p95 is not None:
        console.print(
            _("Seconds that the post took for one: median %(median).3f, 95 in 100 below %(p95).3f")
            % {"median": summary.median, "p95": summary.p95}
        )
    console.print(_("Errors: %(number)d") % {"number": sum(summary.errors.values())})
    for error, number in summary.errors.items():
        console.print(f"  {number} × {error}", markup=False)
