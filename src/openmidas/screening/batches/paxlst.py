"""A manifest of passengers and crew as carriers send it: UN/EDIFACT PAXLST (WCO/IATA/ICAO API guide).

Carriers write it with odd signs between elements, without the segment that names them (UNA), with
wrong counts and cut off in the middle. Each segment is read by itself, so that a broken one costs no
other. `pydifact` takes a segment apart; its own parser would stop at the first fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from pydifact.control.characters import Characters
from pydifact.exceptions import EDISyntaxError, ValidationError
from pydifact.parser import Parser, TokenIterator
from pydifact.tokenizer import Tokenizer

from openmidas.screening.formats.birth_texts import span_of
from openmidas.screening.problems import Problem

_TRAVELLERS = ("FL", "FM", "DDT", "DDU", "FX", "BA")
"""Passenger, crew, and those in transit (code list 3035)."""
_BIRTH, _NATIONALITY, _ISSUER = "329", "2", "91"
_DOCUMENTS = ("P", "I", "A", "C", "AC", "IP", "F")
"""Passport, identity card and other travel documents; not visas, tickets and the like."""
_COUNTS = ("42", "41", "54")
_BEGINS, _ENDS = ("UNH",), ("UNT", "UNZ")
"""The segments that begin and end a message: one without its end was not carried whole."""
_LONGEST_SEGMENT = 4_000
_UNA = re.compile(r"UNA(.)(.)(.)(.)(.)(.)", re.DOTALL)
_SECOND = re.compile(r"(?:UNB|UNG|UNH)(.)")

Elements = list[str | list[str]]


def read_paxlst(text: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The travellers of a manifest, as objects of the interface, and what of it is wrong."""
    characters, body = _characters(text.lstrip("\ufeff \r\n"))
    reading = _Reading()
    for at, segment in enumerate(_segments(body, characters), start=1):
        elements = _elements(segment, characters)
        if elements is None:
            reading.problems.append(
                Problem("", f"segment {at}", "unreadable_line", segment[:_LONGEST_SEGMENT])
            )
        else:
            reading.take(elements)
    reading.end()
    return reading.travellers, reading.problems


class _Reading:
    """Puts segments to the traveller that they stand behind."""

    def __init__(self) -> None:
        self.travellers: list[dict[str, Any]] = []
        self.problems: list[Problem] = []
        self._now: dict[str, Any] | None = None
        self._is_document = False
        self._said: list[int] = []
        self._ended = False

    def take(self, elements: Elements) -> None:
        """One segment."""
        tag = _part(elements, 0)
        self._ended = tag in _ENDS or (self._ended and tag not in _BEGINS)
        if tag == "NAD":
            self._person(elements)
        elif tag == "CNT" and _part(elements, 1) in _COUNTS:
            said = _part(elements, 1, 1)
            self._said += [int(said)] if said.isdigit() else []
        elif self._now is not None:
            self._more(tag, elements, self._now)

    def end(self) -> None:
        """Tell where the manifest ends in the middle, or says another number of travellers."""
        if not self._ended:
            self.problems.append(Problem("", "UNT", "missing", ""))
        if self._said and len(self.travellers) not in (sum(self._said), *self._said):
            text = f"{sum(self._said)} / {len(self.travellers)}"
            self.problems.append(Problem("", "CNT", "wrong_count", text))

    def _person(self, elements: Elements) -> None:
        self._now, self._is_document = None, False
        if _part(elements, 1) not in _TRAVELLERS:
            return
        # The name is a composite of its own, or stands in the one for unstructured names.
        surname, *given = _parts(elements, 4) or _parts(elements, 3) or [""]
        self._now = {"surname": surname, "given_names": " ".join(part for part in given if part)}
        self.travellers.append(self._now)

    def _more(self, tag: str, elements: Elements, person: dict[str, Any]) -> None:
        if tag == "ATT" and _part(elements, 1) == "2":
            person["sex"] = _part(elements, 3)
        elif tag == "DTM" and _part(elements, 1) == _BIRTH:
            person["birth"] = _birth(_part(elements, 1, 1))
        elif tag == "NAT" and _part(elements, 1) == _NATIONALITY:
            person["nationality"] = _part(elements, 2)
        elif tag == "DOC":
            self._is_document = _part(elements, 1) in _DOCUMENTS
            if self._is_document:
                person.setdefault("number", []).append(_part(elements, 2))
        elif tag == "LOC" and _part(elements, 1) == _ISSUER and self._is_document:
            person.setdefault("number_issuer", _part(elements, 2))


def _characters(text: str) -> tuple[Characters, str]:
    """The signs between elements: as UNA says, or as they look, and the text behind UNA."""
    named = _UNA.match(text)
    if named:
        signs = Characters(*named.groups())  # type: ignore[no-untyped-call]  # pydifact has no types
        return signs, text[named.end() :]
    second = _SECOND.search(text)
    data = second[1] if second else "+"
    # Without an apostrophe at the ends, lines are the segments.
    ends = "'" if "'" in text else "\n"
    component = ":" if ":" in text else "|"
    signs = Characters(component, data, segment_terminator=ends)  # type: ignore[no-untyped-call]  # as above
    return signs, text


def _segments(text: str, characters: Characters) -> Iterator[str]:
    """The text cut at the signs that end a segment and are not released by the sign before them."""
    release, end = characters.escape_character, characters.segment_terminator
    pattern = rf"(?:[^{re.escape(end + release)}]|{re.escape(release)}.)+"
    for found in re.finditer(pattern, text, re.DOTALL):
        segment = found[0].strip("\r\n \t")
        if segment:
            yield segment


def _elements(segment: str, characters: Characters) -> Elements | None:
    """The elements of a segment, None where it cannot be taken apart."""
    if len(segment) > _LONGEST_SEGMENT:
        return None
    tokens = Tokenizer().get_tokens(segment + characters.segment_terminator, characters)
    try:
        found: Elements = next(Parser().convert_tokens_to_raw_segments(TokenIterator(tokens)))
    except (EDISyntaxError, ValidationError, StopIteration, AssertionError):
        return None
    return found if re.fullmatch("[A-Z]{3}", _part(found, 0)) else None


def _parts(elements: Elements, at: int) -> list[str]:
    if at >= len(elements) or not elements[at]:
        return []
    element = elements[at]
    return [element] if isinstance(element, str) else element


def _part(elements: Elements, at: int, component: int = 0) -> str:
    parts = _parts(elements, at)
    return parts[component].strip() if component < len(parts) else ""


def _birth(text: str) -> str:
    """YYMMDD or CCYYMMDD as a date. Nobody is born in the future: 31 is 1931 until 2031 has begun."""
    if not text.isdigit() or len(text) not in (6, 8):
        return text
    if len(text) == 6:
        this_year = date.today().year  # noqa: DTZ011  a century is asked for, not a moment
        year = int(text[:2]) + 2000
        text = f"{year if year <= this_year else year - 100}{text[2:]}"
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    span = span_of(year, month, day)
    if span is None:
        return text
    return "-".join(part for part in (text[:4], text[4:6], text[6:]) if int(part))
