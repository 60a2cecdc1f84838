"""A node comes back from a backup, on another machine or after its own was lost.

It comes back in a folder of its own and never over anything, and it goes on in a new *epoch*: what
it wrote after the backup, with the key of the old epoch, is out in the world, and the same places of
its journal must not be written a second time. See decision 0014.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec
import psycopg
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from openmidas.journal import NodeKind
from openmidas.nodes.backup import DATABASE, DUMP, KEPT_FILES, KEPT_FOLDERS
from openmidas.nodes.backup_database import Settings, check_sqlite, restore_postgresql
from openmidas.nodes.backup_opening import OpenBackup
from openmidas.nodes.backup_seal import BackupFailed
from openmidas.nodes.collecting.store import FILE as SECOND_STORE
from openmidas.nodes.epochs import raise_epoch
from openmidas.nodes.home import CONFIG, OWN_AUTHORITY, NodeHome, create_private, sync_folder
from openmidas.nodes.keys import certificate

BLOCK = 1024 * 1024
UNFINISHED = ".restoring"
_PART = re.compile(rf"{DUMP}/\d{{6,}}")
_FILE = re.compile(
    rf"(?:{'|'.join(map(re.escape, (*KEPT_FILES, SECOND_STORE)))})"
    rf"|(?:{'|'.join(KEPT_FOLDERS)})(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+"
)

Members = Iterator[tuple[str, IO[bytes]]]


def restore(
    backup: OpenBackup, folder: Path, *, database: str = "", new_certificate: bool = False
) -> NodeHome:
    """Bring a node back into a new folder, in a new epoch, ready to start.

    ``database``: the URL of the empty database to fill, where it is not the one that the node had.
    A post gets a new certificate for the exchange, so that a stolen machine cannot call in its
    name, and shows its pages to itself alone where its own authority stood for them, until it has
    another; an HQ keeps the one that all its posts know, unless it is to have a ``new_certificate``.

    Raises `BackupFailed`, `OSError`; nothing is left half done in the folder then.
    """
    if folder.exists() and any(folder.iterdir()):
        raise BackupFailed("restore.folder_in_use", folder=str(folder))
    staged = NodeHome(folder.with_name(folder.name + UNFINISHED))
    shutil.rmtree(staged.folder, ignore_errors=True)  # left by one that was broken off
    staged.folder.mkdir(mode=0o700, parents=True)
    try:
        _unpack(backup, staged, database)
        _renew(staged, new_certificate=new_certificate or backup.preface.kind is NodeKind.POST)
        staged.close_to_others()
        if folder.exists():
            folder.rmdir()
        staged.folder.replace(folder)
        sync_folder(folder.parent)
    finally:
        shutil.rmtree(staged.folder, ignore_errors=True)
    prepare_in_own_process(folder)
    return NodeHome(folder)


def prepare_in_own_process(folder: Path) -> None:
    """``midas prepare`` for a node that is not that of this process. Raises `BackupFailed`."""
    done = subprocess.run(
        [sys.executable, "-m", "openmidas.cli", "prepare"],
        env=os.environ | {"OPENMIDAS_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise BackupFailed(
            "restore.not_prepared", folder=str(folder), reason=said[-1][:200] if said else ""
        )


def _unpack(backup: OpenBackup, home: NodeHome, database: str) -> None:
    """Files first, as they stand in the archive; then the database, whose place they name."""
    found: set[str] = set()
    members = backup.members()
    for name, file in members:
        if name == DATABASE:
            _copy(file, home.path("node.db"))
            check_sqlite(home.path("node.db"), home)
        elif _PART.fullmatch(name):
            _fill_postgresql(file, members, home, database)
        elif _FILE.fullmatch(name):
            _copy(file, home.path(*name.split("/")))
        else:
            raise BackupFailed("restore.unsafe", name=name[:100])
        found.add(name.partition("/")[0])
    for needed in (CONFIG, "keys", DATABASE if backup.preface.database == "sqlite" else DUMP):
        if needed not in found:
            raise BackupFailed("restore.incomplete", name=needed)


def _copy(file: IO[bytes], path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with create_private(path) as copy:
        shutil.copyfileobj(file, copy, BLOCK)
        copy.flush()
        os.fsync(copy.fileno())


def _fill_postgresql(first: IO[bytes], rest: Members, home: NodeHome, database: str) -> None:
    if database:
        home.write_config(msgspec.structs.replace(home.config(), database=database))
    settings = postgresql_settings(home.config().database)

    def feed(pipe: IO[bytes]) -> None:
        shutil.copyfileobj(first, pipe, BLOCK)
        for name, part in rest:
            if not _PART.fullmatch(name):
                raise BackupFailed("restore.unsafe", name=name[:100])
            shutil.copyfileobj(part, pipe, BLOCK)

    restore_postgresql(settings, empty_database(home.config().database), feed)


def postgresql_settings(url: str) -> Settings:
    """A database as Django would be told of it."""
    told = psycopg.conninfo.conninfo_to_dict(url)
    return {
        "HOST": told.get("host", ""),
        "PORT": told.get("port", ""),
        "USER": told.get("user", ""),
        "PASSWORD": told.get("password", ""),
        "NAME": told.get("dbname", ""),
        "OPTIONS": {name: told[name] for name in ("sslmode", "sslrootcert") if name in told},
    }


def empty_database(url: str) -> int:
    """The release of the server of a database without tables. Raises `BackupFailed` otherwise."""
    try:
        with psycopg.connect(url) as connection:
            tables = connection.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            ).fetchone()
            release = connection.info.server_version // 10_000
    except psycopg.Error as error:
        raise BackupFailed("backup.database", reason=str(error).strip()) from error
    if tables is None or tables[0]:
        raise BackupFailed("restore.database_in_use")
    return release


def _renew(home: NodeHome, *, new_certificate: bool) -> None:
    """A new epoch; nobody's session goes on; and where a machine may be in other hands, a new certificate."""
    home.path("keys", "web.secret").unlink(missing_ok=True)
    if new_certificate:
        for name in ("exchange.crt", "exchange.key"):
            home.path("keys", name).unlink(missing_ok=True)
        certificate(home, home.config().id)
        _forget_own_authority(home)
    raise_epoch(home)


def _forget_own_authority(home: NodeHome) -> None:
    """Who has the old machine has its key: ``midas install post`` makes another, with a new certificate."""
    folder, config = home.path("keys", OWN_AUTHORITY), home.config()
    # The configuration still names the folder that the node had.
    web = [home.path("keys", Path(one).name) for one in (config.tls_certificate, config.tls_key)]
    if config.tls_certificate and _issued(folder / "ca.crt", web[0]):
        for path in (*web, home.path("keys", "ca.crt")):
            path.unlink(missing_ok=True)
        port = config.web.rpartition(":")[2]
        home.write_config(
            msgspec.structs.replace(config, tls_certificate="", tls_key="", web=f"127.0.0.1:{port}")
        )
    shutil.rmtree(folder, ignore_errors=True)


def _issued(authority: Path, certificate: Path) -> bool:
    """Whether an authority signed a certificate; False where either is not there or cannot be read."""
    try:
        issued = x509.load_pem_x509_certificate(certificate.read_bytes())
        issued.verify_directly_issued_by(x509.load_pem_x509_certificate(authority.read_bytes()))
    except (OSError, ValueError, TypeError, InvalidSignature):
        return False
    return True
