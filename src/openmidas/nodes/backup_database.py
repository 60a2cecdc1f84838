"""The database of a node, copied while the node works, and put back.

SQLite copies itself as of one moment (``VACUUM INTO``); the copy is sealed with the database's own
key, so that nothing lies open on the disk. PostgreSQL's own ``pg_dump`` and ``pg_restore`` do it at
an HQ; they must be there, and no older than the server.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import connection
from sqlcipher3 import dbapi2 as sqlcipher

from openmidas.nodes.backup_seal import BackupFailed
from openmidas.nodes.home import NodeHome
from openmidas.nodes.localpostgres import EXE, embedded_programs, system_programs
from openmidas.nodes.sealing.database import database_key

SCRATCH = "backup.tmp"
BLOCK = 4 * 1024 * 1024
SECONDS_TO_WAIT = 60.0

Settings = dict[str, Any]


@contextmanager
def sqlite_copy(home: NodeHome) -> Iterator[Path]:
    """A copy of the node's SQLite as of one moment, gone afterwards."""
    scratch = home.path(SCRATCH)
    shutil.rmtree(scratch, ignore_errors=True)  # a copy that a power cut left
    scratch.mkdir(mode=0o700)
    try:
        copy = scratch / "node.db"
        source = open_sealed(Path(connection.settings_dict["NAME"]), home)
        try:
            source.execute("VACUUM INTO ?", [str(copy)])
        except sqlcipher.Error as error:
            raise BackupFailed("backup.database", reason=str(error)) from error
        finally:
            source.close()
        yield copy
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def open_sealed(path: Path, home: NodeHome) -> Any:
    """A sealed SQLite file, opened with the node's key beside what Django does with it."""
    opened = sqlcipher.connect(str(path), timeout=SECONDS_TO_WAIT, isolation_level=None)
    opened.execute(f"PRAGMA key = \"x'{database_key(home)}'\"")
    return opened


def check_sqlite(path: Path, home: NodeHome) -> None:
    """Raises `BackupFailed` ``backup.database`` unless every page of a sealed SQLite file is whole."""
    opened = open_sealed(path, home)
    try:
        said = [row[0] for row in opened.execute("PRAGMA cipher_integrity_check").fetchall()]
        said += [row[0] for row in opened.execute("PRAGMA quick_check(1)").fetchall()]
    except sqlcipher.Error as error:
        raise BackupFailed("backup.database", reason=str(error)) from error
    finally:
        opened.close()
    if wrong := [line for line in said if line != "ok"]:
        raise BackupFailed("backup.database", reason=str(wrong[0])[:200])


def postgresql_blocks(settings: Settings, release: int) -> Generator[bytes, None, None]:
    """The whole PostgreSQL database as of one moment, in ``pg_dump``'s own form, block by block.

    Raises `BackupFailed` ``backup.no_pg_dump`` or ``backup.database``.
    """
    line = [program("pg_dump", release), "--format=custom", "--no-owner", "--no-privileges"]
    with (
        TemporaryFile() as errors,
        subprocess.Popen(  # noqa: S603  PostgreSQL's own program; the password goes by environment
            line, env=_environment(settings), stdout=subprocess.PIPE, stderr=errors
        ) as running,
    ):
        try:
            while block := _pipe(running.stdout).read(BLOCK):
                yield block
        except BaseException:
            running.kill()
            raise
        _check(running, errors)


def restore_postgresql(settings: Settings, release: int, feed: Callable[[IO[bytes]], None]) -> None:
    """Put a dump into an empty database; ``feed`` writes it into what it is given.

    Raises `BackupFailed` ``backup.no_pg_dump`` or ``backup.database``.
    """
    line = [program("pg_restore", release), "--no-owner", "--no-privileges", "--exit-on-error"]
    line += ["--single-transaction", f"--dbname={settings['NAME']}"]
    with (
        TemporaryFile() as errors,
        subprocess.Popen(  # noqa: S603  PostgreSQL's own program; the password goes by environment
            line,
            env=_environment(settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        ) as running,
    ):
        try:
            # A program that gave up takes no more: what it has to say follows.
            with suppress(BrokenPipeError):
                feed(_pipe(running.stdin))
                _pipe(running.stdin).close()
        except BaseException:
            # Half a dump must not be taken for a whole one: its transaction is never ended.
            running.kill()
            raise
        _check(running, errors)


def program(name: str, release: int) -> str:
    """A program of PostgreSQL for a server of this release: of the same one, or else of a newer.

    Raises `BackupFailed` ``backup.no_pg_dump``.
    """
    folders = [
        *system_programs_of_clients(),
        *([embedded] if (embedded := embedded_programs()) else []),
    ]
    found = []
    for folder in folders:
        path = folder / f"{name}{EXE}"
        if path.is_file() and (its := _release(path)) >= release:
            found.append((its, str(path)))
    if not found:
        raise BackupFailed("backup.no_pg_dump", release=str(release))
    return min(found)[1]


def system_programs_of_clients() -> list[Path]:
    """Where the system keeps PostgreSQL's programs, with or without a server."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *system_programs()]
    if on_path := shutil.which("pg_dump"):
        folders.append(Path(on_path).parent)
    return list(dict.fromkeys(folders))


def _release(path: Path) -> int:
    """The major release of a program, 0 where it does not run: ``pg_dump (PostgreSQL) 15.18 (…)``."""
    try:
        done = subprocess.run(  # noqa: S603  PostgreSQL's own program
            [path, "--version"], capture_output=True, text=True, check=False
        )
    except OSError:
        return 0
    words = done.stdout.split()
    return int(words[2].split(".")[0]) if len(words) > 2 and words[2][0].isdigit() else 0


def _environment(settings: Settings) -> dict[str, str]:
    """The server as PostgreSQL's programs are told of it: a password on the line is seen by all."""
    told = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PGSSLMODE": settings.get("OPTIONS", {}).get("sslmode", ""),
        "PGSSLROOTCERT": settings.get("OPTIONS", {}).get("sslrootcert", ""),
    }
    return os.environ | {name: str(value) for name, value in told.items() if value}


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise BackupFailed("backup.database", reason="no pipe")
    return pipe


def _check(running: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
    """Wait for a program. Raises `BackupFailed` ``backup.database`` with the last it said, if it failed."""
    if running.wait():
        errors.seek(0)
        lines = errors.read().decode(errors="replace").strip().splitlines()
        raise BackupFailed("backup.database", reason=lines[-1][:200] if lines else "")
