"""The key that the database of this node opens with, wherever it is, and giving it another one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from openmidas.nodes.home import NodeHome, sync_folder
from openmidas.nodes.sealing.lease import is_over, read_lease
from openmidas.nodes.sealing.memory import read_key
from openmidas.nodes.sealing.sealed import PENDING, SEALED, SealFailed

DATABASE = "node.db"
SECONDS_TO_WAIT = 2.0
OLD_KEY = "database"


def database_key(home: NodeHome) -> str:
    """The key (hexadecimal) of this node's SQLite. Raises `SealFailed` ``seal.shut``."""
    settle(home)
    if not home.path(SEALED).is_file():
        return home.secret(OLD_KEY)
    key, lease = read_key(home.config().id), read_lease(home)
    # A key that is still in memory because nothing runs that would have forgotten it is none either.
    if key is None or (lease is not None and is_over(home, lease)):
        raise SealFailed("seal.shut")
    return key.hex()


def is_sealed(home: NodeHome) -> bool:
    """Whether this post's key does not lie beside its database."""
    return home.path(SEALED).is_file()


def key_file(home: NodeHome) -> Path:
    """Where the key of a post lies that is not sealed."""
    return home.path("keys", f"{OLD_KEY}.secret")


def settle(home: NodeHome) -> None:
    """Finish a sealing that a power cut interrupted, where the database has its new key already.

    Where it has not, the post goes on as it was, and can be sealed again: what was left of the try is
    taken away, so that a database that is damaged one day is not taken for one that was sealed.
    """
    if not home.path(PENDING).is_file():
        return
    try:
        # Not `NodeHome.secret`, which would make one where another process has just finished.
        old = key_file(home).read_text(encoding="ascii").strip()
        if opens(home.path(DATABASE), old):
            home.path(PENDING).unlink(missing_ok=True)
            return
    except sqlcipher.OperationalError:
        return  # it is being encrypted at this moment
    except FileNotFoundError:
        pass
    with suppress(FileNotFoundError):  # another process has done it
        home.path(PENDING).replace(home.path(SEALED))
    forget_old_key(home)


def forget_old_key(home: NodeHome) -> None:
    """From here on the post is sealed, and its old key opens nothing any more."""
    sync_folder(home.folder)
    key_file(home).unlink(missing_ok=True)
    sync_folder(key_file(home).parent)


def opens(database: Path, key: str) -> bool:
    """Whether a database opens with this key (hexadecimal).

    Raises `sqlcipher3.dbapi2.OperationalError` where it is in use.
    """
    with closing(_connect(database, key)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlcipher.OperationalError:
            raise
        except sqlcipher.DatabaseError:
            return False
    return True


def rekey(database: Path, old: str, new: str, held: Callable[[], None] = lambda: None) -> None:
    """Encrypt every page anew. A power cut leaves it under the old key, or under the new one.

    ``held``: called once nobody else can open the database. Raises `SealFailed` ``seal.in_use`` where
    another process has it open, and ``seal.database``: what it is under then, `opens` says.
    """
    try:
        with closing(_connect(database, old)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            # Nobody else may write between, and nothing of the old key stay in the log.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            held()
            connection.execute(f"PRAGMA rekey = \"x'{new}'\"")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlcipher.OperationalError as error:
        if "locked" in str(error):
            raise SealFailed("seal.in_use") from error
        raise SealFailed("seal.database", reason=str(error)) from error
    except sqlcipher.DatabaseError as error:
        raise SealFailed("seal.database", reason=str(error)) from error


def _connect(database: Path, key: str) -> Any:
    connection = sqlcipher.connect(str(database), timeout=SECONDS_TO_WAIT, isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    return connection
