"""``run.py bench chip``: master lists, real security objects, and spoilt ones; copies, and revocations.

Every master list of a folder is read, its signature checked, and its certificates counted, beside how many
of them `cryptography` loads by itself, key included. Then the security objects of six real States are
checked step by step, and spoilt one bit at a time: what is still accepted is told apart by why. Chips of our
own prove themselves, and copies of them try to; lists of revoked certificates are taken in and asked.
"""

from __future__ import annotations

import argparse
import json
import random
import time
import warnings
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from rich.console import Console
from rich.table import Table

from bench.chip.copies import Told, copy_figures, measure
from bench.chip.revoked import list_figures
from bench.report import Figure, at_least, at_most, print_report
from openmidas.documents.chip import (
    Authentication,
    TrustStore,
    approve,
    authenticate,
    import_file,
    read_master_list,
)
from openmidas.documents.chip.steps import STEPS

DATA = Path(__file__).resolve().parents[2] / "tests" / "documents" / "data" / "pki"
NOW = datetime(2026, 11, 27, tzinfo=UTC)
FLIPS, QUICK_FLIPS = 3000, 300
ROUNDS, QUICK_ROUNDS = 20, 1
SEED = 9303
PEER = "cryptography"
SAME_NAME = "signer_spelled_otherwise"
console = Console(stderr=True)


class ListFigures(NamedTuple):
    """One master list."""

    loaded: int
    unread: int
    alone: int
    verified: bool
    signer: str
    milliseconds: float


class Tampered(NamedTuple):
    """What became of the spoilt security objects."""

    refused: int
    unknown: int
    same_name: int
    accepted: int


def main() -> int:
    """Measure, print. Fails where a goal is missed."""
    parser = argparse.ArgumentParser(prog="run.py bench chip", description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=DATA, help="with *.ml, *.cer, sod.json"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help="few spoilt bits, within a minute")
    parser.add_argument("--seed", type=int, default=SEED, help="which bits are spoilt")
    options = parser.parse_args()
    lists = {path.name: read(path) for path in sorted(options.folder.glob("*.ml"))}
    store = trusting(options.folder)
    sods = {
        one["state"]: bytes.fromhex(one["sod"])
        for one in json.loads((options.folder / "sod.json").read_text(encoding="utf-8"))
    }
    checked = {state: timed(sod, store) for state, sod in sods.items()}
    flips = QUICK_FLIPS if options.quick else FLIPS
    spoilt = {
        state: tamper(sod, store, flips, options.seed)
        for state, sod in sods.items()
        if accepted(checked[state][0])
    }
    copies = measure(QUICK_ROUNDS if options.quick else ROUNDS)
    tables = (list_table(lists), step_table(checked), tamper_table(spoilt), copy_table(copies))
    for table in tables:
        console.print(table)
    figures = figures_of(lists, checked, spoilt)
    figures += copy_figures(copies) + list_figures(flips, options.seed)
    print_report("chip", figures, options.json)
    return 0 if all(figure.met is not False for figure in figures) else 1


def read(path: Path) -> ListFigures:
    """One master list, with the processor time that it took."""
    data = path.read_bytes()
    began = time.process_time()
    found = read_master_list(data)
    took = 1000 * (time.process_time() - began)
    alone = sum(loads_alone(one.der) for one in found.certificates)
    signer = found.signer.subject.text if found.signer else ""
    return ListFigures(
        len(found.certificates), len(found.unread), alone, found.verified, signer, took
    )


