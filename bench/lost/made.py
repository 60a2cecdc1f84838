"""What is in the files: real numbers, and hashes drawn at random."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from openmidas.screening.lost import Built, LostRow, Reason
from openmidas.screening.lost.building import write
from openmidas.screening.lost.keys import HASH_BITS, Records, row_records
from openmidas.screening.lost.reasons import DETAIL_BITS, detail_number
from openmidas.screening.lost.runs import Runs

KEY = bytes(range(32))
STATES = ("GIN", "MLI", "NER", "BFA", "SEN", "FRA")
_PIECE = 4_000_000


def real_rows(first: int, count: int) -> Iterator[LostRow]:
    """Numbers as passports have them; another ``first``, others."""
    for number in range(first, first + count):
        yield LostRow(
            STATES[number % len(STATES)], ("passport",), number_text(number), False, Reason.LOST
        )


def number_text(number: int) -> str:
    """The number of the n-th passport: each has another, with a letter as most have."""
    scattered = number * 7_919_993 % 1_000_000_000
    return f"{'ABCDEFGH'[number % 8]}{scattered:09}"


def drawn(count: int, seed: int) -> Iterator[Records]:
    """Records of hashes drawn at random, with reasons and months as a list of 26 years has them."""
    chance = np.random.default_rng(seed)
    reasons = [Reason.LOST, Reason.STOLEN, Reason.REVOKED, Reason.STOLEN_BLANK]
    bases = np.array([detail_number(reason, 0, altered=False) for reason in reasons], np.uint64)
    for start in range(0, count, _PIECE):
        size = min(_PIECE, count - start)
        hashes = chance.integers(0, 1 << HASH_BITS, size, np.uint64)
        why = bases[chance.choice(4, size, p=[0.62, 0.3, 0.05, 0.03])]
        months = (1 + 321 * np.sqrt(chance.random(size))).astype(np.uint64)
        altered = (chance.random(size) < 0.03).astype(np.uint64)
        yield hashes << np.uint64(DETAIL_BITS) | why | months << np.uint64(1) | altered


def make(path: Path, entries: int, real: int) -> tuple[Built, float, float]:
    """Build the file; what came of it, seconds of processor time, and MB of memory at the most."""
    with Runs(path.parent) as runs:
        for row in real_rows(0, real):
            runs.add(row_records(KEY, row))
        for records in drawn(entries - real, seed=5):
            runs.add_many(records)
        built = write(path, KEY, runs)
    return built, time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
