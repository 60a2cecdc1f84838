"""Reading LDIF (RFC 2849), the form in which ICAO's directory of certificates (PKD) is downloaded.

Entries, one after another, within bounds: one that is not as it should be costs no other. Nothing that an
entry refers to is opened.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

import msgspec

from openmidas.documents.chip.findings import Unreadable

MOST_ENTRY_BYTES = 6 * 1024 * 1024
"""Of one entry as it stands: a master list of the largest size that is read, in base64."""
MOST_LINES = 500
"""Attributes in one entry: those of the PKD have a dozen."""
MOST_ENTRIES = 200_000
"""The PKD has thirty thousand."""
_LONGEST_NAME = 500
_ATTRIBUTE = re.compile(rb"([A-Za-z][A-Za-z0-9-]*|[0-9]+(?:\.[0-9]+)*)(;[A-Za-z0-9-]+)*")
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?(?:#[^\n]*\n(?: [^\n]*\n)*|\r?\n)*(?:version|dn):", re.I)
_LOOKED_AT = 64 * 1024


class LdifEntry(msgspec.Struct, frozen=True):
    """One entry. ``values``: by the names of its attributes in small letters, without their options."""

    number: int
    """Its place in the file, from one."""
    dn: str
    values: Mapping[str, tuple[bytes, ...]] = {}

    def first(self, name: str) -> bytes:
        """The first value of an attribute; empty where it has none."""
        return self.values.get(name, (b"",))[0]


class BrokenEntry(msgspec.Struct, frozen=True):
    """An entry that cannot be read, by its place, and why (a code that has words)."""

    number: int
    code: str
    params: dict[str, str] = {}


def looks_like_ldif(data: bytes) -> bool:
    """Whether the first line that is neither empty nor a comment is one that begins an LDIF."""
    return _FIRST.match(data[:_LOOKED_AT]) is not None


def read_ldif(data: bytes) -> Iterator[LdifEntry | BrokenEntry]:
    """The entries of a file, in their order. Raises `Unreadable` where there are too many."""
    number = 0
    for lines in _records(data.removeprefix(b"\xef\xbb\xbf")):
        if number == 0 and not isinstance(lines, Unreadable):
            lines = _without_version(lines)
        if not lines:
            continue
        number += 1
        if number > MOST_ENTRIES:
            raise Unreadable("too_many_parts", most=str(MOST_ENTRIES))
        try:
            if isinstance(lines, Unreadable):
                raise lines
            yield _entry(number, lines)
        except Unreadable as error:
            yield BrokenEntry(number, error.code, error.params)


def _records(data: bytes) -> Iterator[Sequence[bytes] | Unreadable]:
    """The lines of each entry, unfolded and without comments; or why there is more than an entry may have."""
    lines: list[bytearray] = []
    problem: Unreadable | None = None
    size = 0
    for raw in BytesIO(data):
        line = raw.rstrip(b"\r\n")
        if not line:
            if size:
                yield problem or _said(lines)
            lines, problem, size = [], None, 0
            continue
        size += len(line)
        if problem is None:
            problem = _too_much(size, len(lines))
        if problem is not None:
            lines = []
        elif line.startswith(b" ") and lines:
            lines[-1] += line[1:]
        else:
            lines.append(bytearray(line))
    yield problem or _said(lines)


def _too_much(size: int, lines: int) -> Unreadable | None:
    if size > MOST_ENTRY_BYTES:
        return Unreadable("too_large", most=str(MOST_ENTRY_BYTES))
    return Unreadable("too_many_parts", most=str(MOST_LINES)) if lines > MOST_LINES else None


def _said(lines: Sequence[bytearray]) -> Sequence[bytes]:
    return [bytes(line) for line in lines if not line.startswith(b"#")]


def _without_version(lines: Sequence[bytes]) -> Sequence[bytes]:
    return lines[1:] if lines and lines[0].lower().startswith(b"version:") else lines


def _entry(number: int, lines: Sequence[bytes]) -> LdifEntry:
    """One entry. Raises `Unreadable` with one of the codes ``ldif_…``."""
    (named, dn), *rest = map(_attribute, lines)
    if named != "dn":
        raise Unreadable("ldif_no_name")
    values: dict[str, list[bytes]] = {}
    for name, value in rest:
        if name == "changetype" and value.strip().lower() != b"add":
            raise Unreadable("ldif_change")
        values.setdefault(name, []).append(value)
    return LdifEntry(number, printable(dn), {name: tuple(each) for name, each in values.items()})


def _attribute(line: bytes) -> tuple[str, bytes]:
    name, colon, value = line.partition(b":")
    found = _ATTRIBUTE.fullmatch(name)
    if not colon or found is None:
        raise Unreadable("ldif_line")
    if value.startswith(b"<"):
        raise Unreadable("ldif_elsewhere")
    said = found[1].decode("ascii").lower()
    if not value.startswith(b":"):
        return said, value.lstrip(b" ")
    try:
        return said, base64.b64decode(value[1:].strip(b" "), validate=True)
    except ValueError:
        raise Unreadable("ldif_base64", name=said[:100]) from None


def printable(value: bytes) -> str:
    """A text of an entry for people: on one line, and not longer than a line is."""
    said = value.decode("utf-8", "replace")
    return "".join(filter(str.isprintable, said))[:_LONGEST_NAME]
