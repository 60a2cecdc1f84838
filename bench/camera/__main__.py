"""``run.py bench camera [DIR]``: how well photographs of documents are read.

DIR has pictures and a ``truth.json``: by the name of each picture, the lines of its zone as a person
reads them. Without DIR, photographs are made for it (``--made``, ``--seed``), of documents that never were.
*Exact* is a whole zone without one wrong character; *accepted* is what the reader calls certain. Time is
of the processor, other processes' included. PassportEye and fastmrz read the same pictures where they run
(``--peers``); what they call valid counts as accepted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.camera.measuring import Measured, Score, read_ours
from bench.camera.peers import measure_peers
from bench.camera.pictures import Made, Picture, need_font, pictures_of, write_truth
from bench.report import Figure, at_least, at_most, print_report

MADE, QUICK = 3600, 30
SEED = 20261127
EXACT, ACCEPTED, WRONG, SECONDS = 92.0, 85.0, 0.1, 1.0
console = Console(stderr=True)


def main() -> int:
    """Measure, print. Fails where something wrong was accepted."""
    parser = argparse.ArgumentParser(prog="run.py bench camera", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    parser.add_argument("--made", type=int, default=MADE, help="how many photographs to make")
    parser.add_argument("--seed", type=int, default=SEED, help="which photographs")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="how many at a time")
    parser.add_argument("--keep", type=Path, help="put those that are made into this folder")
    parser.add_argument("--peers", action="store_true", help="measure PassportEye and fastmrz too")
    parser.add_argument("--tessdata", type=Path, help="folder of mrz.traineddata, for the peers")
    parser.add_argument("--wrong", action="store_true", help="tell what was not read exactly")
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help="few photographs, within a minute")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        asked: Sequence[Picture | Made]
        if options.folder:
            asked = pictures_of(options.folder)
        else:
            need_font()
            folder = options.keep or Path(passing)
            folder.mkdir(exist_ok=True)
            number = QUICK if options.quick else options.made
            asked = [Made(place, options.seed, folder) for place in range(number)]
        read = _read(asked, options.processes)
        seen = [one.picture for one in read]
        if options.keep and not options.folder:
            write_truth(seen, options.keep)
        scores, missing = measure_peers(seen, options.tessdata) if options.peers else ({}, [])
    kinds: dict[str, Score] = defaultdict(Score)
    ours = Score()
    for one in read:
        for score in (ours, kinds[one.picture.kind]):
            score.count(one.picture.lines, one.lines, one.accepted, one.took)
        if options.wrong and one.lines != one.picture.lines:
            _tell(one)
    for what in missing:
        console.print(f"left out: {what}")
    console.print(_table(kinds))
    print_report("camera", _figures(ours, max(one.memory for one in read), scores), options.json)
    return 1 if ours.accepted_wrong else 0


def _read(asked: Sequence[Picture | Made], processes: int) -> list[Measured]:
    """All of them, several at a time; each in a process and on a core of its own, so that its time is."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        reading = pool.map(read_ours, asked)
        return list(track(reading, "pictures", len(asked), console=console))


def _tell(one: Measured) -> None:
    console.print(one.picture.file.name, "accepted" if one.accepted else "", highlight=False)
    for right, said in zip(one.picture.lines, one.lines or [""] * 3, strict=False):
        console.print(f"  {right}\n  {said}", highlight=False, markup=False)


def _figures(ours: Score, memory: float, peers: Mapping[str, Score]) -> list[Figure]:
    def of(what: str) -> dict[str, float]:
        return {name: _value(score, what) for name, score in peers.items()}

    seconds = sorted(ours.seconds)
    return [
        Figure("pictures", ours.pictures, "", None, None),
        at_least("whole zone exact", _value(ours, "exact"), "%", EXACT, **of("exact")),
        Figure("characters wrong", _value(ours, "errors"), "%", None, None, of("errors")),
        at_least("accepted", _value(ours, "accepted"), "%", ACCEPTED, **of("accepted")),
        at_most("of those, wrong", _value(ours, "wrong"), "%", WRONG, **of("wrong")),
        Figure("wrong at most (95 % bound)", _value(ours, "bound"), "%", None, None, of("bound")),
        at_most("processor time, mean", _value(ours, "cpu"), "s", SECONDS, **of("cpu")),
        Figure("of nine in ten", round(seconds[int(len(seconds) * 0.9)], 2), "s", None, None),
        Figure("memory", round(memory), "MB", None, None),
    ]


def _value(score: Score, what: str) -> float:
    match what:
        case "exact":
            return score.percent(score.exact)
        case "errors":
            return round(100 * score.wrong_characters / max(1, score.characters), 2)
        case "accepted":
            return score.percent(score.accepted)
        case "wrong":
            return round(100 * score.accepted_wrong / max(1, score.accepted), 2)
        case "bound":
            return round(score.wrong_bound, 2)
        case _:
            return round(statistics.fmean(score.seconds), 2)


def _table(kinds: Mapping[str, Score]) -> Table:
    """By how the pictures were taken."""
    shown = Table(title="by kind of picture", title_justify="left")
    for column in ("kind", "pictures", "exact", "accepted", "of those, wrong", "s"):
        shown.add_column(column, justify="left" if column == "kind" else "right")
    for kind, score in sorted(kinds.items()):
        numbers = (score.pictures, score.exact, score.accepted, score.accepted_wrong)
        seconds = f"{statistics.fmean(score.seconds):.2f}"
        shown.add_row(kind, *(str(number) for number in numbers), seconds)
    return shown


if __name__ == "__main__":
    raise SystemExit(main())
