"""Where the key of an unsealed post is: in memory that has the form of a file, gone with the power.

Three processes and the command line need the key, and the web server starts its worker anew, so an
inherited pipe would not reach them. A file in ``/run`` or ``/dev/shm`` does: those are kept in memory
by Linux. Who can read it, the node's account and root, can read the memory of its processes as well.
"""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from openmidas.nodes.home import write_file
from openmidas.nodes.sealing.sealed import SealFailed

RUN = Path("/run/openmidas")
"""Made by systemd for the node's services, and kept while one of them is started again."""
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  a place of our own in it, which nobody else can enter
_IN_MEMORY = ("tmpfs", "ramfs")


def memory_folder() -> Path:
    """The folder in memory for this account's keys. Raises `SealFailed` ``seal.no_memory``.

    ``OPENMIDAS_RUN`` names another.
    """
    if said := os.environ.get("OPENMIDAS_RUN"):
        return _checked(Path(said))
    if RUN.is_dir() and os.access(RUN, os.W_OK):
        return _checked(RUN)
    if not SHARED_MEMORY.is_dir():
        raise SealFailed("seal.no_memory")
    folder = _own_shared_memory()
    folder.mkdir(mode=0o700, exist_ok=True)
    return _checked(folder)


def put_key(node: UUID, key: bytes) -> None:
    """Keep the key of this node's database until it is forgotten, or the power goes."""
    write_file(_path(node), key.hex().encode())


def read_key(node: UUID) -> bytes | None:
    """The key of this node's database; None while it is sealed."""
    try:
        return bytes.fromhex(_path(node).read_text(encoding="ascii"))
    except (FileNotFoundError, SealFailed):
        return None


def forget_key(node: UUID) -> None:
    """Seal the node again. Processes that have the key in their own memory end by themselves."""
    # Where a key was put before systemd had made the services' folder, as well.
    for folder in (memory_folder(), RUN, _own_shared_memory()):
        folder.joinpath(_name(node)).unlink(missing_ok=True)


def swaps_to_disk(swaps: Path = Path("/proc/swaps")) -> bool:
    """Whether this machine writes memory to a disk; zram is memory as well."""
    try:
        lines = swaps.read_text(encoding="utf-8").splitlines()[1:]
    except OSError:
        return False
    return any(not line.startswith("/dev/zram") for line in lines)


def _path(node: UUID) -> Path:
    return memory_folder() / _name(node)


def _name(node: UUID) -> str:
    return f"{node.hex}.key"


def _own_shared_memory() -> Path:
    return SHARED_MEMORY / f"openmidas-{os.getuid()}"


def _checked(folder: Path) -> Path:
    """Nobody else's folder, and none on a disk: a key that was written there could be found for ever."""
    if os.name != "posix":
        raise SealFailed("seal.no_memory")
    found = folder.lstat()
    ours = found.st_uid == os.getuid() and not found.st_mode & 0o077
    if (
        not folder.is_dir()
        or folder.is_symlink()
        or not ours
        or _file_system(folder) not in _IN_MEMORY
    ):
        raise SealFailed("seal.no_memory")
    return folder


def _file_system(folder: Path) -> str:
    """The kind of file system that a folder is on, by the longest mount above it."""
    resolved = folder.resolve()
    mounts: dict[Path, str] = {}
    for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
        _device, where, kind = line.split()[:3]
        mounts[Path(where.replace("\\040", " "))] = kind
    return next(mounts[each] for each in (resolved, *resolved.parents) if each in mounts)
