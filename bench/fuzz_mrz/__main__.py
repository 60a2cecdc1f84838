"""``run.py bench fuzz_mrz``: a million inputs and more, none of which may raise.

Two ways of making them. *Grammar*: zones by Doc 9303 in which each field is right, at the edge, or wrong
(hypothesis); they come far into the reader. *Coverage*: atheris changes the corpus byte by byte, keeps
what reaches code that nothing reached before, and goes on from there. Each input is searched for a zone,
read, answered as JSON and in words, and written again.
"""

from __future__ import annotations

import argparse
import platform
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from rich.console import Console

import run
from bench.fuzz_mrz.grammar import zones
from bench.fuzz_mrz.target import swallow
from bench.mrz.corpus import load
from bench.peers import PeersEnvironment
from bench.report import Figure, at_least, at_most, print_report

HERE = Path(__file__).resolve().parent
SEED = 9303
GRAMMAR, QUICK_GRAMMAR = 50_000, 2_000
COVERAGE, QUICK_COVERAGE = 1_000_000, 20_000
_DONE = re.compile(r"Done (\d+) runs")
_BEGUN = re.compile(r"^#(\d+)\s", re.MULTILINE)
_TOO_LONG = "ALARM: working on the last Unit"
_PEERS = PeersEnvironment(HERE / ".venv", run.LOCK / "peers-fuzz.txt")
console = Console(stderr=True)


def main() -> int:
    """Feed, count, print. Fails where anything raised, or fewer were fed than were asked for."""
    parser = argparse.ArgumentParser(prog="run.py bench fuzz_mrz", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help="few of each, within a minute")
    parser.add_argument("--seed", type=int, default=SEED, help="which inputs")
    options = parser.parse_args()
    grammar, coverage = (QUICK_GRAMMAR, QUICK_COVERAGE) if options.quick else (GRAMMAR, COVERAGE)
    figures = by_grammar(grammar, options.seed)
    if environment_is_made():
        figures += by_coverage(coverage, options.seed)
    else:
        console.print("left out: atheris could not be installed (it is for Linux and macOS)")
    print_report("fuzz_mrz", figures, options.json)
    return 0 if all(figure.met is not False for figure in figures) else 1


def by_grammar(inputs: int, seed: int) -> list[Figure]:
    """Zones by the grammar, with how many of them were read as which format and as right."""
    read: Counter[str] = Counter()

    @seeded(seed)
    @settings(
        max_examples=inputs,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(zones())
    def feed(text: str) -> None:
        read["fed"] += 1
        try:
            found = swallow(text.encode("utf-8", "surrogatepass"))
        except Exception as error:  # noqa: BLE001  any at all is what is looked for
            read["raised"] += 1
            console.print(f"{error!r} for {text!r}", markup=False)
            return
        read["of a format"] += any(one.format for one in found)
        read["right"] += any(one.ok for one in found)

    feed()
    return [
        at_least("zones by the grammar", read["fed"], "", inputs),
        Figure("of them read as a format", read["of a format"], "", None, None),
        Figure("of them right", read["right"], "", None, None),
        at_most("of them that raised", read["raised"], "", 0),
    ]


def by_coverage(inputs: int, seed: int) -> list[Figure]:
    """Inputs of atheris, which begins with the corpus."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in load():
            (folder / case.id).write_text(case.text, encoding="utf-8")
        line: list[str | Path] = [
            _PEERS.python,
            "-I",
            HERE / "driver.py",
            str(inputs),
            str(seed),
            folder,
        ]
        done = subprocess.run(line, capture_output=True, cwd=folder, check=False)
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        console.print(said[-4000:], markup=False)
    runs = _DONE.findall(said) or _BEGUN.findall(said) or ["0"]
    too_long = _TOO_LONG in said
    return [
        at_least("inputs by coverage (atheris)", int(runs[-1]), "", inputs),
        at_most("of them that raised", int(done.returncode != 0 and not too_long), "", 0),
        at_most("of them that took a minute", int(too_long), "", 0),
    ]


def environment_is_made() -> bool:
    """Whether atheris is there, installed on first use; there is none for Windows."""
    if platform.system() == "Windows":
        return False
    if not _PEERS.is_made():
        if not (_PEERS.make_empty() and _PEERS.install(_PEERS.locked)):
            return False
        _PEERS.done()
    return True


if __name__ == "__main__":
    raise SystemExit(main())
