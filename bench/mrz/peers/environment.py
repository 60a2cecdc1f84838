"""Where the other parsers are installed: lock/peers-mrz.txt for Python's, package-lock.json for npm's."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import run
from bench.peers import PeersEnvironment

HERE = Path(__file__).resolve().parent
_PEERS = PeersEnvironment(HERE.parent / ".venv", run.LOCK / "peers-mrz.txt")
_NODE = HERE.parent / ".node"
PYTHON_PEERS = ("mrz", "PassportEye", "fastmrz")
NPM = "mrz of npm"

Line = Sequence[str | Path]


def prepare() -> tuple[dict[str, Line], list[str]]:
    """The lines that start the peers that can be had here, and what cannot, in words."""
    lines: dict[str, Line] = {}
    missing = []
    if _made():
        driver = HERE / "driver.py"
        lines |= {name: (_PEERS.python, "-I", driver, name) for name in PYTHON_PEERS}
    else:
        missing.append("the parsers of PyPI could not be installed")
    if node := _with_npm():
        lines[NPM] = (node, _NODE / "driver.mjs")
    else:
        missing.append("npm's parser could not be installed")
    return lines, missing


def _made() -> bool:
    if _PEERS.is_made():
        return True
    if not (_PEERS.make_empty() and _PEERS.install(_PEERS.locked)):
        return False
    _PEERS.done()
    return True


def _with_npm() -> str | None:
    """Node.js, with npm's mrz installed by its hash; None where there is no Node.js."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    _NODE.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json", "driver.mjs"):
        shutil.copyfile(HERE / name, _NODE / name)
    if (_NODE / "node_modules" / "mrz").is_dir():
        return node
    return node if run.quietly([npm, "ci", "--silent", "--prefix", _NODE]) else None
