"""What is in a download of ICAO's directory (PKD): master lists, revocations, seal signers.

The collection of master lists has a list of each State that gives one; the collection of signers has
those of chips, which every chip brings along itself, those of seals, and the lists of revoked ones.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sized
from datetime import datetime

import msgspec

from openmidas.documents.chip.certificates import read_certificate
from openmidas.documents.chip.findings import ChipFinding, Unreadable
from openmidas.documents.chip.importing import as_der, import_file
from openmidas.documents.chip.ldif import (
    BrokenEntry,
    LdifEntry,
    looks_like_ldif,
    printable,
    read_ldif,
)
from openmidas.documents.chip.list_importing import Imported, Kind
from openmidas.documents.chip.seal_signers import may_name_a_seal
from openmidas.documents.chip.trust import TrustStore

MOST_DOWNLOAD_BYTES = 128 * 1024 * 1024
"""The whole collection of signers and revocations has 80 million."""
MOST_PARTS = 5000
"""That can be taken in: ICAO's collections have some hundreds of lists and signers of seals."""
MOST_TOLD = 1000
"""Of entries and parts that cannot be read: with more, the file is another one than it says. Of the
certificates in its lists, of which five thousand take ten kilobytes, so many have their reason told."""
_SIGNER = "usercertificate"
_HOLDS: Mapping[str, Kind] = {
    "pkdmasterlistcontent": "list",
    "cscamasterlistdata": "list",
    "cacertificate": "certificate",
    "certificaterevocationlist": "revocations",
    _SIGNER: "signer",
}
_ORDER = tuple(dict.fromkeys(_HOLDS.values()))
"""Lists first: what follows is signed by those whom they bring."""
_PARAGRAPH = "RFC 2849"


class Part(msgspec.Struct, frozen=True):
    """One thing of a download that can be taken in. ``remark``: what ICAO says of it, if it is not as the
    rules are."""

    place: int
    kind: Kind
    data: bytes
    remark: str = ""


class Download(msgspec.Struct, frozen=True):
    """A download, taken apart. ``passed``: how many signers of chips it has, which nobody needs to keep."""

    parts: tuple[Part, ...]
    unread: tuple[ChipFinding, ...]
    passed: int


class Looked(msgspec.Struct, frozen=True):
    """What would become of a download: all of it, and each part beside what is trusted now."""

    whole: Imported
    parts: tuple[tuple[Part, Imported], ...] = ()


def read_download(data: bytes) -> Download:
    """Take a download apart, lists first. Raises `Unreadable`."""
    if len(data) > MOST_DOWNLOAD_BYTES:
        raise Unreadable("too_large", most=str(MOST_DOWNLOAD_BYTES))
    parts: list[Part] = []
    unread: list[ChipFinding] = []
    passed = 0
    for entry in read_ldif(data):
        if isinstance(entry, BrokenEntry):
            unread.append(_unread(entry.number, entry.code, entry.params))
            _check(unread, MOST_TOLD)
            continue
        for part in _parts(entry):
            _check(parts, MOST_PARTS)
            _check(unread, MOST_TOLD)
            try:
                if part.kind == "signer" and not may_name_a_seal(read_certificate(part.data)):
                    passed += 1
                    continue
            except Unreadable as error:
                unread.append(_unread(part.place, error.code, error.params))
                continue
            parts.append(part)
    _check(parts, MOST_PARTS)
    parts.sort(key=lambda one: _ORDER.index(one.kind))
    return Download(tuple(parts), tuple(unread), passed)


def _check(some: Sized, most: int) -> None:
    """Raises `Unreadable` where there are more."""
    if len(some) > most:
        raise Unreadable("too_many_parts", most=str(most))


def import_all(
    store: TrustStore, file: str, data: bytes, *, by: str, at: datetime, roots: Collection[str] = ()
) -> tuple[TrustStore, tuple[Imported, ...]]:
    """Take in what is in a file: one thing, as `import_file` does, or of a download the whole first and then
    each of its parts."""
    if not looks_like_ldif(data):
        store, said = import_file(store, file, data, by=by, at=at, roots=roots)
        return store, (said,)
    try:
        download = read_download(data)
    except Unreadable as error:
        return store, (_refused(file, error),)
    outcomes = [_whole(file, download)]
    room = MOST_TOLD
    for part in download.parts:
        name = _name(file, part)
        store, said = import_file(store, name, part.data, by=by, at=at, roots=roots)
        said = _shortened(said, room)
        room -= len(said.unread)
        outcomes.append(_with_remark(said, part))
    return store, tuple(outcomes)


def look_through(store: TrustStore, file: str, data: bytes, *, by: str, at: datetime) -> Looked:
    """What would become of each part of a download by itself, where nothing of the others is taken yet.

    What is no download is its own only part.
    """
    if not looks_like_ldif(data):
        _store, said = import_file(store, file, data, by=by, at=at)
        return Looked(said, ((Part(0, said.kind, as_der(data)), said),))
    try:
        download = read_download(data)
    except Unreadable as error:
        return Looked(_refused(file, error))
    looked = []
    room = MOST_TOLD
    for part in download.parts:
        _store, said = import_file(store, _name(file, part), part.data, by=by, at=at)
        said = _shortened(said, room)
        room -= len(said.unread)
        looked.append((part, _with_remark(said, part)))
    return Looked(_whole(file, download), tuple(looked))


def _parts(entry: LdifEntry) -> list[Part]:
    remark = printable(entry.first("pkdconformancetext"))
    return [
        Part(entry.number, kind, value, remark)
        for name, kind in _HOLDS.items()
        for value in entry.values.get(name, ())
    ]


def _whole(file: str, download: Download) -> Imported:
    nothing = ChipFinding("ldif_nothing", "file", _PARAGRAPH)
    return Imported(
        file=file,
        kind="download",
        accepted=bool(download.parts),
        findings=() if download.parts else (nothing,),
        loaded=len(download.parts),
        passed=download.passed,
        unread=download.unread,
    )


def _name(file: str, part: Part) -> str:
    return f"{file}#{part.place}"


def _shortened(said: Imported, room: int) -> Imported:
    """The same with the reasons of so many unread certificates; how many more there are is said."""
    untold = max(0, len(said.unread) - room)
    return msgspec.structs.replace(said, unread=said.unread[:room], untold=untold)


def _with_remark(said: Imported, part: Part) -> Imported:
    if not part.remark:
        return said
    told = ChipFinding("pkd_remark", "entry", "ICAO PKD", {"text": part.remark}, informative=True)
    return msgspec.structs.replace(said, findings=(*said.findings, told))


def _unread(place: int, code: str, params: dict[str, str]) -> ChipFinding:
    return ChipFinding(code, "entry", _PARAGRAPH, {**params, "place": str(place)})


def _refused(file: str, error: Unreadable) -> Imported:
    finding = error.finding("file", _PARAGRAPH)
    return Imported(file=file, kind="download", accepted=False, findings=(finding,))
