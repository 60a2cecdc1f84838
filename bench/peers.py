"""Environments of the software that benchmarks measure beside ours, made on first use from lock files."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import run


@dataclass(frozen=True, slots=True)
class PeersEnvironment:
    """A virtual environment in `folder`, of what the lock file `locked` names."""

    folder: Path
    locked: Path

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.folder / "bin" / "python"

    def is_made(self) -> bool:
        """Whether it is there, of this very lock file."""
        stamp = self._stamp
        return stamp.exists() and stamp.read_text() == self._made_from() and self.python.exists()

    def make_empty(self) -> bool:
        """Make it anew, with nothing in it yet."""
        run.say("Making the environment of the peers …")
        shutil.rmtree(self.folder, ignore_errors=True)
        line: list[str | Path] = [run.need_uv(), "venv", "--python", run.PYTHON, self.folder]
        return run.quietly(line, **run.package_index())

    def install(self, requirements: Path) -> bool:
        """Install what a file names, by its hashes."""
        line: list[str | Path] = [run.need_uv(), "pip", "install", "--python", self.python]
        line += ["--require-hashes", "-r", requirements]
        return run.quietly(line, **run.package_index())

    def done(self) -> None:
        """All of the lock file is in it: it need not be made again."""
        self._stamp.write_text(self._made_from())

    @property
    def _stamp(self) -> Path:
        return self.folder / "made-from"

    def _made_from(self) -> str:
        return hashlib.sha256(self.locked.read_bytes()).hexdigest()
