"""One `sdnEntry` of the SDN list in its first XML format."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from openmidas.screening.formats.draft import Draft
from openmidas.screening.formats.report import all_text
from openmidas.screening.listings import Listing, Quality
from openmidas.screening.ofac.remarks import names_document
from openmidas.screening.problems import ListError, Problem

_PERSON = "individual"
_ADDRESS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")
_SIMPLE = ("uid", "firstName", "lastName", "sdnType")


def read_entry(element: Element) -> tuple[Listing | None, list[Problem]]:
    """The listing in this element, None when it names nobody, and what was not understood."""
    kind = (element.findtext("sdnType") or "").strip()
    draft = Draft(
        (element.findtext("uid") or "").strip(),
        "person" if kind.lower() == _PERSON else "entity",
    )
    draft.add_detail("list_type", kind)
    draft.add_name("name", _name(element), "primary")
    for child in element:
        if child.tag in _LISTS:
            for item in child:
                _LISTS[child.tag](draft, item)
        elif child.tag not in _SIMPLE:
            _simple(draft, child)
    return draft.finish()


def read_publication(element: Element) -> tuple[datetime | None, int | None]:
    """The date of the list, written month first, and how many listings it says it has."""
    text = (element.findtext("Publish_Date") or "").strip()
    count = (element.findtext("Record_Count") or "").strip()
    try:
        dated = datetime.strptime(text, "%m/%d/%Y").replace(tzinfo=UTC) if text else None
    except ValueError as error:
        raise ListError("undated", {"found": text[:80]}) from error
    return dated, int(count) if count.isdigit() else None


def _simple(draft: Draft, child: Element) -> None:
    text = draft.report.text(child)
    if child.tag == "title":
        draft.add_detail("title", text)
    elif child.tag == "remarks":
        draft.remarks += [text] if text else []
    elif child.tag == "vesselInfo":
        draft.add_detail("note", all_text(child), "vesselInfo")
    else:
        draft.report.add(child.tag, "unknown_field", all_text(child))


def _programme(draft: Draft, item: Element) -> None:
    text = draft.report.text(item)
    draft.programmes += [text] if text else []


def _alias(draft: Draft, item: Element) -> None:
    category = (item.findtext("category") or "").strip().lower()
    quality: Quality = "low" if category == "weak" else "good"
    if category not in ("weak", "strong", ""):
        draft.report.add("aka/category", "unknown_value", category)
    draft.add_name("aka", _name(item), quality)
    said = (item.findtext("type") or "").strip()
    if said.lower() not in ("a.k.a.", ""):  # a former name is worth knowing as one
        draft.add_detail("note", f"{said} {_name(item)}")


def _birth(draft: Draft, item: Element) -> None:
    draft.add_birth("dateOfBirth", item.findtext("dateOfBirth"))


def _birth_place(draft: Draft, item: Element) -> None:
    draft.add_detail("birth_place", item.findtext("placeOfBirth"))


def _nationality(draft: Draft, item: Element) -> None:
    draft.add_nationality(item.tag, item.findtext("country"))
    draft.add_detail("note", item.findtext("country"), item.tag)


def _address(draft: Draft, item: Element) -> None:
    parts = (draft.report.clean(part, item.findtext(part)) for part in _ADDRESS)
    draft.add_detail("address", ", ".join(part for part in parts if part))


def _identity(draft: Draft, item: Element) -> None:
    """Documents; the list also gives the sex and much that is no document in this place."""
    texts = draft.report.fields(
        item, ("uid", "idType", "idNumber", "idCountry", "issueDate", "expirationDate")
    )
    texts.pop("uid", "")
    kind, number = texts.get("idType", ""), texts.get("idNumber", "")
    if kind == "Gender":
        draft.set_sex("id/Gender", number)
    elif names_document(kind) and draft.kind == "person":
        text = "; ".join(texts.values())
        draft.add_document("id", number, kind, texts.get("idCountry", ""), text)
    else:
        draft.add_detail("note", "; ".join(texts.values()))


_LISTS: dict[str, Callable[[Draft, Element], None]] = {
    "programList": _programme,
    "akaList": _alias,
    "dateOfBirthList": _birth,
    "placeOfBirthList": _birth_place,
    "nationalityList": _nationality,
    "citizenshipList": _nationality,
    "addressList": _address,
    "idList": _identity,
}


def _name(element: Element) -> str:
    parts = (element.findtext("firstName"), element.findtext("lastName"))
    return " ".join(part.strip() for part in parts if part and part.strip())
