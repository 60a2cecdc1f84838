"""From the properties of an entity, and of what belongs to it, to a Listing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from openmidas.screening.formats.draft import Draft
from openmidas.screening.ftm.entities import Entity
from openmidas.screening.listings import Quality

_NAMES: dict[str, Quality] = {
    "name": "good",
    "alias": "good",
    "previousName": "good",
    "weakAlias": "low",
    "abbreviation": "low",
}
_PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
_DOCUMENTS = {
    "passportNumber": "passport",
    "idNumber": "national id",
    "identifiers": "",
    "taxNumber": "tax number",
    "innCode": "tax number",
    "socialSecurityNumber": "social security number",
}
_NATIONALITIES = ("nationality", "citizenship")
_DETAILS = {
    "title": "title",
    "position": "designation",
    "birthPlace": "birth_place",
    "address": "address",
    "modifiedAt": "updated",
}
_REMARKS = ("notes", "summary")
# "1: ABD EL KADER 2: MAHMOUD 3: MOHAMED": parts of a name as the source numbered them.
_NUMBERED = re.compile(r"(?:^|\s)\d: ")
# Numbers that projects give to persons and things, and no State to a document.
_NO_DOCUMENT = re.compile(r"Q\d+|NK-\w+")


def draft_of(entity: Entity, *, person: bool) -> Draft:
    """What an entity says of itself."""
    draft = Draft(entity.id, "person" if person else "entity")
    draft.add_detail("list_type", entity.schema)
    _read_names(draft, entity)
    for birth in _most_precise(draft, entity.properties.get("birthDate", [])):
        draft.add_birth("birthDate", birth)
    for name, values in entity.properties.items():
        for value in values:
            _read(draft, name, value, person=person)
    return draft


def add_document(draft: Draft, entity: Entity) -> None:
    """A Passport or an Identification of this person."""
    given = entity.properties
    numbers = given.get("number", []) or given.get("passportNumber", [])
    kind = " ".join(("passport" if entity.schema == "Passport" else "", *given.get("type", [])))
    issuer = next(iter(given.get("country", [])), "")
    text = _text(entity, without=("holder",))
    for number in numbers or [""]:
        draft.documents = [
            document
            for document in draft.documents
            if document.number != number or document.issuer is not None
        ]
        draft.add_document(f"{entity.schema}/number", number, kind, issuer, text)


def add_sanction(draft: Draft, entity: Entity) -> None:
    """Why, by whom and since when somebody is on a list."""
    given = entity.properties
    draft.programmes += given.get("program", []) or given.get("programId", [])
    for day in (*given.get("listingDate", []), *given.get("startDate", [])):
        if draft.listed_on is None and len(day) >= len("2024-01-01"):
            draft.set_listed_on("listingDate", day)
    draft.add_detail("note", _text(entity, without=("entity",)), "Sanction")


def add_address(draft: Draft, entity: Entity) -> None:
    """Where somebody lives or can be found."""
    given = entity.properties
    order = ("full", "street", "street2", "city", "region", "state", "postalCode", "country")
    parts = given.get("full") or [text for name in order for text in given.get(name, [])]
    draft.add_detail("address", ", ".join(parts))


def add_link(draft: Draft, entity: Entity, names: Iterable[str]) -> None:
    """Whom somebody is linked to, for people only: nobody is checked against a relative."""
    given = entity.properties
    said = (*given.get("relationship", []), *given.get("role", []), *given.get("summary", []))
    draft.add_detail("note", "; ".join((*names, *said)), entity.schema)


def _read_names(draft: Draft, entity: Entity) -> None:
    given = entity.properties
    listed = given.get("name", [])
    first = entity.caption if entity.caption in listed else next(iter(listed), "")
    draft.add_name("name", _NUMBERED.sub(" ", first), "primary")
    for name, quality in _NAMES.items():
        for text in given.get(name, []):
            bare = _NUMBERED.sub(" ", text)
            draft.add_name(name, bare, quality)
            if bare != text or not any(char.isalnum() for char in text):
                draft.add_detail("note", text, name)
    if not any(name.quality != "low" for name in draft.names):
        parts = (text for part in _PARTS for text in given.get(part, [])[:1])
        draft.add_name("name", " ".join(parts) or entity.caption, "primary")


def _read(draft: Draft, name: str, value: str, *, person: bool) -> None:
    if name in _NAMES or name in ("birthDate", "addressEntity"):
        return
    of_a_project = name == "identifiers" and _NO_DOCUMENT.fullmatch(value.strip())
    if name in _DOCUMENTS and person and not of_a_project:
        draft.add_document(name, value, _DOCUMENTS[name], "", f"{name} {value}")
    elif name in _NATIONALITIES and person:
        draft.add_nationality(name, value)
    elif name == "gender":
        draft.set_sex(name, value)
    elif name in _DETAILS:
        draft.add_detail(_DETAILS[name], value)
    elif name in ("program", "programId"):
        draft.programmes.append(value)
    elif name in _REMARKS:
        draft.remarks.append(draft.report.clean(name, value))
    else:
        draft.add_detail("note", value, name)


def _most_precise(draft: Draft, births: Iterable[str]) -> list[str]:
    """Without the year of a day that is known: it would make everybody of that year agree."""
    said = list(dict.fromkeys(text.strip() for text in births))
    kept = []
    for text in said:
        if any(other != text and other.startswith(f"{text}-") for other in said):
            draft.add_detail("note", text, "birthDate")
        else:
            kept.append(text)
    return kept


def _text(entity: Entity, *, without: tuple[str, ...]) -> str:
    parts = (
        f"{name} {', '.join(values)}"
        for name, values in entity.properties.items()
        if name not in without
    )
    return "; ".join(parts)


Add = Callable[[Draft, Entity], None]
BELONGING: dict[str, Add] = {
    "Passport": add_document,
    "Identification": add_document,
    "Sanction": add_sanction,
}
"""What belongs to one other entity, and how it is added to that one's listing."""
