"""Documents of the UN list: the number often stands inside a sentence, and not always in NUMBER."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from openmidas.documents import alpha3
from openmidas.screening.formats.report import Report
from openmidas.screening.listings import DocumentKind, ListedDocument

DOCUMENT_FIELDS = (
    "TYPE_OF_DOCUMENT",
    "TYPE_OF_DOCUMENT2",
    "NUMBER",
    "ISSUING_COUNTRY",
    "COUNTRY_OF_ISSUE",
    "CITY_OF_ISSUE",
    "DATE_OF_ISSUE",
    "NOTE",
)
_BARE = re.compile(r"[A-Z]{0,4}[A-Z0-9./ -]*\d[A-Z0-9./ -]*")
_IN_TEXT = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]{1,3}[ /-]{0,2})?\d[\dA-Z./-]{2,}[\dA-Z]")
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_IN_PROSE = re.compile(
    r"(passport|ID)(?: booklet)?\s*(?:number|no\.?|:)+\s*:?\s*([A-Z]{0,3}[ -]?\d[\dA-Z/.-]{3,}\w)",
    re.IGNORECASE,
)
_MINIMUM_DIGITS = 4


def read_document(element: Element, report: Report) -> ListedDocument | None:
    """What one INDIVIDUAL_DOCUMENT says; None when it is empty."""
    fields = report.fields(element, DOCUMENT_FIELDS)
    if not fields:
        return None
    text = "; ".join(fields[name] for name in DOCUMENT_FIELDS if name in fields)
    number = _number(fields)
    if not number:
        report.add(f"{element.tag}/NUMBER", "unreadable_number", text)
    issuer_text = fields.get("ISSUING_COUNTRY", "")
    issuer = alpha3(issuer_text) if issuer_text else None
    if issuer_text and issuer is None:
        report.add(f"{element.tag}/ISSUING_COUNTRY", "unknown_state", issuer_text)
    return ListedDocument(_kind(fields.get("TYPE_OF_DOCUMENT", "")), number, issuer, text)


def documents_in_prose(text: str) -> list[ListedDocument]:
    """Documents that a remark or a note tells of: "Passport number: B0515260; ..."."""
    documents = []
    for match in _IN_PROSE.finditer(text):
        kind: DocumentKind = "passport" if match[1].lower() == "passport" else "national_id"
        around = text[max(0, match.start() - 40) : match.end() + 80]
        documents.append(ListedDocument(kind, match[2], None, around))
    return documents


def _number(fields: dict[str, str]) -> str:
    """The number alone. COUNTRY_OF_ISSUE is where a consulate stands and never the issuer."""
    number = fields.get("NUMBER", "")
    if _BARE.fullmatch(number):
        return number.strip()
    for source in (number, fields.get("TYPE_OF_DOCUMENT2", ""), fields.get("NOTE", "")):
        for candidate in _IN_TEXT.findall(_DATE.sub(" ", source)):
            if sum(char.isdigit() for char in candidate) > _MINIMUM_DIGITS:
                return str(candidate)
    return number


def _kind(text: str) -> DocumentKind:
    folded = text.casefold()
    if any(word in folded for word in ("passport", "passeport", "pasaporte")):
        return "passport"
    return "national_id" if "national identification" in folded else "other"
