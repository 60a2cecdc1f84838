"""Reading a machine readable zone: five formats, every check digit, no guess in silence."""

from __future__ import annotations

from datetime import date

from openmidas.documents.characters import FOREIGN, capitals
from openmidas.documents.checks import wrong_check_digits
from openmidas.documents.dates import PartialDate
from openmidas.documents.formats import MrzFormat, format_of
from openmidas.documents.mrz_dates import read_birth, read_expiry
from openmidas.documents.names import MrzName, read_name
from openmidas.documents.numbers import DocumentNumber, read_number
from openmidas.documents.reading import Reading, ReadingFinding, Sex
from openmidas.documents.repairs import repair
from openmidas.documents.states import (
    PERSONS_WITHOUT_NATIONALITY,
    SPECIMEN,
    UNLISTED,
    WITHDRAWN,
    is_state,
)

_SEX: dict[str, Sex | None] = {"F": "F", "M": "M", "X": "X", "<": None}


def read_mrz(text: str, *, today: date) -> Reading:
    """Read a zone of two or three lines, or the same lines without breaks between them.

    `today` decides the centuries, by the rules in `mrz_dates`. Never raises: text that is no
    zone gives a reading of format None with the finding `not_mrz`. Surrounding white space and
    empty lines do not count.
    """
    lines = tuple(filter(None, (line.strip() for line in text.splitlines())))
    layout = format_of(lines)
    if layout is None:
        return _not_mrz(lines)
    if len(lines) == 1:
        lines = layout.rows_of(lines[0])
    return _Reader(lines, layout, today).reading()


def _not_mrz(lines: tuple[str, ...]) -> Reading:
    lengths = " ".join(str(len(line)) for line in lines[:4])
    finding = ReadingFinding(
        "not_mrz", "lines", "Doc 9303-3, 4.10", {"lines": str(len(lines)), "lengths": lengths}
    )
    return Reading(lines=lines, format=None, ok=False, findings=(finding,))


class _Reader:
    """Reads one zone field by field, gathering findings on the way."""

    def __init__(self, lines: tuple[str, ...], layout: MrzFormat, today: date) -> None:
        self.lines = lines
        self.layout = layout
        self.today = today
        self.findings: list[ReadingFinding] = []
        self.zone = repair(self._printable("".join(lines)), layout, self.findings)

    def reading(self) -> Reading:
        zone, layout = self.zone, self.layout
        document_code = self._document_code()
        issuer = self._state("issuer", zone[layout.issuer])
        name = self._name()
        number = self._number()
        nationality = self._state("nationality", zone[layout.nationality])
        expiry = self._expiry()
        birth = self._birth(expiry)
        sex = self._sex()
        self._check_digits(number)
        optional = [number.optional, *(zone[part] for part in layout.optional[1:])]
        return Reading(
            lines=self.lines,
            format=layout.name,
            ok=all(finding.informative for finding in self.findings),
            document_code=document_code,
            issuer=issuer,
            number=number.text,
            surname=name.surname,
            given_names=name.given_names,
            nationality=nationality,
            birth=birth,
            expiry=expiry,
            sex=sex,
            optional=" ".join(filter(None, (part.strip("<") for part in optional))),
            name_truncated=name.truncated,
            findings=tuple(self.findings),
        )

    def _find(self, code: str, field: str, paragraph: str, **params: str) -> None:
        self.findings.append(ReadingFinding(code, field, paragraph, params))

    def _printable(self, given: str) -> str:
        """The zone in the characters of Doc 9303-3, 4.3; what is none of them becomes `?`."""
        if FOREIGN.search(given) is None:
            return given
        zone = capitals(given)
        if zone != given:
            self._find("lower_case", "lines", "Doc 9303-3, 4.3")
        for foreign in FOREIGN.finditer(zone):
            line, column = divmod(foreign.start(), self.layout.width)
            self._find(
                "character_not_allowed",
                "lines",
                "Doc 9303-3, 4.3",
                line=str(line + 1),
                position=str(column + 1),
                character=foreign.group(),
            )
        return FOREIGN.sub("?", zone)

    def _document_code(self) -> str:
        read = self.zone[:2]
        if self.layout.code.fullmatch(read) is None:
            paragraph = f"{self.layout.part}, 4.2.2.1"
            self._find("document_code_not_allowed", "document_code", paragraph, read=read)
        return read.rstrip("<")

    def _state(self, field: str, read: str) -> str:
        code = read.rstrip("<")
        problem, paragraph = None, "Doc 9303-3, 5"
        if not is_state(code):
            problem = "state_code_unknown"
        elif code in PERSONS_WITHOUT_NATIONALITY and field == "issuer":
            problem, paragraph = "state_code_of_persons", "Doc 9303-3, 5, part E"
        elif code in SPECIMEN:
            problem, paragraph = "specimen", "Doc 9303-3, 5, part G"
        elif code in WITHDRAWN:
            problem, paragraph = "state_code_withdrawn", "Doc 9303-3, 5, part F"
        elif code in UNLISTED:
            problem = "state_code_unlisted"
        if problem is not None:
            self._find(problem, field, paragraph, read=code)
        return code

    def _name(self) -> MrzName:
        read = self.zone[self.layout.name_field]
        name = read_name(read)
        for problem in name.problems:
            self._find(problem, "name", "Doc 9303-3, 4.6", read=read.rstrip("<"))
        return name

    def _number(self) -> DocumentNumber:
        number = read_number(self.zone, self.layout)
        if not number.text:
            self._find("number_missing", "number", f"{self.layout.part}, 4.2.2")
        elif number.text[0] == "<":
            self._find("number_form", "number", f"{self.layout.part}, 4.2.2", read=number.text)
        if number.malformed:
            paragraph = f"{self.layout.part}, 4.2.2, note j"
            self._find("number_overflow_malformed", "number", paragraph, read=number.text)
        return number

    def _expiry(self) -> PartialDate | None:
        read = self.zone[self.layout.expiry]
        expiry = read_expiry(read, today=self.today)
        if expiry.problem is not None:
            self._find(expiry.problem, "expiry", "Doc 9303-3, 4.8", read=read)
        return expiry.value

    def _birth(self, expiry: PartialDate | None) -> PartialDate | None:
        read = self.zone[self.layout.birth]
        birth = read_birth(read, today=self.today, expiry=expiry)
        if birth.problem is not None:
            self._find(birth.problem, "birth", "Doc 9303-3, 4.8", read=read)
        return birth.value

    def _sex(self) -> Sex | None:
        read = self.zone[self.layout.sex]
        # X is for the printed page; in the zone an unspecified sex is a filler (note f).
        if read not in ("F", "M", "<"):
            self._find("sex_not_allowed", "sex", f"{self.layout.part}, 4.2.2.2", read=read)
        return _SEX.get(read)

    def _check_digits(self, number: DocumentNumber) -> None:
        for wrong in wrong_check_digits(self.zone, self.layout, number):
            self._find(
                "check_digit_wrong",
                wrong.field,
                "Doc 9303-3, 4.9",
                read=wrong.read,
                computed=wrong.computed,
            )
