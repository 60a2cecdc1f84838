"""What the columns of the two British tables mean: OFSI's and the Foreign Office's call them otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")

_MEANINGS = {
    "id": "group id; unique id",
    "kind": "group type; designation type; individual entity ship",
    "surname": "name 6",
    "given_1": "name 1",
    "given_2": "name 2",
    "given_3": "name 3",
    "given_4": "name 4",
    "given_5": "name 5",
    "original": "name non latin script",
    "name_type": "alias type; name type",
    "strength": "alias quality; alias strength",
    "title": "title",
    "birth": "dob; d o b",
    "town": "town of birth",
    "country_of_birth": "country of birth",
    "nationality": "nationality; nationality ies; nationalities",
    "passport": "passport number",
    "passport_more": "passport details; passport additional information",
    "card": "national identification number; national identifier number; ni number",
    "card_more": "national identification details; national identifier additional information",
    "position": "position",
    "sex": "gender",
    "programme": "regime; regime name",
    "listed_on": "listed on; date designated",
    "remarks": "other information",
    "reasons": "uk statement of reasons",
    "address_1": "address 1; address line 1",
    "address_2": "address 2; address line 2",
    "address_3": "address 3; address line 3",
    "address_4": "address 4; address line 4",
    "address_5": "address 5; address line 5",
    "address_6": "address 6; address line 6",
    "postcode": "post zip code; address postal code",
    "country": "country; address country",
}
_BY_HEADING = {
    heading: meaning for meaning, texts in _MEANINGS.items() for heading in texts.split("; ")
}
FOR_PEOPLE = "note"
"""The meaning of columns that only people read: each of their cells is kept under its heading."""
_FOR_PEOPLE = frozenset(
    {
        *("last updated", "ofsi group id", "un reference number", "designation source"),
        *("sanctions imposed", "uk sanctions list date designated", "phone number", "website"),
        *("email address", "non latin script type", "non latin script language"),
        *("type of entity", "subsidiaries", "parent company", "business registration number s"),
        *("imo number", "current owner operator s", "previous owner operator s"),
        *("current believed flag of ship", "previous flags", "type of ship", "tonnage of ship"),
        *("length of ship", "year built", "hull identification number hin"),
    }
)
GIVEN = tuple(f"given_{at}" for at in range(1, 6))
ADDRESS = (*(f"address_{at}" for at in range(1, 7)), "postcode", "country")


def meanings(row: Sequence[str]) -> list[str]:
    """What each cell of the headings means; "" where nobody knows it."""
    found: list[str] = []
    for cell in row:
        said = _NOT_LETTERS.sub(" ", cell.lower()).strip()
        meaning = _BY_HEADING.get(said, FOR_PEOPLE if said in _FOR_PEOPLE else "")
        found.append("" if meaning in found and meaning != FOR_PEOPLE else meaning)
    return found


def are_headings(row: Sequence[str]) -> bool:
    """Whether these are the headings: who is listed, and by which number."""
    found = meanings(row)
    return "surname" in found and "id" in found
