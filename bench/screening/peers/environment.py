"""The peers' own environment beside the benchmark, made on first use from lock/peers-screening.txt.

nomenklatura stands on PyICU, which is compiled where it is installed: it needs ICU's headers and a
C++ compiler. Where that fails, the peers that have wheels are installed alone.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import run
from bench.screening.child import ROOT

FOLDER = ROOT / "bench" / "screening" / ".venv"
PYTHON = FOLDER / "bin" / "python"
DRIVER = Path(__file__).with_name("driver.py")
_LOCKED = ROOT / "lock" / "peers-screening.txt"
_STAMP = FOLDER / "made-from"
_WITH_WHEELS = ("rapidfuzz", "jellyfish")
_TO_COMPILE = ("libicu-dev", "pkg-config", "g++")


def prepare() -> str:
    """Make the environment unless it is there; what could not be had, "" when nothing is missing."""
    made_from = hashlib.sha256(_LOCKED.read_bytes()).hexdigest()
    if _STAMP.exists() and _STAMP.read_text() == made_from and PYTHON.exists():
        return ""
    run.say("Making the environment of the peers …")
    shutil.rmtree(FOLDER, ignore_errors=True)
    uv, index = run.need_uv(), run.package_index()
    if not run.quietly([uv, "venv", "--python", run.PYTHON, FOLDER], **index):
        return "the peers' environment could not be made"
    install: list[str | Path] = [uv, "pip", "install", "--python", PYTHON, "--require-hashes"]
    missing = _headers()
    if not missing and run.quietly([*install, "-r", _LOCKED], **index):
        _STAMP.write_text(made_from)
        return ""
    only = FOLDER / "with-wheels.txt"
    only.write_text(_blocks(_LOCKED.read_text(), _WITH_WHEELS))
    if run.quietly([*install, "-r", only], **index):
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
