"""A listing in the making: what a reader understood so far, each piece beside its source text."""

from __future__ import annotations

import re
from datetime import date
from typing import TypeVar

from openmidas.documents import alpha3
from openmidas.screening.formats.birth_texts import read_birth_text
from openmidas.screening.formats.demonyms import people_code
from openmidas.screening.formats.number_texts import has_further_number, read_number_text
from openmidas.screening.formats.report import Report
from openmidas.screening.listings import (
    Detail,
    DocumentKind,
    Kind,
    ListedBirth,
    ListedDocument,
    ListedName,
    Listing,
    Quality,
    Sex,
)
from openmidas.screening.names import script_of
from openmidas.screening.problems import Problem

_SEXES: dict[str, Sex] = {
    **dict.fromkeys(("m", "male", "masculin", "masculine", "homme", "h", "man"), "M"),
    **dict.fromkeys(("f", "female", "féminin", "feminin", "feminine", "femme", "woman"), "F"),
}
_SAYS_NOTHING = frozenset(
    {"unknown", "undetermined", "inconnu", "inconnue", "n/a", "na", "-", "00"}
)
_PASSPORT = re.compile(r"pass?e?port|pasaporte|passaporte|^p[a-z]?$", re.IGNORECASE)
_NATIONAL_ID = re.compile(
    r"national id|identity card|identification card|civil id|identity document|id card|identification number|"
    r"carte (?:nationale )?d['’]identit|c[eé]dula|identidad|^cni$|^nina?$|^id$|^i[a-z]?$",
    re.IGNORECASE,
)
MOST_PIECES = 5_000
"""Names, births, documents or details of one listing. The longest of a real list has a few hundred."""
_INVERTED = re.compile(r"^([^,]+), (.+)$")
_Piece = TypeVar("_Piece", ListedName, ListedBirth, ListedDocument, Detail)