def loads_alone(der: bytes) -> bool:
    """Whether `cryptography` by itself gives certificate and key."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of forms that it will no longer read some day
        try:
            x509.load_der_x509_certificate(der).public_key()
        except (ValueError, UnsupportedAlgorithm):
            return False
    return True


def trusting(folder: Path) -> TrustStore:
    """All lists of a folder, and its single certificates, approved."""
    store = TrustStore()
    for path in sorted(folder.glob("*.ml")) + sorted(folder.glob("*.cer")):
        store, said = import_file(store, path.name, path.read_bytes(), by="one", at=NOW)
        if said.state == "proposed":
            store = approve(store, said.fingerprint, by="another", at=NOW)
    return store


def timed(sod: bytes, store: TrustStore) -> tuple[Authentication, float]:
    """One security object, once warm, with the processor time that it took in milliseconds."""
    authenticate(sod, {}, store, at=NOW)
    began = time.process_time()
    said = authenticate(sod, {}, store, at=NOW)
    return said, 1000 * (time.process_time() - began)


def accepted(said: Authentication) -> bool:
    """Whether all that can be checked without the data groups holds, up to a trusted State."""
    failed = any(step.outcome == "failed" for step in said.steps)
    return not failed and said.step("chain").outcome == "passed"


def tamper(sod: bytes, store: TrustStore, flips: int, seed: int) -> Tampered:
    """One bit flipped at a time."""
    chance = random.Random(seed)  # noqa: S311  the same bits each time
    counted: Counter[str] = Counter()
    for _each in range(flips):
        spoilt = bytearray(sod)
        spoilt[chance.randrange(len(sod))] ^= 1 << chance.randrange(8)
        said = authenticate(bytes(spoilt), {}, store, at=NOW)
        if any(step.outcome == "failed" for step in said.steps):
            counted["refused"] += 1
        elif not accepted(said):
            counted["unknown"] += 1
        elif SAME_NAME in {one.code for one in said.step("signer").findings}:
            counted["same_name"] += 1
        else:
            counted["accepted"] += 1
    return Tampered(*(counted[name] for name in Tampered._fields))


def figures_of(
    lists: dict[str, ListFigures],
    checked: dict[str, tuple[Authentication, float]],
    spoilt: dict[str, Tampered],
) -> list[Figure]:
    """The sums, with what is asked of them."""
    loaded = sum(one.loaded for one in lists.values())
    alone = float(sum(one.alone for one in lists.values()))
    whole = loaded + sum(one.unread for one in lists.values())
    right = sum(accepted(said) for said, _took in checked.values())
    flips = sum(sum(one) for one in spoilt.values())
    return [
        at_least(
            "master lists verified", sum(one.verified for one in lists.values()), "", len(lists)
        ),
        at_least("certificates loaded", loaded, "", whole, **{PEER: alone}),
        at_least("security objects verified up to the State", right, "", len(checked)),
        at_most(
            "processor time for one, the slowest", max(t for _s, t in checked.values()), "ms", 100
        ),
        Figure("bits flipped, one at a time", flips, "", None, None),
        at_most("accepted", sum(one.accepted for one in spoilt.values()), "", 0),
        Figure(
            "accepted as the same name in other letters",
            sum(one.same_name for one in spoilt.values()),
            "",
            None,
            None,
        ),
        Figure("issuer unknown", sum(one.unknown for one in spoilt.values()), "", None, None),
    ]


def list_table(lists: dict[str, ListFigures]) -> Table:
    """Master lists."""
    table = _table(
        "master lists", "list", "certificates", "not read", PEER, "signature", "signed by", "ms CPU"
    )
    for name, one in lists.items():
        right = "right" if one.verified else "WRONG"
        numbers = (str(one.loaded), str(one.unread), str(one.alone))
        table.add_row(name, *numbers, right, one.signer, f"{one.milliseconds:.0f}")
    return table


def step_table(checked: dict[str, tuple[Authentication, float]]) -> Table:
    """Security objects, step by step."""
    table = _table(
        "security objects of real States, without data groups", "State", *STEPS, "ms CPU"
    )
    for state, (said, took) in checked.items():
        outcomes = [step.outcome.replace("_", " ") for step in said.steps]
        table.add_row(state, *outcomes, f"{took:.1f}")
    return table


def tamper_table(spoilt: dict[str, Tampered]) -> Table:
    """Spoilt security objects."""
    table = _table("one bit flipped", "State", "invalid", "issuer unknown", "same name", "accepted")
    for state, one in spoilt.items():
        table.add_row(state, *map(str, one))
    return table


def copy_table(copies: dict[str, Told]) -> Table:
    """Chips that prove themselves, and copies."""
    table = _table(
        "chips asked to prove themselves", "way", "originals", "proven", "copies", "refused"
    )
    for name, one in copies.items():
        table.add_row(name, *map(str, (one.originals, one.proven, one.copies, one.refused)))
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column)
    return table


if __name__ == "__main__":
    raise SystemExit(main())
