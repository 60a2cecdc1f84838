"""Taking files into a store in a process of its own, that has little room and little time.

``python -m openmidas.documents.chip.importing_confined < request > answer`` is that process.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection
from datetime import datetime

import msgspec

from openmidas.documents.chip.approving import NotPossible
from openmidas.documents.chip.downloads import (
    MOST_DOWNLOAD_BYTES,
    Looked,
    import_all,
    look_through,
)
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.chip.ldif import looks_like_ldif
from openmidas.documents.chip.list_importing import Imported
from openmidas.documents.chip.tlv import MOST_BYTES
from openmidas.documents.chip.trust import TrustStore
from openmidas.documents.confining import bound, run_confined

SECONDS = 120.0
"""That the caller waits at most: a list of the world takes a few."""
MOST_ANSWER = 64 * 1024 * 1024
"""What the caller takes for an answer at most: parts come back in it as they were. Half of
what a download may have: most of ICAO's are signers of chips, which do not come back."""
_ROOM = 768 * 1024 * 1024
_PROCESSOR_SECONDS = 60


class _Request(msgspec.Struct, frozen=True):
    """``apart``: nothing is taken in; each part is looked at beside what is trusted now."""

    store: TrustStore
    file: str
    data: bytes
    by: str
    at: datetime
    roots: tuple[str, ...] = ()
    apart: bool = False


class _Answer(msgspec.Struct, frozen=True):
    """``not_possible``: the code of `NotPossible`, in the place of an outcome."""

    store: TrustStore | None = None
    outcomes: tuple[Imported, ...] = ()
    looked: Looked | None = None
    not_possible: str = ""


def import_all_confined(
    store: TrustStore,
    file: str,
    data: bytes,
    *,
    by: str,
    at: datetime,
    roots: Collection[str] = (),
    seconds: float = SECONDS,
) -> tuple[TrustStore, tuple[Imported, ...]]:
    """The same as `import_all`, with bounds on memory and time that no file can widen.

    A file that reaches them is not taken. Raises `NotPossible` only where nobody is named who does it.
    """
    answer = _asked(_Request(store, file, data, by, at, tuple(roots)), seconds)
    if isinstance(answer, Unreadable):
        return store, (_refused(file, answer),)
    if answer.store is None or not answer.outcomes:
        return store, (_refused(file, Unreadable("reading_failed")),)
    return answer.store, answer.outcomes


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
    """The same for a file that is no download and holds one thing: what became of it."""
    after, outcomes = import_all_confined(
        store, file, data, by=by, at=at, roots=roots, seconds=seconds
    )
    return after, outcomes[0]


def look_through_confined(
    store: TrustStore, file: str, data: bytes, *, by: str, at: datetime, seconds: float = SECONDS
) -> Looked:
    """The same as `look_through`, within those bounds. Raises `NotPossible` as above."""
    answer = _asked(_Request(store, file, data, by, at, apart=True), seconds)
    if isinstance(answer, Unreadable):
        return Looked(_refused(file, answer))
    return answer.looked or Looked(_refused(file, Unreadable("reading_failed")))


def most_bytes(data: bytes) -> int:
    """How large a file may be that begins so."""
    return MOST_DOWNLOAD_BYTES if looks_like_ldif(data) else MOST_BYTES


def _asked(request: _Request, seconds: float) -> _Answer | Unreadable:
    most = most_bytes(request.data)
    if len(request.data) > most:
        return Unreadable("too_large", most=str(most))
    asked = msgspec.msgpack.encode(request)
    try:
        done = run_confined(("-m", "openmidas.documents.chip.importing_confined"), asked, seconds)
        if len(done.stdout) > MOST_ANSWER:
            return Unreadable("too_much_at_once", most=str(MOST_ANSWER // 1024**2))
        answer = msgspec.msgpack.decode(done.stdout, type=_Answer)
    except subprocess.TimeoutExpired:
        return Unreadable("took_too_long")
    except msgspec.MsgspecError:
        return Unreadable("reading_failed")
    if answer.not_possible:
        raise NotPossible(answer.not_possible)
    return answer


def _refused(file: str, error: Unreadable) -> Imported:
    return Imported(file=file, kind="none", accepted=False, findings=(error.finding("file", ""),))


def main() -> int:
    """Take in what comes, within bounds that nothing in it can widen."""
    bound(_ROOM, _PROCESSOR_SECONDS, writes=False)
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=_Request)
    try:
        answer = _looked(asked) if asked.apart else _taken(asked)
    except NotPossible as error:
        answer = _Answer(not_possible=error.code)
    told = msgspec.msgpack.encode(answer)
    # More than the caller takes is cut, so that it need not hold it.
    sys.stdout.buffer.write(told[: MOST_ANSWER + 1])
    return 0


def _taken(asked: _Request) -> _Answer:
    store, outcomes = import_all(
        asked.store, asked.file, asked.data, by=asked.by, at=asked.at, roots=asked.roots
    )
    return _Answer(store, outcomes)


def _looked(asked: _Request) -> _Answer:
    looked = look_through(asked.store, asked.file, asked.data, by=asked.by, at=asked.at)
    return _Answer(looked=looked)


if __name__ == "__main__":
    sys.exit(main())
