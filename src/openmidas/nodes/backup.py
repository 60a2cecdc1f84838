"""A node copies itself: configuration, keys, database and second store, sealed, while it goes on working.

The file is written beside its name, read back and opened, and only then given its name: what is
called a backup was whole on the target. A target that is missing or full is told by `midas doctor`
and breaks nothing.
"""

from __future__ import annotations

import io
import logging
import os
import shutil
import tarfile
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, cast

import msgspec
from django.db import connection

from openmidas import __version__
from openmidas.journal.models import Journal
from openmidas.nodes.backup_database import postgresql_blocks, sqlite_copy
from openmidas.nodes.backup_plan import (
    PLAN,
    SUFFIX,
    Kept,
    Plan,
    backups_in,
    file_name,
    is_there,
    read_plan,
    to_remove,
)
from openmidas.nodes.backup_seal import (
    PREFIX,
    BackupFailed,
    Preface,
    SealedReader,
    SealedWriter,
    new_file_key,
    read_preface,
    wrap,
)
from openmidas.nodes.collecting.store import FILE as SECOND_STORE
from openmidas.nodes.collecting.store import CollectingStore
from openmidas.nodes.home import (
    CONFIG,
    OWN_AUTHORITY,
    NodeHome,
    create_private,
    sync_folder,
    write_file,
)
from openmidas.nodes.identity import this_node
from openmidas.nodes.room import database_bytes
from openmidas.nodes.sealing.database import database_key, is_sealed
from openmidas.nodes.services import node_time

logger = logging.getLogger(__name__)

KEPT_FILES = (CONFIG, PLAN)
KEPT_FOLDERS = ("keys", "tls")
"""Folders of the node that a backup takes along; all else is made again by `midas prepare`."""
DATABASE = "database.sqlite"
DUMP = "database.dump"
"""Folder of the parts that a dump comes in: an archive must know a file's size before it is written."""
TRIED = "backups.json"
MARGIN = 64 * 1024**2
RECENT = timedelta(minutes=50)

Progress = Callable[[int], None]


class Tried(msgspec.Struct, frozen=True):
    """What came of the last backup to a target. ``code`` empty: it went well. ``at``: seconds."""

    at: float
    code: str = ""
    params: dict[str, str] = {}


def back_up(target: Path, progress: Progress = lambda _: None) -> Path:
    """Copy this node to a target now, and remove copies that need not be kept; the new file.

    Raises `BackupFailed`, also noted for `midas doctor`.
    """
    node = this_node()
    at = node_time().timestamp()
    try:
        done = _back_up(target, progress)
    except OSError as error:
        reason = error.strerror or str(error)
        failed = BackupFailed("backup.target_failed", target=str(target), reason=reason)
        _note(node.home, target, Tried(at, failed.code, failed.params))
        raise failed from error
    except BackupFailed as error:
        _note(node.home, target, Tried(at, error.code, error.params))
        raise
    _note(node.home, target, Tried(at))
    return done


def back_up_due() -> int:
    """Copy this node to each target of its plan that has no recent copy; how many were made.

    What goes wrong at one target is noted, and the others get theirs.
    """
    home = this_node().home
    plan = read_plan(home)
    made = 0
    for target in map(Path, plan.targets if plan else ()):
        last = newest(target)
        if last is not None and timedelta(0) <= node_time() - last.at < RECENT:
            continue
        try:
            back_up(target)
            made += 1
        except BackupFailed as error:
            logger.warning("no backup to %s: %s", target, error)
    return made


def newest(target: Path) -> Kept | None:
    """The last backup of this node in a target, if there is one."""
    try:
        return max(backups_in(target, this_node().id), default=None)
    except OSError:
        return None


def tried(home: NodeHome) -> dict[str, Tried]:
    """What came of the last backup to each target."""
    try:
        return msgspec.json.decode(home.path(TRIED).read_bytes(), type=dict[str, Tried])
    except (OSError, msgspec.DecodeError):
        return {}


