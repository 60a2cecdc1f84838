"""Reading a stranger's certificates in a process of its own: see `openmidas.documents.chip.confined`."""

from __future__ import annotations

import subprocess
from datetime import datetime

import msgspec

from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.list_importing import Imported
from openmidas.documents.chip.tlv import MOST_BYTES
from openmidas.documents.chip.trust import TrustStore
from openmidas.documents.confining import run_confined

SECONDS = 40.0
MOST_ANSWER = 64 * 1024 * 1024


class ImportRequest(msgspec.Struct, frozen=True):
    """What the other process is asked: the arguments of `import_file`."""

    store: TrustStore
    file: str
    data: bytes
    by: str
    at: datetime


class ImportAnswer(msgspec.Struct, frozen=True):
    """The store with what the file brings, and what became of it."""

    store: TrustStore
    said: Imported


def import_file_confined(
    store: TrustStore, file: str, data: bytes, *, by: str, at: datetime, seconds: float = SECONDS
) -> tuple[TrustStore, Imported]:
    """The same as `import_file`, with bounds on memory and time that no file can widen.

    Raises `Unreadable`: ``too_large``, ``took_too_long``, ``reading_failed``.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large", most=str(MOST_BYTES))
    try:
        asked = msgspec.msgpack.encode(ImportRequest(store, file, data, by, at))
        done = run_confined(("-m", "openmidas.documents.chip.importing_child"), asked, seconds)
    except subprocess.TimeoutExpired:
        raise Unreadable("took_too_long") from None
    if done.returncode or len(done.stdout) > MOST_ANSWER:
        raise Unreadable("reading_failed")
    try:
        answer = msgspec.msgpack.decode(done.stdout, type=ImportAnswer)
    except msgspec.MsgspecError:
        raise Unreadable("reading_failed") from None
    return answer.store, answer.said
