"""Runs under atheris, in the environment of the peers: `driver.py RUNS SEED FOLDER`.

The folder holds inputs to begin with. libFuzzer writes how many runs were done to the error output and ends
the process by itself: with status 0, or with another and the input that raised.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris  # type: ignore[import-untyped]  # only in that environment, and without types

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
with atheris.instrument_imports(include=["openmidas"]):
    from bench.fuzz_mrz.target import swallow


def once(data: bytes) -> None:
    """One input."""
    swallow(data)


if __name__ == "__main__":
    runs, seed, folder = sys.argv[1:]
    atheris.Setup(
        [sys.argv[0], f"-runs={runs}", f"-seed={seed}", "-max_len=400", "-timeout=60", folder], once
    )
    atheris.Fuzz()