class Draft:
    """Collects the pieces of one listing. `id` is the list's own reference.

    Only what is of kind "document" may be without a name: it is listed by its number.
    """

    def __init__(self, id: str, kind: Kind) -> None:
        self.id = id
        self.kind = kind
        self.report = Report(id)
        self.names: list[ListedName] = []
        self.births: list[ListedBirth] = []
        self.documents: list[ListedDocument] = []
        self.nationalities: list[str] = []
        self.details: list[Detail] = []
        self.programmes: list[str] = []
        self.remarks: list[str] = []
        self.sex: Sex | None = None
        self.listed_on: date | None = None
        self._full: set[str] = set()
        self._kept: set[object] = set()

    def add_name(self, field: str, text: str | None, quality: Quality) -> None:
        """A name as it is written; its script is told from its characters."""
        name = self.report.clean(field, text)
        if any(char.isalnum() for char in name):
            self._keep(field, self.names, ListedName(name, quality, script_of(name)))

    def add_birth(self, field: str, text: str | None) -> None:
        """A birth in words; one that is not understood stands on the listing and is reported."""
        said = self.report.clean(field, text)
        if not said or said.lower() in _SAYS_NOTHING:
            return
        birth = read_birth_text(said)
        if birth is None:
            self.report.add(field, "unreadable_date", said)
        self._keep(field, self.births, birth or ListedBirth(None, None, said))

    def add_nationality(self, field: str, text: str | None) -> None:
        """A State by code or by name."""
        said = self.report.clean(field, text)
        if not said or said.lower() in _SAYS_NOTHING:
            return
        code = self.state(field, said)
        if code and code not in self.nationalities:
            self.nationalities.append(code)

    def state(self, field: str, text: str) -> str | None:
        """The code of a State; one that is not known is reported."""
        if not text or text.lower() in _SAYS_NOTHING:
            return None
        code = state_code(text)
        if code is None:
            self.report.add(field, "unknown_state", text)
        return code

    def add_document(
        self, field: str, number: str | None, kind: str, issuer: str = "", text: str = ""
    ) -> None:
        """A document. `kind` and `issuer` as the source words them, `text` all it says.

        A number that stands among words is taken out of them, and its issuer where none is given.
        """
        said = self.report.clean(field, number)
        read = read_number_text(said, is_state_text) if said else None
        if read is None:
            if text or said:
                self.report.add(field, "unreadable_number", text or said)
            return
        if read.number != said and has_further_number(said or "", read.number):
            self.report.add(field, "unreadable_number", text or said)
        code = self.state(field, issuer or read.issuer)
        all_of_it = text or " ".join(part for part in (kind, said, issuer) if part)
        document = ListedDocument(document_kind(kind), read.number, code, all_of_it)
        self._keep(field, self.documents, document)

    def set_sex(self, field: str, text: str | None) -> None:
        """The sex; two that differ are reported, and then neither is used."""
        said = self.report.clean(field, text)
        if not said or said.lower() in _SAYS_NOTHING:
            return
        sex = _SEXES.get(said.lower())
        if sex is None or (self.sex is not None and self.sex != sex):
            self.report.add(field, "unknown_value", said)
        self.sex = sex if self.sex in (None, sex) else None

    def set_listed_on(self, field: str, text: str | None) -> None:
        """The day of listing; the first one stands."""
        said = self.report.clean(field, text)
        if not said:
            return
        found = read_birth_text(said)
        if found is None or found.earliest != found.latest:
            self.report.add(field, "unreadable_date", said)
        elif self.listed_on is None:
            self.listed_on = found.earliest
        elif self.listed_on != found.earliest:
            self.add_detail("note", f"{field}: {said}")

    def add_detail(self, kind: str, text: str | None, label: str = "") -> None:
        """Something for people only."""
        said = self.report.clean(label or kind, text)
        if said:
            detail = Detail(kind, f"{label}: {said}" if label else said)
            self._keep(kind, self.details, detail)

    def _keep(self, field: str, pieces: list[_Piece], piece: _Piece) -> None:
        """Add a piece once. The first one that a listing has no room for is told."""
        if piece in self._kept:
            return
        if len(pieces) < MOST_PIECES:
            self._kept.add(piece)
            pieces.append(piece)
        elif field not in self._full:
            self._full.add(field)
            self.report.add(field, "too_long", str(MOST_PIECES))

    def listing(self) -> Listing | None:
        """What came of it; None where there is no name or no reference, which is reported."""
        names = sorted(dict.fromkeys(self.names), key=lambda name: name.quality != "primary")
        named = bool(names) or (self.kind == "document" and bool(self.documents))
        if not named or not self.id:
            self.report.add("name" if self.id else "id", "missing", _first_text(names))
            return None
        return Listing(
            id=self.id,
            kind=self.kind,
            names=_each_once(names),
            births=tuple(dict.fromkeys(self.births)),
            sex=self.sex,
            nationalities=tuple(dict.fromkeys(self.nationalities)),
            documents=tuple(dict.fromkeys(self.documents)),
            programme=", ".join(dict.fromkeys(self.programmes)),
            listed_on=self.listed_on,
            remarks=" ".join(dict.fromkeys(self.remarks)),
            details=tuple(dict.fromkeys(self.details)),
            unread=tuple(self.report.unread),
        )

    def finish(self) -> tuple[Listing | None, list[Problem]]:
        """The listing and all that was not understood of it."""
        return self.listing(), self.report.problems


def state_code(text: str) -> str | None:
    """The code of a State as lists write it: "ru", "Mali", "Malian", "Korea, North"; None when unknown."""
    for spelling in (text, text.upper() if len(text) in (2, 3) else text):
        code = alpha3(spelling)
        if code:
            return code
    inverted = _INVERTED.match(text)
    return alpha3(f"{inverted[2]} {inverted[1]}") if inverted else people_code(text)


def is_state_text(text: str) -> bool:
    """Whether words name a State or its people, and no mere code of two or three letters."""
    return len(text) > 3 and state_code(text) is not None


def document_kind(text: str) -> DocumentKind:
    """Which kind of document a source means by its words."""
    said = text.strip()
    if _PASSPORT.search(said):
        return "passport"
    return "national_id" if _NATIONAL_ID.search(said) else "other"


def _each_once(names: list[ListedName]) -> tuple[ListedName, ...]:
    """One name each spelling: that of the best quality, as they are sorted by it."""
    ranks = {"primary": 0, "good": 1, "low": 2}
    best: dict[str, ListedName] = {}
    for name in names:
        known = best.get(name.text)
        if known is None or ranks[name.quality] < ranks[known.quality]:
            best[name.text] = name
    return tuple(best.values())


def _first_text(names: list[ListedName]) -> str:
    return names[0].text if names else ""
