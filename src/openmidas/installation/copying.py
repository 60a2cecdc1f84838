"""A copy of a node's whole database beside it, before an upgrade touches it, and the way back.

Runs while the node's processes are stopped, as the node's account.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg
from django.db import connection

from openmidas.installation.errors import InstallationError
from openmidas.nodes.home import NodeHome
from openmidas.nodes.sealing.database import database_key

SQLITE_COPY = "node.db"
POSTGRESQL_COPY = "node.dump"
DATABASE = "node.db"
PROGRAMS = "/usr/lib/postgresql"


def copy_database(home: NodeHome, folder: Path) -> None:
    """Copy the database into a folder, whole or not at all. Raises `InstallationError`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = folder / "unfinished"
    unfinished.unlink(missing_ok=True)
    address = home.config().database
    if address == "sqlite":
        _copy_sqlite(home, unfinished)
        kept = folder / SQLITE_COPY
    else:
        _pg("pg_dump", address, "--format=custom", f"--file={unfinished}")
        kept = folder / POSTGRESQL_COPY
    _to_disk(unfinished)
    unfinished.replace(kept)
    _to_disk(folder)


def restore_database(home: NodeHome, folder: Path) -> None:
    """Put the database back as it was copied. Can be repeated. Raises `InstallationError`."""
    address = home.config().database
    if address == "sqlite":
        _restore_sqlite(home, folder / SQLITE_COPY)
    else:
        _empty(address)
        dump = folder / POSTGRESQL_COPY
        _pg(
            "pg_restore",
            address,
            "--no-owner",
            "--single-transaction",
            "--exit-on-error",
            str(dump),
        )


def can_copy(home: NodeHome) -> None:
    """Raises `InstallationError` where a copy could not be made, before anything is stopped for it."""
    address = home.config().database
    if address == "sqlite":
        size = sum(part.stat().st_size for part in home.folder.glob(f"{DATABASE}*"))
        free = shutil.disk_usage(home.folder).free
        if free < 2 * size:
            raise InstallationError("release.space", megabytes=(2 * size - free) // 1_000_000 + 1)
    else:
        _pg("pg_dump", address, "--schema-only", f"--file={os.devnull}")


def _copy_sqlite(home: NodeHome, target: Path) -> None:
    """SQLCipher seals the copy with the same key; what it holds is checked page by page."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
        key = f"x'{database_key(home)}'"
        cursor.execute("ATTACH DATABASE %s AS copied KEY %s", [str(target), key])
        cursor.execute("PRAGMA copied.integrity_check(1)")
        said = str(cursor.fetchone()[0])
        cursor.execute("DETACH DATABASE copied")
    if said != "ok":
        raise InstallationError("upgrade.copy", said=said)


def _restore_sqlite(home: NodeHome, kept: Path) -> None:
    connection.close()
    fresh = home.path(f"{DATABASE}.back")
    shutil.copyfile(kept, fresh)
    fresh.chmod(0o600)
    _to_disk(fresh)
    # The write-ahead log of the changed database must not be read into the one that is put back.
    for rest in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        home.path(rest).unlink(missing_ok=True)
    _to_disk(home.folder)
    fresh.replace(home.path(DATABASE))
    _to_disk(home.folder)


def _empty(address: str) -> None:
    """Remove all that a migration may have added, which no dump knows of."""
    with psycopg.connect(address) as server:
        server.execute("DROP SCHEMA public CASCADE")
        server.execute("CREATE SCHEMA public")


def _pg(program: str, address: str, *words: str) -> None:
    """Run a program of PostgreSQL; the password goes to it by the environment, which others cannot read."""
    found = _program(program)
    parts = urlsplit(address)
    password = unquote(parts.password or "")
    host = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    open_address = urlunsplit(parts._replace(netloc=user + host))
    _run([found, *words, f"--dbname={open_address}"], {"PGPASSWORD": password} if password else {})


def _program(name: str) -> str:
    every = sorted(Path(PROGRAMS).glob(f"*/bin/{name}"), key=_release_of)
    found = str(every[-1]) if every else shutil.which(name)
    if found is None:
        raise InstallationError("upgrade.no_program", program=name)
    return found


def _release_of(program: Path) -> int:
    """Debian keeps releases side by side: ``/usr/lib/postgresql/17/bin``. The newest reads all."""
    folder = program.parts[-3]
    return int(folder) if folder.isdecimal() else 0


def _run(line: Sequence[str], variables: dict[str, str]) -> None:
    done = subprocess.run(  # noqa: S603  our own line, no shell
        line,
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise InstallationError("upgrade.program", program=line[0], said=done.stderr.strip())


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
