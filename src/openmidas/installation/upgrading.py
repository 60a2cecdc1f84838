"""`midas upgrade`: from one version to the next, or back to where it was, however often it is interrupted.

Until the switch the old version stands untouched beside the new one, and nothing is written by
officers or peers: the services are stopped from before the copy until after the check. So the copy
can be put back without losing an entry.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from openmidas.installation import release
from openmidas.installation.answering import await_answer
from openmidas.installation.errors import InstallationError
from openmidas.installation.installing import runner
from openmidas.installation.places import Account, Places
from openmidas.installation.progress import (
    LAST,
    UNDER_WAY,
    Progress,
    Step,
    read_progress,
    write_progress,
)
from openmidas.installation.release import ReleaseError
from openmidas.installation.running import Runner, Systemd
from openmidas.installation.wording import word_error
from openmidas.nodes.home import NodeHome

Told = Callable[[str, str], None]
"""Called before each step and after it is on disk that it is done: the step, and "do" or "done"."""

WORK = "openmidas.installation.node_work"
SECONDS_TO_STOP = 20.0
START = "start"
"""What is done last, when the upgrade is noted as done: told like a step."""
FAILURES = (InstallationError, ReleaseError, OSError, subprocess.SubprocessError)


def nobody(step: str, moment: str) -> None:
    """Tells nobody."""


class Upgrade:
    """One upgrade of one machine. `at_boot`: systemd waits for it before it starts the services."""

    def __init__(
        self, places: Places, *, told: Told = nobody, at_boot: bool = False, wait: float = 60.0
    ) -> None:
        installed = places.read()
        if installed is None:
            raise InstallationError("upgrade.nothing_installed")
        self.places = places
        self.systemd = Systemd(places)
        self._home = places.inside(installed.home)
        self._told = told
        self._at_boot = at_boot
        self._wait = wait
        self._steps = {
            Step.BUILD: self._build,
            Step.STOP: self._stop,
            Step.COPY: self._copy,
            Step.MIGRATE: self._migrate,
            Step.CHECK: self._check,
            Step.SWITCH: self._switch,
        }

    def begin(self, came_from: str, goes_to: str, *, with_copy: bool) -> Progress:
        """From here on the upgrade is under way, and is gone on with after an interruption."""
        self._forget_the_last()
        progress = Progress(came_from=came_from, goes_to=goes_to, with_copy=with_copy)
        if with_copy:
            self._runner(came_from).run(WORK, "can-copy")
        write_progress(self.places.versions, progress)
        return progress

    def run(self, progress: Progress) -> Progress:
        """Do what is left, or undo what was done when that fails; how it ended."""
        if progress.back:
            return self._undo(progress)
        for step in progress.left():
            try:
                self._told(step, "do")
                progress = self._steps[step](progress)
            except FAILURES as error:
                return self._undo(replace(progress, back=True, why=_why(error)))
            progress = replace(progress, done=step)
            write_progress(self.places.versions, progress)
            self._told(step, "done")
        self._end(progress)
        return progress

    def back(self) -> Progress:
        """Undo the last upgrade, as long as no journal has grown since. Raises `InstallationError`."""
        versions = self.places.versions
        last = read_progress(versions) or read_progress(versions, LAST)
        if last is None or self.places.version != last.goes_to:
            raise InstallationError("upgrade.nothing_to_undo")
        if not last.copied:
            raise InstallationError("upgrade.no_copy")
        self.systemd.stop()
        if self._journals(last.goes_to) != last.journals:
            self.systemd.start()
            raise InstallationError("upgrade.written_since")
        return self._undo(replace(last, back=True, why=""))

    def _build(self, progress: Progress) -> Progress:
        folder = self.places.versions / progress.goes_to
        release.make_environment(self.places.incoming, folder, _base_python())
        return progress

    def _stop(self, progress: Progress) -> Progress:
        self.systemd.stop()
        return progress

    def _copy(self, progress: Progress) -> Progress:
        if progress.with_copy:
            self._runner(progress.came_from).run(WORK, "copy")
        journals = self._journals(progress.came_from)
        return replace(progress, copied=progress.with_copy, journals=journals)

    def _migrate(self, progress: Progress) -> Progress:
        self._runner(progress.goes_to).run("openmidas.cli", "prepare")
        return progress

    def _check(self, progress: Progress) -> Progress:
        """The new version serves its pages, to this machine alone, and finds the journals as they were."""
        if self._journals(progress.goes_to) != progress.journals:
            raise InstallationError("upgrade.other_journals")
        address = f"127.0.0.1:{_free_port()}"
        serve = ("openmidas.cli", "serve", "--web", address)
        server = self._runner(progress.goes_to).start(*serve, seconds=int(self._wait) + 30)
        with server:
            answers = await_answer(NodeHome(self._home).config(), address, self._wait)
            said = _end_of(server)
        if not answers:
            raise InstallationError("upgrade.no_answer", said=said)
        return progress

    def _switch(self, progress: Progress) -> Progress:
        release.point(self.places.current, progress.goes_to)
        self._write_units(progress.goes_to)
        return progress

    def _start(self) -> None:
        """Start the services once nothing is under way any more: their units wait for `--resume`."""
        self._told(START, "do")
        self.systemd.start(wait=not self._at_boot)
        config = NodeHome(self._home).config()
        awaited = self.systemd.runs and not self._at_boot
        if awaited and not await_answer(config, config.web, self._wait):
            raise InstallationError("upgrade.not_started")
        self._told(START, "done")

    def _undo(self, progress: Progress) -> Progress:
        """Back to the old version and its database; then the new one is removed."""
        if progress.may_have_migrated() and not progress.copied:
            raise InstallationError("upgrade.cannot_undo", why=progress.why)
        write_progress(self.places.versions, progress)
        if not progress.restored:
            self._put_back(progress)
            progress = replace(progress, restored=True)
            write_progress(self.places.versions, progress)
        self._told("undo", "done")
        shutil.rmtree(self.places.versions / progress.goes_to, ignore_errors=True)
        self._forget_the_last()
        self._clear()
        self._start()  # from here on officers write again: the copy must not be there any more
        return progress

    def _put_back(self, progress: Progress) -> None:
        old = self._runner(progress.came_from)
        self._told("undo", "do")
        self.systemd.stop()
        if self.places.version != progress.came_from:
            release.point(self.places.current, progress.came_from)
            self._write_units(progress.came_from)
        if progress.may_have_migrated():
            old.run(WORK, "restore")
            self._told("undo", "restored")
            old.run("openmidas.cli", "prepare")  # the collected pages are the old version's again

    def _end(self, progress: Progress) -> None:
        """Keep the version before and the copy, until the next upgrade."""
        write_progress(self.places.versions, progress, LAST)
        kept = {progress.came_from, progress.goes_to}
        for folder in self.places.versions.iterdir():
            whole = (folder / release.COMPLETE).exists() and not folder.is_symlink()
            if whole and folder.name not in kept:
                shutil.rmtree(folder)
        self._clear()
        self._start()

    def _clear(self) -> None:
        (self.places.versions / UNDER_WAY).unlink(missing_ok=True)
        if self.places.incoming.exists():
            shutil.rmtree(self.places.incoming)

    def _forget_the_last(self) -> None:
        """An old copy would pass for one of today's state."""
        (self.places.versions / LAST).unlink(missing_ok=True)
        if self.places.version is not None:
            self._runner(self.places.version).run(WORK, "forget")

    def _write_units(self, version: str) -> None:
        as_root = Runner(self._home, Account(), self._python(version))
        as_root.run("openmidas.cli", "install", "units", f"--root={self.places.root}")

    def _journals(self, version: str) -> str:
        """Where all journals end, as this version reads them. Whatever it logs stands before."""
        return self._runner(version).run(WORK, "journals").splitlines()[-1]

    def _python(self, version: str) -> Path:
        return self.places.versions / version / "bin" / "python"

    def _runner(self, version: str) -> Runner:
        return runner(self.places, self._home, self._python(version))


def _why(error: Exception) -> str:
    if isinstance(error, (InstallationError, ReleaseError)):
        return word_error(error)
    return str(error)


def _end_of(server: subprocess.Popen[bytes]) -> str:
    """Stop a server that was started for the check; the last that it said."""
    server.terminate()
    try:
        said = server.communicate(timeout=SECONDS_TO_STOP)[0]
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        said = server.communicate()[0]
    return "\n".join(said.decode(errors="replace").splitlines()[-5:])


def _base_python() -> str:
    """The machine's own Python that this environment was made from."""
    return str(Path(sys._base_executable).resolve())  # type: ignore[attr-defined]  # no public name


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
