"""``run.py bench seals``: seals that others made, read and checked; codes in spoilt pictures, side by side.

Each picture is a seal of a visa, as bytes, in one kind of code and one condition. It is read by zxing-cpp as
it is, by ours (zxing-cpp in several tries), by pyzbar (QR) where the machine has its library, and by libdmtx
(Data Matrix); a code counts where its bytes come out, even if a reader puts bytes of its own before them.
Figures of time are of the processor.
"""

from __future__ import annotations

import argparse
import base64
import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import segno
import zxingcpp
from PIL import Image
from rich.console import Console
from rich.progress import track
from rich.table import Table

import run
from bench.peers import PeersEnvironment
from bench.report import Figure, at_least, at_most, print_report
from bench.seals.captures import CONDITIONS, captured
from openmidas.documents.seals import Outcome, Trust, check_seal, load_certificate, read_seal
from openmidas.documents.seals.code_reading import codes_in
from openmidas.documents.seals.codes import KINDS, Kind
from tests.documents.receipts.made import VECTOR
from tests.documents.seals.made import australian, seal, vector_trust, vectors
from tests.documents.seals.test_vectors import OUTCOMES

HERE = Path(__file__).resolve().parent
THEN = date(2022, 6, 1)
OURS, PLAIN = "ours", "zxing-cpp"
PEERS: dict[str, Kind] = {"pyzbar": "qr", "libdmtx": "datamatrix"}
console = Console(stderr=True)


class Codes(NamedTuple):
    """How many of one kind of code, in one condition, each reader read; and its seconds for all."""

    kind: Kind
    condition: str
    right: dict[str, int]
    seconds: dict[str, float]


