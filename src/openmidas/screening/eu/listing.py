"""One `sanctionEntity` of the European list becomes one Listing."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from openmidas.screening.eu.births import read_birthdate
from openmidas.screening.formats.draft import Draft
from openmidas.screening.formats.report import all_text
from openmidas.screening.listings import Listing, Quality
from openmidas.screening.problems import Problem

_PERSON = ("person", "P")
_LABELS = {"unitedNationId": "UN", "designationDetails": "", "designationDate": "designationDate"}
_UNKNOWN = ("UNKNOWN", "00", "")
_PLACE = ("street", "poBox", "zipCode", "place", "city", "region", "countryDescription")
_BOOKKEEPING = ("logicalId", "regulationLanguage", "euReferenceNumber")
_LEADING = ("", "EN")
"""Languages whose spelling of a name leads: that of the act itself comes first in any order."""
_WORDED = ("id", "passport", "diplpassport", "")
"""Codes of documents of a person, of which the description says which. Of others the code says it:
"Other identification number" is no identity card."""
_FLAGS = ("diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")


def read_entity(element: Element) -> tuple[Listing | None, list[Problem]]:
    """The listing in this element, None when it names nobody, and what was not understood."""
    return _Reading(element).read()


class _Reading:
    """The work of reading one listing, child by child."""

    def __init__(self, element: Element) -> None:
        self.element = element
        subject = element.find("subjectType")
        codes = (
            ()
            if subject is None
            else (subject.get("code", ""), subject.get("classificationCode", ""))
        )
        id = element.get("euReferenceNumber") or element.get("logicalId") or ""
        self.draft = Draft(id.strip(), "person" if set(codes) & set(_PERSON) else "entity")
        self.leading = _leading_name(element)
        if subject is None:
            self.draft.report.add("subjectType", "missing", "")

    def read(self) -> tuple[Listing | None, list[Problem]]:
        for name, text in self.draft.report.attributes(self.element).items():
            if name in _LABELS:
                self.draft.add_detail("note", text, _LABELS[name])
            elif name == "logicalId":
                self.draft.add_detail("source_id", text)
            elif name not in _BOOKKEEPING:
                self.draft.report.add(name, "unknown_field", text)
        readers: dict[str, Callable[[Element], None]] = {
            "subjectType": self._subject,
            "nameAlias": self._name,
            "birthdate": self._birth,
            "citizenship": self._citizenship,
            "identification": self._identification,
            "address": self._address,
            "regulation": self._regulation,
            "remark": self._remark,
        }
        for child in self.element:
            if child.tag in readers:
                readers[child.tag](child)
            else:
                self.draft.report.add(child.tag, "unknown_field", all_text(child))
        return self.draft.finish()

    def _subject(self, child: Element) -> None:
        self.draft.add_detail("list_type", child.get("code") or child.get("classificationCode"))

    def _name(self, child: Element) -> None:
        given = self.draft.report.attributes(child)
        parts = (given.get(part, "") for part in ("firstName", "middleName", "lastName"))
        whole = given.get("wholeName") or " ".join(part for part in parts if part)
        self.draft.add_name("nameAlias/wholeName", whole, self._quality(child))
        self.draft.set_sex("nameAlias/gender", given.get("gender"))
        self.draft.add_detail("title", given.get("title"))
        self.draft.add_detail("designation", given.get("function"))
        if "nameLanguage" in given:
            self.draft.add_detail("note", f"{whole} ({given['nameLanguage']})", "nameAlias")
        known = ("firstName", "middleName", "lastName", "wholeName", "strong", "gender", "title")
        self._keep(child, (*known, "function", "nameLanguage"))

    def _quality(self, child: Element) -> Quality:
        strong = child.get("strong", "")
        if strong not in ("", "true", "false"):
            self.draft.report.add("nameAlias/strong", "unknown_value", strong)
        if strong == "false":
            return "low"
        return "primary" if child is self.leading else "good"

    def _birth(self, child: Element) -> None:
        given = self.draft.report.attributes(child)
        birth = read_birthdate(given, self.draft.report)
        if birth:
            self.draft.births.append(birth)
        self.draft.add_detail("birth_place", _place(given))
        dates = ("birthdate", "year", "monthOfYear", "dayOfMonth", "month", "day", "circa")
        ranges = ("yearRangeFrom", "yearRangeTo", "calendarType", "countryIso2Code")
        self._keep(child, (*dates, *ranges, *_PLACE))

    def _citizenship(self, child: Element) -> None:
        given = self.draft.report.attributes(child)
        self.draft.add_nationality("citizenship", _country(given))
        self.draft.add_detail("note", given.get("region"), "citizenship/region")
        self._keep(child, ("countryIso2Code", "countryDescription", "region"))

    def _identification(self, child: Element) -> None:
        given = self.draft.report.attributes(child)
        number = given.get("latinNumber") or given.get("number", "")
        kind = given.get("identificationTypeCode", "")
        described = given.get("identificationTypeDescription", "") if kind in _WORDED else ""
        said = f"{kind} {described}".strip()
        text = "; ".join((*_identification_text(given), *self._remarks(child)))
        self.draft.add_document("identification/number", number, said, _country(given), text)

    def _address(self, child: Element) -> None:
        given = self.draft.report.attributes(child)
        self.draft.add_detail("address", _place(given))
        self._keep(child, (*_PLACE, "countryIso2Code"))

    def _regulation(self, child: Element) -> None:
        given = self.draft.report.attributes(child)
        if "programme" in given:
            self.draft.programmes.append(given["programme"])
        url = child.findtext("publicationUrl") or ""
        named = ("regulationType", "numberTitle", "publicationDate", "entryIntoForceDate")
        parts = [given[name] for name in named if name in given]
        self.draft.add_detail("note", " ".join((*parts, url.strip())))
        self.draft.remarks += self._remarks(child)

    def _remark(self, child: Element) -> None:
        text = self.draft.report.text(child)
        if text:
            self.draft.remarks.append(text)

    def _remarks(self, child: Element) -> list[str]:
        texts = (self.draft.report.text(remark) for remark in child.iter("remark"))
        return [text for text in texts if text]

    def _keep(self, child: Element, understood: tuple[str, ...]) -> None:
        """Whatever else this element says, for people: attributes, remarks, the act behind it."""
        for name, text in self.draft.report.attributes(child).items():
            if name not in (*understood, *_BOOKKEEPING) and text not in (*_UNKNOWN, "false"):
                self.draft.add_detail("note", text, f"{child.tag}/{name}")
        for text in self._remarks(child):
            self.draft.add_detail("note", text, child.tag)
        for act in child.iter("regulationSummary"):
            self.draft.add_detail(
                "note", " ".join((act.get("numberTitle", ""), act.get("publicationUrl", "")))
            )


def _leading_name(element: Element) -> Element | None:
    """The first strong name in the language of the act, else the first strong one.

    The list sorts its names in no order: a Swedish spelling may well stand before the others.
    """
    strong = [name for name in element.iterfind("nameAlias") if name.get("strong") != "false"]
    spelled = (name for name in strong if name.get("nameLanguage", "").upper() in _LEADING)
    return next(spelled, strong[0] if strong else None)


def _country(given: dict[str, str]) -> str:
    """The two-letter code, the name where there is none, "" where the list says UNKNOWN."""
    code, name = given.get("countryIso2Code", ""), given.get("countryDescription", "")
    if code not in _UNKNOWN:
        return code
    return "" if name in _UNKNOWN else name


def _place(given: dict[str, str]) -> str:
    return ", ".join(given[part] for part in _PLACE if given.get(part, "") not in _UNKNOWN)


def _identification_text(given: dict[str, str]) -> list[str]:
    """All that is said of a document, flags only where they are true."""
    parts = []
    for name, text in given.items():
        if name in _FLAGS:
            parts += [name] if text == "true" else []
        elif name not in _BOOKKEEPING and text not in _UNKNOWN:
            parts.append(text if name == "identificationTypeDescription" else f"{name} {text}")
    return parts
