"""A store of trust as one file, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import msgspec

from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.trust import TrustStore

MOST_STORE_BYTES = 32 * 1024 * 1024
_READABLE = 0o644


def load(path: Path) -> TrustStore:
    """The store in a file; an empty one where there is none yet.

    Raises `Unreadable` where the file is something else, `OSError` where it cannot be opened.
    """
    try:
        size = path.stat().st_size
    except FileNotFoundError:
        return TrustStore()
    if size > MOST_STORE_BYTES:
        raise Unreadable("too_large", most=str(MOST_STORE_BYTES))
    try:
        return msgspec.json.decode(path.read_bytes(), type=TrustStore)
    except msgspec.MsgspecError:
        raise Unreadable("store_broken") from None


def save(path: Path, store: TrustStore) -> None:
    """Write the store in the place of what was there. Raises `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".trust-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(store))
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_READABLE)  # certificates are public, and the node's own account reads them
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