def main() -> int:
    """Measure, print. Fails where a goal is missed."""
    parser = argparse.ArgumentParser(prog="run.py bench seals", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument(
        "--quick", action="store_true", help="few pictures of each, within a minute"
    )
    options = parser.parse_args()
    pictures = 4 if options.quick else 25
    python = _peers()
    todo = [(kind, condition) for kind in KINDS for condition in CONDITIONS]
    measured = [
        measure(kind, condition, pictures, python)
        for kind, condition in track(todo, "Codes", console=console)
    ]
    if not options.json:
        Console().print(as_table(measured, pictures))
    figures = [*seal_figures(), *size_figures(), *code_figures(measured, pictures)]
    print_report("Digital seals", figures, options.json)
    return int(any(figure.met is False for figure in figures))


def seal_figures() -> list[Figure]:
    """Seals that others made."""
    trust = vector_trust()
    told = {
        name: check_seal(read_seal(raw), trust, on=THEN).outcome for name, raw in vectors().items()
    }
    right = sum(told[name] is outcome for name, outcome in OUTCOMES.items())
    authority = load_certificate(base64.b64decode(australian()["cscaCertData"]))
    australia = Trust(authorities=(authority,))

    def vdsnc(which: str) -> Outcome:
        return check_seal(read_seal(australian()[which].encode()), australia, on=THEN).outcome

    held = vdsnc("validVDSJson") is Outcome.VALID and vdsnc("invalidVDSJson") is Outcome.INVALID
    valid = sum(outcome is Outcome.VALID for outcome in told.values())
    return [
        at_least("VDS of others, read and judged rightly", right, "seals", len(OUTCOMES)),
        Figure("of them verified, all whose certificate there is", valid, "seals", None, None),
        at_least("VDS-NC: the true one valid, the changed one not", int(held), "pair", 1),
        at_most("a VDS read and checked", _ms(lambda: _check("residentPermit", trust)), "ms", 10),
        at_most(
            "the same on brainpoolP224r1", _ms(lambda: _check("visa_224bitSig", trust)), "ms", 30
        ),
        at_most("a VDS-NC read and checked", _ms(lambda: vdsnc("validVDSJson")), "ms", 20),
    ]


def size_figures() -> list[Figure]:
    """What the entry stamp weighs in either form."""
    receipt = segno.make_qr(VECTOR, error="m", boost_error=False)
    stamp = seal("entry_stamp")
    matrix = zxingcpp.create_barcode(stamp, zxingcpp.BarcodeFormat.DataMatrix)
    as_qr = segno.make_qr(stamp, error="m", boost_error=False)
    letters = VECTOR.removeprefix("MIDAS1:")
    raw = len(base64.b32decode(letters + "=" * (-len(letters) % 8)))
    return [
        Figure("receipt's code, with the post's certificate", raw, "bytes", None, None),
        Figure("its QR code", receipt.symbol_size(border=0)[0], "squares a side", None, None),
        Figure("stamp as VDS, without a certificate", len(stamp), "bytes", None, None),
        Figure("its QR code", as_qr.symbol_size(border=0)[0], "squares a side", None, None),
        Figure(
            "its Data Matrix",
            matrix.to_image(scale=1, add_quiet_zones=False).shape[0],
            "squares a side",
            None,
            None,
        ),
    ]


def measure(kind: Kind, condition: str, pictures: int, python: Path | None) -> Codes:
    """Read so many pictures with each reader."""
    whole = seal()
    made = [captured(whole, kind, condition, seed) for seed in range(pictures)]
    right, seconds = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for at, picture in enumerate(made):
            paths.append(Path(folder) / f"{at}.png")
            paths[-1].write_bytes(picture)
        readers: dict[str, Callable[[], list[list[bytes]]]] = {
            PLAIN: lambda: [_plain(path) for path in paths],
            OURS: lambda: [[data for _kind, data in codes_in(one)] for one in made],
        }
        for name, read in readers.items():
            started = time.process_time()
            found = read()
            seconds[name] = time.process_time() - started
            right[name] = sum(whole in one for one in found)
        for name in (name for name, reads in PEERS.items() if reads == kind and python):
            answer = _asked(python, name, paths)
            if "found" in answer:
                right[name] = sum(
                    any(whole.hex() in data for data in one) for one in answer["found"]
                )
                seconds[name] = answer["seconds"]
    return Codes(kind, condition, right, seconds)


def code_figures(measured: list[Codes], pictures: int) -> list[Figure]:
    """All conditions together, for each kind of code. The goal: no kind worse than zxing-cpp as it is."""
    figures = []
    for kind in KINDS:
        mine = [one for one in measured if one.kind == kind]
        names = list(mine[0].right)
        share = {
            name: 100 * sum(one.right[name] for one in mine) / (pictures * len(mine))
            for name in names
        }
        cpu = {
            name: 1000 * sum(one.seconds[name] for one in mine) / (pictures * len(mine))
            for name in names
        }
        ours = share.pop(OURS)
        figures.append(at_least(f"{kind} read", ours, "%", max(share.values()), **share))
        milliseconds = cpu.pop(OURS)
        figures.append(at_most(f"{kind}, a picture", milliseconds, "ms", 250, **cpu))
    return figures


def as_table(measured: list[Codes], pictures: int) -> Table:
    """Each condition by itself."""
    table = Table(title=f"Codes read of {pictures}", title_justify="left")
    names = list(dict.fromkeys(name for one in measured for name in one.right))
    for column in ("code", "condition", *names):
        table.add_column(column)
    for one in measured:
        table.add_row(one.kind, one.condition, *(str(one.right.get(name, "")) for name in names))
    return table


def _plain(path: Path) -> list[bytes]:
    with Image.open(path) as picture:
        return [code.bytes for code in zxingcpp.read_barcodes(picture.convert("L"))]


def _check(name: str, trust: Trust) -> Outcome:
    return check_seal(read_seal(vectors()[name]), trust, on=THEN).outcome


def _ms(work: Callable[[], object], times: int = 30) -> float:
    started = time.process_time()
    for _each in range(times):
        work()
    return 1000 * (time.process_time() - started) / times


def _peers() -> Path | None:
    """The peers' Python; None where they cannot be installed."""
    peers = PeersEnvironment(HERE / ".venv", run.LOCK / "peers-seals.txt")
    if not peers.is_made():
        if not (peers.make_empty() and peers.install(peers.locked)):
            console.print("The other readers could not be installed.")
            return None
        peers.done()
    for name in PEERS:
        answer = _asked(peers.python, name, [])
        if "missing" in answer:
            console.print(f"{name} cannot be run here: {answer['missing']}")
    return peers.python


def _asked(python: Path | None, name: str, paths: list[Path]) -> dict[str, Any]:
    line = [str(python), "-I", str(HERE / "peers" / "driver.py"), name]
    told = json.dumps([str(path) for path in paths])
    done = subprocess.run(line, input=told, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


if __name__ == "__main__":
    raise SystemExit(main())
