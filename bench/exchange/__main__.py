"""``run.py bench exchange``: a post with a backlog and its HQ, over a bad line, down to the last byte.

A real post (sealed SQLite) and a real HQ (PostgreSQL) live in two network namespaces, joined by an
emulated line: 64 kbit/s, 600 ms there and back, with losses that are random or come in bursts. The
backlog is what the counter writes for travellers of the sample country. Bytes are counted on the
line, with their IP headers. Needs root on Linux; makes nothing outside its own folder but the
namespaces, which end with it.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.progress import Progress

from bench.exchange.emulator import open_networks
from bench.exchange.filling import PER_DAY
from bench.exchange.namespaces import CannotRun, check_machine
from bench.exchange.nodes import NodeFailed
from bench.exchange.preparing import Nodes
from bench.exchange.scenarios import DAYS_OFFLINE, FULL, QUICK, SCENARIOS, Bench, sixty_days
from bench.report import Figure, print_report

console = Console(stderr=True)
FEW = 1_000


def main() -> int:
    """Make, measure, print."""
    options = _options()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _interrupt)
    try:
        check_machine()
        with ExitStack() as stack:
            figures = measure(options, stack)
    except CannotRun as error:
        return _failed(f"The exchange cannot be measured on this machine: {error}")
    except NodeFailed as error:
        return _failed(f"A node failed, and the measurement with it: {error}")
    except KeyboardInterrupt:
        console.print("Stopped; nothing is left over.")
        return 130
    print_report("exchange", figures, options.json)
    return 0


def measure(options: argparse.Namespace, stack: ExitStack) -> list[Figure]:
    """The figures of the scenarios that were asked for. Raises `CannotRun`, `NodeFailed`."""
    kept = options.keep is not None
    folder = options.keep or stack.enter_context(
        tempfile.TemporaryDirectory(prefix="openmidas-bench-")
    )
    networks = stack.enter_context(open_networks(options.congestion))
    nodes = Nodes(Path(folder).absolute(), networks, stack, keep=kept)
    figures: list[Figure] = []
    with telling(f"preparing {options.crossings:,} crossings", 1) as told:
        filled = nodes.prepare(options.crossings)
        told(1)
    bench = Bench(
        nodes=nodes,
        networks=networks,
        telling=telling,
        crossings=options.crossings,
        filled=filled,
        quick=options.quick,
    )
    for scenario in [sixty_days] if options.long else map(SCENARIOS.__getitem__, options.only):
        for figure in scenario(bench):
            figures.append(figure)
            value = "—" if figure.value is None else f"{figure.value:,.4g}"
            console.print(f"{figure.name}: {value} {figure.unit}", highlight=False)
    return figures


@contextmanager
def telling(what: str, length: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error."""
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(what, total=length)
        yield lambda place: progress.update(task, completed=place)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py bench exchange", description=__doc__)
    add = parser.add_argument
    add("--json", action="store_true", help="one JSON object on the last line")
    add("--quick", action="store_true", help=f"{FEW:,} crossings, and fewer of everything")
    add("--only", action="append", choices=list(SCENARIOS), help="this scenario (may be repeated)")
    add("--long", action="store_true", help=f"{DAYS_OFFLINE} days of {PER_DAY} crossings, unscaled")
    add("--crossings", type=int, default=0, help="another number of them")
    add("--congestion", default="cubic", help="what TCP begins with, unless a process chooses")
    add("--keep", metavar="FOLDER", help="prepare the nodes there, and use them again next time")
    options = parser.parse_args()
    wanted = DAYS_OFFLINE * PER_DAY if options.long else FEW if options.quick else FULL
    options.crossings = options.crossings or wanted
    options.only = options.only or list(QUICK if options.quick else SCENARIOS)
    return options


def _failed(text: str) -> int:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
    return 1


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Unwind, and let nothing interrupt that: what was started is to be stopped."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
