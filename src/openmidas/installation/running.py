"""Running programs for an installation: a version's own Python as the node's account, and systemd."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from openmidas.installation.errors import InstallationError
from openmidas.installation.places import Account, Places
from openmidas.installation.units import SERVICES, TARGET

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
LAST_LINES = 12


class Runner:
    """Runs what belongs to one node: its folder, its account, the Python of one version."""

    def __init__(self, home: Path, account: Account, python: Path) -> None:
        self.home = home
        self.account = account
        self.python = python

    def environment(self) -> dict[str, str]:
        """Nothing of the caller's but the language: root's variables are no business of a node."""
        kept = {name: os.environ[name] for name in ("LANG", "LC_ALL") if name in os.environ}
        return {"PATH": PATH, "OPENMIDAS_HOME": str(self.home), "HOME": str(self.home), **kept}

    def start(self, *words: str, seconds: int = 0) -> subprocess.Popen[bytes]:
        """Start a module with words: ``openmidas.cli serve``. What it prints goes to a pipe.

        ``seconds``: it ends itself after so many, even where nobody is left to end it. Without, it
        holds the lock of an upgrade as long as it works, so that no other begins beside it.
        """
        limit = ["timeout", "--kill-after=5", str(seconds)] if seconds else []
        return subprocess.Popen(  # noqa: S603  our own programs, no shell
            [*limit, str(self.python), "-I", "-m", *words],
            close_fds=bool(seconds),
            env=self.environment(),
            cwd="/",
            user=self.account.uid,
            group=self.account.gid,
            extra_groups=[] if self.account.uid is not None else None,
            umask=0o077,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def run(self, *words: str) -> str:
        """Run a module to its end; what it printed. Raises `InstallationError`."""
        with self.start(*words) as process:
            said = process.communicate()[0].decode(errors="replace")
        if process.returncode:
            tail = "\n".join(said.strip().splitlines()[-LAST_LINES:])
            raise InstallationError("run.failed", command=" ".join(words), said=tail)
        return said


class Systemd:
    """The services of a node, where systemd runs them; elsewhere there is nothing to stop or start."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.runs = places.real and Path("/run/systemd/system").is_dir()

    def stop(self) -> None:
        """Stop all services of the node and wait for their end."""
        if self.runs and self._active():
            self._call("stop", TARGET, *SERVICES)

    def start(self, *, wait: bool = True) -> None:
        """Start all services. While the machine starts, `wait` would wait for itself."""
        if self.runs:  # each by its name: a target starts, whatever becomes of what it wants
            self._call("start", *([] if wait else ["--no-block"]), TARGET, *SERVICES)

    def enable(self) -> None:
        """Start with the machine from now on."""
        root = [] if self.places.real else [f"--root={self.places.root}"]
        run_program(
            ["systemctl", *root, "--quiet", "enable", TARGET, *SERVICES, "midas-recover.service"]
        )
        self.reload()

    def reload(self) -> None:
        """Let systemd read changed units."""
        if self.runs:
            self._call("daemon-reload")

    def _active(self) -> bool:
        line = ["systemctl", "--quiet", "is-active", TARGET, *SERVICES]
        return subprocess.run(line, check=False).returncode == 0  # noqa: S603

    def _call(self, *words: str) -> None:
        run_program(["systemctl", *words])


def run_program(line: Sequence[str]) -> None:
    """Run a program of the machine as root. Raises `InstallationError` with what it said."""
    try:
        done = subprocess.run(  # noqa: S603  our own line, no shell
            line, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise InstallationError("run.failed", command=line[0], said=error.strerror) from error
    if done.returncode:
        said = (done.stdout + done.stderr).strip()
        raise InstallationError("run.failed", command=" ".join(line), said=said)
