"""One INDIVIDUAL or ENTITY of the UN list becomes one Listing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from xml.etree.ElementTree import Element

from openmidas.documents import alpha3
from openmidas.screening.formats.report import Report
from openmidas.screening.listings import (
    Detail,
    Kind,
    ListedBirth,
    ListedDocument,
    ListedName,
    Listing,
    Sex,
)
from openmidas.screening.problems import Problem
from openmidas.screening.un.births import read_alias_birth, read_birth
from openmidas.screening.un.documents import documents_in_prose, read_document
from openmidas.screening.un.names import NAME_PARTS, Alias, original_names, primary_name

_SIMPLE = (
    *NAME_PARTS,
    "DATAID",
    "VERSIONNUM",
    "UN_LIST_TYPE",
    "REFERENCE_NUMBER",
    "LISTED_ON",
    "GENDER",
    "COMMENTS1",
    "NAME_ORIGINAL_SCRIPT",
    "SORT_KEY",
    "SORT_KEY_LAST_MOD",
)
_PLACE_FIELDS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE")
_VALUE_DETAILS = {
    "TITLE": "title",
    "DESIGNATION": "designation",
    "LIST_TYPE": "list_type",
    "LAST_DAY_UPDATED": "updated",
}
_SEXES: dict[str, Sex] = {"male": "M", "female": "F"}
_SEX_IN_PROSE = re.compile(r"\bgender\s*:\s*(male|female)\b", re.IGNORECASE)


def read_listing(element: Element) -> tuple[Listing | None, list[Problem]]:
    """The listing in this element, None when it names nobody, and what was not understood."""
    reading = _Reading(element)
    return reading.listing(), reading.report.problems


class _Reading:
    """The work of reading one listing: simple fields first, then each repeated element."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.kind: Kind = "person" if element.tag == "INDIVIDUAL" else "entity"
        self.report = Report(_text(element, "REFERENCE_NUMBER") or _text(element, "DATAID"))
        self.names: list[ListedName] = []
        self.births: list[ListedBirth] = []
        self.documents: list[ListedDocument] = []
        self.nationalities: list[str] = []
        self.details: list[Detail] = []

    def listing(self) -> Listing | None:
        simple = self._simple()
        self.names += primary_name(simple)
        self.names += original_names(simple.get("NAME_ORIGINAL_SCRIPT", ""))
        for child in self.element:
            if child.tag not in _SIMPLE:
                self._repeated(child)
        if not self.names or not self.report.listing:
            field = "FIRST_NAME" if self.report.listing else "REFERENCE_NUMBER"
            self.report.add(field, "missing", " ".join(name.text for name in self.names))
            return None
        if "REFERENCE_NUMBER" not in simple:
            self.report.add("REFERENCE_NUMBER", "missing", "")
        remarks = simple.get("COMMENTS1", "")
        self.documents += documents_in_prose(remarks)
        return Listing(
            id=self.report.listing,
            kind=self.kind,
            names=tuple(dict.fromkeys(self.names)),
            births=tuple(dict.fromkeys(self.births)),
            sex=self._sex(simple, remarks),
            nationalities=tuple(dict.fromkeys(self.nationalities)),
            documents=tuple(dict.fromkeys(self.documents)),
            programme=simple.get("UN_LIST_TYPE", ""),
            listed_on=self._listed_on(simple.get("LISTED_ON", "")),
            remarks=remarks,
            details=tuple(dict.fromkeys(self.details)),
            unread=tuple(self.report.unread),
        )

    def _simple(self) -> dict[str, str]:
        """The fields that stand once and hold nothing but text."""
        simple: dict[str, str] = {}
        for child in self.element:
            text = self.report.text(child) if child.tag in _SIMPLE else ""
            if text and child.tag in simple:
                self.report.add(child.tag, "duplicate", text)
            elif text:
                simple[child.tag] = text
        if "DATAID" in simple:
            version = simple.get("VERSIONNUM", "")
            self.details.append(Detail("source_id", f"{simple['DATAID']} {version}".strip()))
        return simple

    def _repeated(self, child: Element) -> None:
        readers: dict[str, Callable[[Element], None]] = {
            "NATIONALITY": self._nationality,
            "INDIVIDUAL_DATE_OF_BIRTH": self._birth,
            "INDIVIDUAL_DOCUMENT": self._document,
            "INDIVIDUAL_PLACE_OF_BIRTH": self._place("birth_place"),
            "INDIVIDUAL_ADDRESS": self._place("address"),
            "ENTITY_ADDRESS": self._place("address"),
            "INDIVIDUAL_ALIAS": self._alias,
            "ENTITY_ALIAS": self._alias,
        }
        if child.tag in _VALUE_DETAILS:
            kind = _VALUE_DETAILS[child.tag]
            self.details += [Detail(kind, text) for text in self.report.values(child)]
        elif child.tag in readers:
            readers[child.tag](child)
        else:
            text = " ".join(part.strip() for part in child.itertext() if part.strip())
            if text:
                self.report.add(child.tag, "unknown_field", text)

    def _nationality(self, child: Element) -> None:
        for text in self.report.values(child):
            code = alpha3(text)
            if code:
                self.nationalities.append(code)
            else:
                self.report.add("NATIONALITY/VALUE", "unknown_state", text)

    def _birth(self, child: Element) -> None:
        birth = read_birth(child, self.report)
        if birth:
            self.births.append(birth)

    def _document(self, child: Element) -> None:
        document = read_document(child, self.report)
        if document:
            self.documents.append(document)

    def _place(self, kind: str) -> Callable[[Element], None]:
        def read(child: Element) -> None:
            fields = self.report.fields(child, _PLACE_FIELDS)
            if fields:
                text = ", ".join(fields[name] for name in _PLACE_FIELDS if name in fields)
                self.details.append(Detail(kind, text))

        return read

    def _alias(self, child: Element) -> None:
        alias = Alias(child, self.report)
        self.names += alias.names
        self.details += alias.details
        birth = read_alias_birth(alias.birth, f"{child.tag}/DATE_OF_BIRTH", self.report)
        if birth:
            self.births.append(birth)
        documents = documents_in_prose(alias.note)
        self.documents += documents
        if not documents and any(char.isdigit() for char in alias.note):
            # A date or a number in a sentence: people can read it, the matching cannot.
            self.report.add(f"{child.tag}/NOTE", "unreadable_note", alias.note)

    def _sex(self, simple: dict[str, str], remarks: str) -> Sex | None:
        text = simple.get("GENDER", "")
        if text:
            if text.lower() not in _SEXES:
                self.report.add("GENDER", "unknown_value", text)
            return _SEXES.get(text.lower())
        found = {word.lower() for word in _SEX_IN_PROSE.findall(remarks)}
        return _SEXES[found.pop()] if len(found) == 1 else None

    def _listed_on(self, text: str) -> date | None:
        if not text:
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            self.report.add("LISTED_ON", "unreadable_date", text)
            return None


def _text(element: Element, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())
