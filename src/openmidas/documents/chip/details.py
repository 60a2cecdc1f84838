"""DG11 and DG12: more about the holder and the document, in writing (Doc 9303-10, 4.7.11 and 4.7.12)."""

from __future__ import annotations

from datetime import date

import msgspec

from openmidas.documents.chip.findings import ChipFinding
from openmidas.documents.chip.tlv import Tlv, read_one
from openmidas.documents.dates import PartialDate

DG11, DG12 = 0x6B, 0x6C
LONGEST_TEXT = 2000
MOST_TEXTS = 50
_REPEATED = 0xA0


class PersonDetails(msgspec.Struct, frozen=True, kw_only=True):
    """DG11: more about the holder, in the script of their State. What is not there is empty."""

    name: str = ""
    other_names: tuple[str, ...] = ()
    personal_number: str = ""
    birth: PartialDate | None = None
    birth_place: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    telephone: str = ""
    profession: str = ""
    title: str = ""
    summary: str = ""
    other_documents: tuple[str, ...] = ()
    custody: str = ""
    findings: tuple[ChipFinding, ...] = ()


class DocumentDetails(msgspec.Struct, frozen=True, kw_only=True):
    """DG12: more about the document."""

    authority: str = ""
    issued: date | None = None
    other_persons: tuple[str, ...] = ()
    endorsements: str = ""
    tax: str = ""
    personalised: str = ""
    system: str = ""
    findings: tuple[ChipFinding, ...] = ()


def read_person(file: bytes) -> PersonDetails:
    """DG11. Raises `Unreadable`; a field that cannot be read is left out, with a finding."""
    fields = _Fields(read_one(file, DG11), "DG11", "Doc 9303-10, 4.7.11")
    return PersonDetails(
        name=fields.name(0x5F0E),
        other_names=fields.names(0x5F0F),
        personal_number=fields.text(0x5F10),
        birth=fields.birth(0x5F2B),
        birth_place=fields.several(0x5F11),
        address=fields.several(0x5F42),
        telephone=fields.text(0x5F12),
        profession=fields.text(0x5F13),
        title=fields.text(0x5F14),
        summary=fields.text(0x5F15),
        other_documents=fields.several(0x5F17),
        custody=fields.text(0x5F18),
        findings=tuple(fields.findings),
    )


def read_document(file: bytes) -> DocumentDetails:
    """DG12. Raises `Unreadable`; a field that cannot be read is left out, with a finding."""
    fields = _Fields(read_one(file, DG12), "DG12", "Doc 9303-10, 4.7.12")
    issued = fields.birth(0x5F26)
    return DocumentDetails(
        authority=fields.text(0x5F19),
        issued=_whole(issued),
        other_persons=fields.names(0x5F1A),
        endorsements=fields.text(0x5F1B),
        tax=fields.text(0x5F1C),
        personalised=fields.figures(0x5F55),
        system=fields.text(0x5F56),
        findings=tuple(fields.findings),
    )


class _Fields:
    """The fields of DG11 and DG12, read one by one: one that is wrong costs no other."""

    def __init__(self, file: Tlv, group: str, paragraph: str) -> None:
        self.group, self.paragraph = group, paragraph
        self.findings: list[ChipFinding] = []
        self.parts: dict[int, bytes] = {}
        self.repeated: list[Tlv] = []
        for part in file.parts():
            if part.tag == _REPEATED:
                self.repeated += part.parts()
            else:
                self.parts.setdefault(part.tag, part.value)

    def text(self, tag: int) -> str:
        return self._decoded(tag, self.parts.get(tag, b""))

    def name(self, tag: int) -> str:
        return _name(self.text(tag))

    def names(self, tag: int) -> tuple[str, ...]:
        found = [part.value for part in self.repeated if part.tag == tag][:MOST_TEXTS]
        found += [self.parts[tag]] if tag in self.parts else []
        return tuple(_name(self._decoded(tag, value)) for value in found)

    def several(self, tag: int) -> tuple[str, ...]:
        texts = self.text(tag).split("<")[:MOST_TEXTS]
        return tuple(text.strip() for text in texts if text.strip())

    def figures(self, tag: int) -> str:
        """Digits as characters, or two to a byte: both are in the field."""
        value = self.parts.get(tag, b"")
        return value.decode("ascii") if value.isdigit() else value.hex()

    def birth(self, tag: int) -> PartialDate | None:
        """A date, of which the month and the day may be zero."""
        if tag not in self.parts:
            return None
        text = self.figures(tag)
        try:
            year, month, day = int(text[:4]), int(text[4:6]), int(text[6:8])
            if len(text) == 8 and 1800 <= year <= 2200:
                return PartialDate(year, month or None, day or None if month else None)
        except ValueError:
            pass
        self._wrong("date_not_allowed", tag, text[:20])
        return None

    def _decoded(self, tag: int, value: bytes) -> str:
        if len(value) > LONGEST_TEXT:
            self._wrong("text_too_long", tag, str(len(value)))
            value = value[:LONGEST_TEXT]
        text = value.decode("utf-8", "replace")
        if "\ufffd" in text:
            self._wrong("text_not_allowed", tag, "")
        return "".join(letter for letter in text if letter.isprintable()).strip()

    def _wrong(self, code: str, tag: int, read: str) -> None:
        params = {"tag": f"{tag:X}", "read": read}
        self.findings.append(ChipFinding(code, self.group, self.paragraph, params))


def _name(text: str) -> str:
    """``SMITH<<JOHN<T`` as people write it: the primary identifier, a comma, the others."""
    primary, _, secondary = text.partition("<<")
    parts = [" ".join(part.replace("<", " ").split()) for part in (primary, secondary)]
    return ", ".join(filter(None, parts))


def _whole(day: PartialDate | None) -> date | None:
    if day is None or day.month is None or day.day is None:
        return None
    return date(day.year, day.month, day.day)
