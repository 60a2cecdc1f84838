"""Reading a stranger's chip in a process of its own, that has little room and little time."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.proofs import ChipProofs
from openmidas.documents.chip.reading import ChipReading
from openmidas.documents.chip.tlv import MOST_BYTES
from openmidas.documents.chip.trust import TrustStore
from openmidas.documents.confining import run_confined
from openmidas.documents.reading import Reading

SECONDS = 20.0
"""That the caller waits at most; the process itself gets less of the processor."""
MOST_ANSWER = 64 * 1024 * 1024


class Request(msgspec.Struct, frozen=True):
    """What the other process is asked. ``trust``: the path of a store, or empty where ``store`` is it."""

    files: dict[str, bytes]
    trust: str
    at: datetime
    printed: Reading | None = None
    store: TrustStore = TrustStore()
    proofs: ChipProofs | None = None


def read_chip_confined(
    files: Mapping[str, bytes],
    trust: Path | TrustStore | None,
    *,
    at: datetime,
    printed: Reading | None = None,
    proofs: ChipProofs | None = None,
    seconds: float = SECONDS,
) -> ChipReading:
    """The same as `read_chip`, with bounds on memory and time that no file can widen.

    `trust`: a store, or the path of one, which the other process reads by itself; None for none.
    Raises `Unreadable`: ``too_large``, ``took_too_long``, ``reading_failed``.
    """
    if sum(map(len, files.values())) > MOST_BYTES:
        raise Unreadable("too_large", most=str(MOST_BYTES))
    store = trust if isinstance(trust, TrustStore) else TrustStore()
    path = str(trust) if isinstance(trust, Path) else ""
    request = Request(dict(files), path, at, printed, store, proofs)
    try:
        asked = msgspec.msgpack.encode(request)
        done = run_confined(("-m", "openmidas.documents.chip.child"), asked, seconds)
    except subprocess.TimeoutExpired:
        raise Unreadable("took_too_long") from None
    if done.returncode or len(done.stdout) > MOST_ANSWER:
        raise Unreadable("reading_failed")
    try:
        return msgspec.msgpack.decode(done.stdout, type=ChipReading)
    except msgspec.MsgspecError:
        raise Unreadable("reading_failed") from None
