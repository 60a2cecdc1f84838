"""The peers' own environment beside the benchmark, made on first use from lock/peers-screening.txt.

nomenklatura stands on PyICU, which is compiled where it is installed: it needs ICU's headers and a
C++ compiler. Where that fails, the peers that have wheels are installed alone.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import run
from bench.peers import PeersEnvironment
from bench.screening.child import ROOT

FOLDER = ROOT / "bench" / "screening" / ".venv"
DRIVER = Path(__file__).with_name("driver.py")
_PEERS = PeersEnvironment(FOLDER, ROOT / "lock" / "peers-screening.txt")
PYTHON = _PEERS.python
_WITH_WHEELS = ("rapidfuzz", "jellyfish")
_TO_COMPILE = ("libicu-dev", "pkg-config", "g++")


def prepare() -> str:
    """Make the environment unless it is there; what could not be had, "" when nothing is missing."""
    if _PEERS.is_made():
        return ""
    if not _PEERS.make_empty():
        return "the peers' environment could not be made"
    missing = _headers()
    if not missing and _PEERS.install(_PEERS.locked):
        _PEERS.done()
        return ""
    only = FOLDER / "with-wheels.txt"
    only.write_text(_blocks(_PEERS.locked.read_text(), _WITH_WHEELS))
    if _PEERS.install(only):
        return f"nomenklatura is left out: {missing or 'it could not be installed (see above)'}"
    return "the peers could not be installed (see above)"


def _headers() -> str:
    """See that PyICU can be compiled; why not, "" when it can."""
    if shutil.which("g++") and shutil.which("pkg-config") and Path("/usr/include/unicode").is_dir():
        return ""
    try:
        run.apt_install(_TO_COMPILE, "nomenklatura needs PyICU, which is compiled here.")
    except SystemExit as stopped:
        return str(stopped).strip().splitlines()[0]
    return ""


def _blocks(locked: str, packages: tuple[str, ...]) -> str:
    """What a lock file says of these packages alone: their line and the hashes below it."""
    blocks = locked.replace("\n    ", "\0    ").splitlines()
    kept = [block for block in blocks if block.split("==")[0] in packages]
    return "\n".join(kept).replace("\0", "\n") + "\n"
