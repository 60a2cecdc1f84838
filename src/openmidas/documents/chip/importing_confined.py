"""Taking a file into a store in a process of its own, that has little room and little time.

``python -m openmidas.documents.chip.importing_confined < request > answer`` is that process.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection
from datetime import datetime

import msgspec

from openmidas.documents.chip.approving import NotPossible
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.importing import import_file
from openmidas.documents.chip.list_importing import Imported
from openmidas.documents.chip.tlv import MOST_BYTES
from openmidas.documents.chip.trust import TrustStore
from openmidas.documents.confining import bound, run_confined

SECONDS = 120.0
"""That the caller waits at most: a list of the world takes a few."""
_ROOM = 768 * 1024 * 1024
_PROCESSOR_SECONDS = 60


class _Request(msgspec.Struct, frozen=True):
    store: TrustStore
    file: str
    data: bytes
    by: str
    at: datetime
    roots: tuple[str, ...]


class _Answer(msgspec.Struct, frozen=True):
    """``not_possible``: the code of `NotPossible`, in the place of an outcome."""

    store: TrustStore | None = None
    outcome: Imported | None = None
    not_possible: str = ""


def import_file_confined(
    store: TrustStore,
    file: str,
    data: bytes,
    *,
    by: str,
    at: datetime,
    roots: Collection[str] = (),
    seconds: float = SECONDS,
) -> tuple[TrustStore, Imported]:
    """The same as `import_file`, with bounds on memory and time that no file can widen.

    A file that reaches them is not taken. Raises `NotPossible` only where nobody is named who does it.
    """
    if len(data) > MOST_BYTES:
        return store, _refused(file, Unreadable("too_large", most=str(MOST_BYTES)))
    asked = msgspec.msgpack.encode(_Request(store, file, data, by, at, tuple(roots)))
    try:
        done = run_confined(("-m", "openmidas.documents.chip.importing_confined"), asked, seconds)
        answer = msgspec.msgpack.decode(done.stdout, type=_Answer)
    except subprocess.TimeoutExpired:
        return store, _refused(file, Unreadable("took_too_long"))
    except msgspec.MsgspecError:
        return store, _refused(file, Unreadable("reading_failed"))
    if answer.not_possible:
        raise NotPossible(answer.not_possible)
    if answer.store is None or answer.outcome is None:
        return store, _refused(file, Unreadable("reading_failed"))
    return answer.store, answer.outcome


def _refused(file: str, error: Unreadable) -> Imported:
    return Imported(file=file, kind="none", accepted=False, findings=(error.finding("file", ""),))


def main() -> int:
    """Take in what comes, within bounds that nothing in it can widen."""
    bound(_ROOM, _PROCESSOR_SECONDS, writes=False)
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=_Request)
    try:
        store, outcome = import_file(
            asked.store, asked.file, asked.data, by=asked.by, at=asked.at, roots=asked.roots
        )
        answer = _Answer(store, outcome)
    except NotPossible as error:
        answer = _Answer(not_possible=error.code)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
