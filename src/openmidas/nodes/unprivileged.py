"""Running programs that refuse to run as root, as a user without rights."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class UnprivilegedUser:
    """A user to run programs as. `uid` None: this process is not root, and runs them as itself."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def for_this_process(cls) -> UnprivilegedUser:
        """The user of this process or, for root, one without rights; `LookupError` if none."""
        if sys.platform == "win32" or os.geteuid() != 0:
            return cls()
        import pwd

        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        for name in CANDIDATES:
            if name in known:
                return cls(known[name].pw_uid, known[name].pw_gid)
        raise LookupError(", ".join(CANDIDATES))

    def run(self, line: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; what it printed is in `stdout`, errors included.

        A program that cannot be started at all gives exit status 127, as in a shell. It is started
        in the root folder, because the current one may be closed to the user.
        """
        parts = [str(part) for part in line]
        try:
            return subprocess.run(  # noqa: S603 - our own programs, no shell
                parts,
                cwd="/" if self.uid is not None else None,
                user=self.uid,
                group=self.gid,
                extra_groups=[] if self.uid is not None else None,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                check=False,
            )
        except OSError as error:
            return subprocess.CompletedProcess(parts, 127, str(error), "")

    def give(self, path: Path) -> None:
        """Make the user the owner of a file or folder."""
        if sys.platform != "win32" and self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def make_folder(self, path: Path) -> None:
        """Make a folder, unless it is there, that nobody but the user may enter.

        What another such user left in it is handed over: a machine can get a `postgres` later.
        """
        path.mkdir(mode=0o700, exist_ok=True)
        if self.uid is not None and path.stat().st_uid != self.uid:
            for part in (path, *path.rglob("*")):
                self.give(part)

    def can_write(self, folder: Path) -> bool:
        """Whether the user gets into a folder, through all the folders above it."""
        return self.uid is None or self.run(["test", "-w", folder]).returncode == 0

    def make_scratch(self, path: Path) -> Path:
        """Make a folder in a place open to all, where the user may look but only we may write.

        Raises `PermissionError` when another user has put something there first.
        """
        path.mkdir(mode=0o755, exist_ok=True)
        status = path.lstat()
        if path.is_symlink() or (sys.platform != "win32" and status.st_uid != os.geteuid()):
            raise PermissionError(str(path))
        path.chmod(0o755)
        return path
