"""``run.py bench mrz``: how right and how fast parsers of machine readable zones are, side by side.

Each parser reads the project's corpus, written from Doc 9303: a case is right if the parser calls what is
valid valid, what is not invalid, and reads the fields that the case names. Then every parser reads what it
could, again and again, for so many seconds of its own processor time. At last ours reads a million spoilt
zones: none may raise.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.mrz.corpus import Case, is_right, load
from bench.mrz.fuzzing import spoilt
from bench.mrz.peers.environment import Line, prepare
from bench.report import Figure, at_least, at_most, print_report
from openmidas.documents import Reading, read_mrz

TODAY = date(2026, 11, 21)
SECONDS, QUICK_SECONDS = 3.0, 0.5
INPUTS, QUICK_INPUTS = 1_000_000, 20_000
SEED = 9303
OURS = "ours"
TIMES_MRZ = 3.0
console = Console(stderr=True)


class Measured(NamedTuple):
    """One parser. ``right``: by category, how many cases."""

    right: Counter[str]
    per_second: float


def main() -> int:
    """Measure, print. Fails where a goal is missed."""
    parser = argparse.ArgumentParser(prog="run.py bench mrz", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help="little of each, within a minute")
    parser.add_argument("--seed", type=int, default=SEED, help="which spoilt zones")
    options = parser.parse_args()
    cases = load()
    seconds = QUICK_SECONDS if options.quick else SECONDS
    lines, missing = prepare()
    for what in missing:
        console.print(f"left out: {what}")
    measured = {OURS: measure_ours(cases, seconds)}
    measured |= {name: measure_peer(line, cases, seconds) for name, line in lines.items()}
    console.print(table(cases, measured))
    inputs = QUICK_INPUTS if options.quick else INPUTS
    figures = figures_of(cases, measured)
    figures.append(Figure("spoilt zones read", inputs, "", None, None))
    figures.append(at_most("of them that raised", raised(cases, inputs, options.seed), "", 0))
    print_report("mrz", figures, options.json)
    return 0 if all(figure.met is not False for figure in figures) else 1


def measure_ours(cases: Sequence[Case], seconds: float) -> Measured:
    """The project's parser, in this process, timed as the others time themselves."""
    readings = [read_mrz(case.text, today=TODAY) for case in cases]
    texts = [case.text for case in cases]
    began, done = time.process_time(), 0
    while time.process_time() - began < seconds:
        for text in texts:
            read_mrz(text, today=TODAY)
        done += len(texts)
    took = time.process_time() - began
    return Measured(count(cases, [answer(reading) for reading in readings]), done / took)


def measure_peer(line: Line, cases: Sequence[Case], seconds: float) -> Measured:
    """Another parser, in a process of its own. Raises `CalledProcessError` when that fails."""
    asked = json.dumps({"zones": [case.text for case in cases], "seconds": seconds})
    done = subprocess.run(
        [str(part) for part in line], input=asked, capture_output=True, text=True, check=True
    )
    said = json.loads(done.stdout)
    return Measured(count(cases, said["answers"]), said["per_second"])


def answer(reading: Reading) -> dict[str, Any]:
    """A reading in the words of the corpus."""
    return {
        "valid": reading.ok,
        "number": reading.number,
        "issuer": reading.issuer,
        "nationality": reading.nationality,
        "surname": reading.surname,
        "given": reading.given_names,
        "sex": reading.sex or "<",
        "dob": reading.birth.text() if reading.birth else None,
        "expiry": reading.expiry.text() if reading.expiry else None,
    }


def count(cases: Sequence[Case], answers: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """How many cases of each category were answered rightly."""
    return Counter(
        case.cat for case, said in zip(cases, answers, strict=True) if is_right(case, said)
    )


def raised(cases: Sequence[Case], inputs: int, seed: int) -> int:
    """How many spoilt zones make our parser raise, which it never may: hence the broad clause."""
    failed = 0
    texts = spoilt([case.text for case in cases], inputs, seed)
    for text in track(texts, total=inputs, description="spoilt zones", console=console):
        try:
            read_mrz(text, today=TODAY)
        except Exception as error:  # noqa: BLE001  any at all is what is looked for
            failed += 1
            console.print(f"{error!r} for {text!r}")
    return failed


def figures_of(cases: Sequence[Case], measured: Mapping[str, Measured]) -> list[Figure]:
    """Right answers and speed, ours beside the others'."""
    ours = measured[OURS]
    right = {name: float(sum(one.right.values())) for name, one in measured.items() if name != OURS}
    speed = {name: float(round(one.per_second)) for name, one in measured.items() if name != OURS}
    figures = [
        Figure("cases", len(cases), "", None, None),
        at_least("of them read rightly", sum(ours.right.values()), "", len(cases), **right),
        Figure("zones read", round(ours.per_second), "/s", None, None, speed),
    ]
    if "mrz" in speed:
        times = ours.per_second / measured["mrz"].per_second
        figures.append(at_least("against mrz", round(times, 2), "×", TIMES_MRZ))
    if "fastmrz" in speed:
        times = ours.per_second / measured["fastmrz"].per_second
        figures.append(at_least("against fastmrz", round(times, 2), "×", 1))
    return figures


def table(cases: Sequence[Case], measured: Mapping[str, Measured]) -> Table:
    """Right answers by category."""
    shown = Table(title="read rightly, by what the cases are about", title_justify="left")
    for column in ("about", "cases", *measured):
        shown.add_column(column, justify="left" if column == "about" else "right")
    for category, number in Counter(case.cat for case in cases).items():
        cells = [str(one.right[category]) for one in measured.values()]
        shown.add_row(category, str(number), *cells)
    return shown


if __name__ == "__main__":
    raise SystemExit(main())