def _back_up(target: Path, progress: Progress) -> Path:
    node, plan = this_node(), _plan()
    if not is_there(target):
        raise BackupFailed("backup.target_missing", target=str(target))
    size = database_bytes()
    _check_room(target, size)
    at = node_time()
    path = target / file_name(node.id, at)
    part = path.with_name(path.name + ".part")
    for left in target.glob(f"{node.id.hex[-8:]}-*{SUFFIX}.part"):
        left.unlink()  # a backup that a power cut left
    file_key = new_file_key()
    journal = Journal.objects.filter(node=node.id, epoch=node.epoch).first()
    preface = Preface(
        node=node.id,
        kind=node.kind,
        state=node.config.state,
        name=node.config.name,
        epoch=node.epoch,
        sequence=journal.sequence if journal else 0,
        at=round(at.timestamp() * 1000),
        database=connection.vendor,
        program=__version__,
        prefix=os.urandom(PREFIX),
        keys=tuple(wrap(file_key, recipient) for recipient in plan.recipients),
    )
    try:
        with create_private(part) as file:
            writer = SealedWriter(cast(BinaryIO, _Counted(file, progress)), preface, file_key)
            _write_archive(writer, node.home)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
        _read_back(part, file_key)
        part.replace(path)
        sync_folder(target)
    finally:
        part.unlink(missing_ok=True)
    for old in to_remove(backups_in(target, node.id)):
        old.path.unlink(missing_ok=True)
    return path


def _plan() -> Plan:
    plan = read_plan(this_node().home)
    if plan is None or not plan.recipients:
        raise BackupFailed("backup.not_set_up")
    return plan


def _check_room(target: Path, size: int) -> None:
    free = shutil.disk_usage(target).free
    if free < size + MARGIN:
        raise BackupFailed(
            "backup.target_full",
            target=str(target),
            free_mb=str(free // 1024**2),
            needed_mb=str((size + MARGIN) // 1024**2),
        )


def _write_archive(writer: SealedWriter, home: NodeHome) -> None:
    """The node as a tar archive: what tar can read needs no program of ours to be read."""
    with tarfile.open(
        mode="w|", fileobj=cast(BinaryIO, writer), format=tarfile.PAX_FORMAT
    ) as archive:
        # The configuration first: it says where the database is to be put back.
        for path in kept_files(home):
            archive.add(path, path.relative_to(home.folder).as_posix(), recursive=False)
        if is_sealed(home):
            # Whoever holds the recovery key gets the database as well; the new machine is sealed anew.
            _add(archive, "keys/database.secret", database_key(home).encode())
        if (store := CollectingStore(home)).exists:
            _add(archive, SECOND_STORE, store.copied())
        if connection.vendor == "postgresql":
            with closing(postgresql_blocks(connection.settings_dict, _server_release())) as blocks:
                _add_parts(archive, blocks)
        else:
            with sqlite_copy(home) as copy:
                archive.add(copy, DATABASE)


def kept_files(home: NodeHome) -> list[Path]:
    """The files of a node that a backup takes along, beside its database.

    Not the key of a post's own authority: a post that comes back gets another one.
    """
    files = [home.path(name) for name in KEPT_FILES]
    for folder in KEPT_FOLDERS:
        files += sorted(home.path(folder).rglob("*"))
    left = home.path("keys", OWN_AUTHORITY)
    return [
        path
        for path in files
        if path.is_file()
        and not path.name.endswith(".new")
        and not (path.parent == left and path.suffix == ".key")
    ]


def _add_parts(archive: tarfile.TarFile, blocks: Iterable[bytes]) -> None:
    for number, block in enumerate(blocks):
        _add(archive, f"{DUMP}/{number:06d}", block)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    member.mode = 0o600
    archive.addfile(member, io.BytesIO(content))


def _server_release() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _read_back(path: Path, file_key: bytes) -> None:
    """Raises `BackupFailed` unless the whole file opens as the target gives it back."""
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            # Out of the memory of the machine: a stick that forgets must be asked itself.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        preface, bound = read_preface(file)
        reader = SealedReader(file, preface, bound, file_key)
        while reader.read(1024 * 1024):
            pass


class _Counted:
    """A file that tells how many bytes were written to it."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self._file = file
        self._progress = progress

    def write(self, data: bytes) -> int:
        written = self._file.write(data)
        self._progress(written)
        return written


def _note(home: NodeHome, target: Path, came: Tried) -> None:
    write_file(home.path(TRIED), msgspec.json.encode(tried(home) | {str(target): came}))
