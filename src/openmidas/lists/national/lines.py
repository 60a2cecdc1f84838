"""What a listing says, as lines that a person types and changes; nothing is lost either way.

A name: ``text``, or ``text | quality | script``. A birth: a date, complete or not, as documents have it
(``1974-03-12``, ``1974-03``, ``1974``, ``~1974``), two of them with ``..`` between, or ``?`` for one that
nobody understood; then, after ``|``, the text itself. A document: ``number | State | kind``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

import msgspec

from openmidas.documents import PartialDate
from openmidas.lists.national.entries import BirthOf, DocumentOf, NameOf

Item = TypeVar("Item")
_BETWEEN = ".."
_UNREAD = "?"
_KINDS = {"p": "passport", "i": "national_id", "": "other", "o": "other"}


class LineError(ValueError):
    """A line that was not understood; its text."""


def names_text(names: Iterable[NameOf]) -> str:
    """One name a line; quality and script only where they are not what the line's place says."""
    lines = []
    for at, name in enumerate(names):
        parts = [name.text, name.quality, name.script]
        plain = name.quality == _quality(at) and name.script == "Latn"
        lines.append(name.text if plain else " | ".join(parts))
    return "\n".join(lines)


def read_names(text: str) -> tuple[NameOf, ...]:
    """The inverse of `names_text`; the first name is the primary one. Raises `LineError`."""
    return tuple(_read(_name(at), line) for at, line in enumerate(_lines(text)))


def births_text(births: Iterable[BirthOf]) -> str:
    """One birth a line."""
    return "\n".join(_birth_line(birth) for birth in births)


def read_births(text: str) -> tuple[BirthOf, ...]:
    """The inverse of `births_text`. Raises `LineError`."""
    return tuple(_read(_birth, line) for line in _lines(text))


def documents_text(documents: Iterable[DocumentOf]) -> str:
    """One document a line."""
    lines = []
    for document in documents:
        parts = [document.number, document.issuer or "", document.kind]
        if document.text != _document_text(document.number, document.issuer):
            parts.append(document.text)
        lines.append(" | ".join(parts))
    return "\n".join(lines)


def read_documents(text: str) -> tuple[DocumentOf, ...]:
    """The inverse of `documents_text`; ``P`` and ``I`` are short for kinds. Raises `LineError`."""
    return tuple(_read(_document, line) for line in _lines(text))


def read_states(text: str) -> tuple[str, ...]:
    """Codes of States, with commas or spaces between."""
    return tuple(dict.fromkeys(text.upper().replace(",", " ").split()))


def _read(read: Callable[[str], Item], line: str) -> Item:
    """Also what an entry would not take, because it is too long, is a line that was not understood."""
    try:
        item = read(line)
        return msgspec.convert(msgspec.to_builtins(item), type(item))
    except ValueError as error:
        raise LineError(line[:80]) from error


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _parts(line: str, most: int) -> list[str]:
    parts = [part.strip() for part in line.split("|", most - 1)]
    return parts + [""] * (most - len(parts))


def _quality(at: int) -> str:
    return "primary" if at == 0 else "good"


def _name(at: int) -> Callable[[str], NameOf]:
    def read(line: str) -> NameOf:
        text, quality, script = _parts(line, 3)
        told = {"text": text, "quality": quality or _quality(at), "script": script or "Latn"}
        return msgspec.convert(told, NameOf)

    return read


def _birth_line(birth: BirthOf) -> str:
    if birth.earliest is None or birth.latest is None:
        return f"{_UNREAD} | {birth.text}"
    try:
        known = PartialDate.parse(birth.text)
    except ValueError:
        known = None
    if known is not None and (known.earliest(), known.latest()) == (birth.earliest, birth.latest):
        return birth.text
    span = f"{birth.earliest.isoformat()}{_BETWEEN}{birth.latest.isoformat()}"
    return span if birth.text == span else f"{span} | {birth.text}"


def _birth(line: str) -> BirthOf:
    when, text = _parts(line, 2)
    if when == _UNREAD:
        return BirthOf(None, None, text)
    first, _, last = when.partition(_BETWEEN)
    earliest = PartialDate.parse(first.strip())
    latest = PartialDate.parse(last.strip()) if last else earliest
    if latest.latest() < earliest.earliest() or earliest.earliest() < date(1850, 1, 1):
        raise ValueError(when)
    return BirthOf(earliest.earliest(), latest.latest(), text or when)


def _document(line: str) -> DocumentOf:
    number, issuer, kind, text = _parts(line.replace(",", "|") if "|" not in line else line, 4)
    issuer = issuer.upper()
    told = {
        "kind": _KINDS.get(kind.lower(), kind.lower()),
        "number": number,
        "issuer": issuer or None,
        "text": text or _document_text(number, issuer),
    }
    return msgspec.convert(told, DocumentOf)


def _document_text(number: str, issuer: str | None) -> str:
    return f"{issuer} {number}" if issuer else number
