"""A person as another program asks about one: a JSON object, understood field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from itertools import islice, product
from typing import Any

import msgspec

from openmidas.documents import PartialDate
from openmidas.screening.evidence import Query
from openmidas.screening.formats.birth_texts import read_birth_text
from openmidas.screening.formats.draft import Draft, state_code
from openmidas.screening.listings import ListedBirth, ListedDocument, ListedName, Listing, Sex
from openmidas.screening.names import script_of

MOST_NAMES = 50
MOST_QUERIES = 200
_LONGEST = 2_000
_REMEMBERED = 20_000
"""Births, sexes and States that were read last: a file names the same ones again and again."""
_NO_SEX = ("", "X", "U", "UNKNOWN", "<", "O")

_TEXTS = ("name", "names", "surname", "given_names", "number")
_KNOWN = (*_TEXTS, "id", "birth", "births", "sex", "nationality", "nationalities", "number_issuer")


class Wrong(msgspec.Struct, frozen=True):
    """A line, or a field of it, that cannot be read. `code` says how, `field` and `text` where.

    "not_json", "not_an_object", "no_name", "no_date", "no_text", "no_sex", "too_long", "no_pair".
    """

    code: str
    field: str = ""
    text: str = ""


class NotUnderstood(ValueError):  # noqa: N818  an answer, no mistake of the program
    """A line of which nothing can be asked."""

    def __init__(self, code: str, field: str = "", text: str = "") -> None:
        self.wrong = Wrong(code, field, text[:80])
        super().__init__(f"{code} {field} {text[:80]}".strip())


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A person that is asked about. `names`: surname and given names; "" and the whole where one
    text holds both. `unknown`: what was given and says nothing to us, "field: text". `wrong`: fields
    that cannot be read; the person is asked about without them, and that is said."""

    names: tuple[tuple[str, str], ...]
    births: tuple[PartialDate, ...] = ()
    sex: Sex | None = None
    nationalities: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    number_issuer: str | None = None
    unknown: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...] = ()

    def queries(self) -> list[Query]:
        """Every question that this person is: one for each name, birth, nationality and number."""
        every = product(
            self.names, self.births or (None,), self.nationalities or (None,), self.numbers or ("",)
        )
        return [
            Query(
                surname=surname,
                given_names=given,
                birth=birth,
                sex=self.sex,
                nationality=nationality,
                number=number,
                number_issuer=self.number_issuer,
            )
            for (surname, given), birth, nationality, number in islice(every, MOST_QUERIES)
        ]

    def listing(self, id: str = "") -> Listing:
        """The person as one that is listed, to be compared with another."""
        whole = [" ".join(part for part in name if part) for name in self.names]
        issuer = self.number_issuer
        return Listing(
            id=id,
            kind="person",
            names=tuple(ListedName(text, "primary", script_of(text)) for text in whole),
            births=tuple(
                ListedBirth(birth.earliest(), birth.latest(), birth.text()) for birth in self.births
            ),
            sex=self.sex,
            nationalities=self.nationalities,
            documents=tuple(
                ListedDocument("other", number, issuer, f"{issuer or ''} {number}".strip())
                for number in self.numbers
            ),
        )


def read_object(line: bytes) -> dict[str, Any]:
    """The JSON object of a line. Raises NotUnderstood where it holds none."""
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        text = line[:80].decode("utf-8", "replace").strip()
        raise NotUnderstood("not_json", text=text) from error
    if not isinstance(found, dict):
        raise NotUnderstood("not_an_object", text=str(found))
    return found


def read_person(given: Mapping[str, Any]) -> Asked:
    """The person of an object. Raises NotUnderstood where a field is not what it should be."""
    names = _names(given)
    numbers = tuple(_texts(given, "number"))
    if not names and not numbers:
        raise NotUnderstood("no_name")
    unknown = [
        f"{field}: {str(value)[:80]}" for field, value in given.items() if field not in _KNOWN
    ]
    states = [(text, _state(text)) for text in _texts(given, "nationality", "nationalities")]
    unknown += [f"nationality: {text}" for text, code in states if code is None]
    births = [(text, _birth(text)) for text in _texts(given, "birth", "births")]
    wrong = [Wrong("no_date", "birth", text[:80]) for text, birth in births if birth is None]
    said_sex = " ".join(_texts(given, "sex"))
    sex = _sex(said_sex)
    if sex is None and said_sex.upper() not in _NO_SEX:
        wrong.append(Wrong("no_sex", "sex", said_sex[:80]))
    issuers = [(text, _state(text)) for text in _texts(given, "number_issuer")]
    unknown += [f"number_issuer: {text}" for text, code in issuers if code is None]
    return Asked(
        names=names or (("", ""),),
        births=tuple(birth for _, birth in births if birth),
        sex=sex,
        nationalities=tuple(code for _, code in states if code),
        numbers=numbers,
        number_issuer=next((code for _, code in issuers if code), None),
        unknown=tuple(unknown),
        wrong=tuple(wrong),
    )


def _names(given: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    surname, given_names = (" ".join(_texts(given, field)) for field in ("surname", "given_names"))
    found = [(surname, given_names)] if surname or given_names else []
    found += [("", text) for text in _texts(given, "name", "names")]
    named = [pair for pair in found if any(char.isalnum() for text in pair for char in text)]
    return tuple(dict.fromkeys(named))[:MOST_NAMES]


def _texts(given: Mapping[str, Any], *fields: str) -> list[str]:
    """The texts of these fields; a field may hold one, or a list of them, or a number."""
    texts = []
    for field in fields:
        value = given.get(field)
        if value is None:
            continue
        for item in value if isinstance(value, list) else [value]:
            if item is None or item == "":
                continue
            if not isinstance(item, (str, int)) or isinstance(item, bool):
                raise NotUnderstood("no_text", field, str(item))
            text = " ".join(str(item).split())
            if len(text) > _LONGEST:
                raise NotUnderstood("too_long", field, text)
            texts.append(text)
    return [text for text in texts if text]


@lru_cache(_REMEMBERED)
def _birth(text: str) -> PartialDate | None:
    """A birth as the interface writes it, or in any other way that lists do; None: it is none."""
    try:
        return PartialDate.parse(text)
    except ValueError:
        found = read_birth_text(text)
    if found is None or found.earliest is None or found.latest is None:
        return None
    return _partial(found.earliest, found.latest)


@lru_cache(_REMEMBERED)
def _state(text: str) -> str | None:
    return state_code(text)


def _partial(first: date, last: date) -> PartialDate:
    """The partial date of a span: a day, a month, a year, or about the middle of some years."""
    if first == last:
        return PartialDate(first.year, first.month, first.day)
    if (first.year, first.month) == (last.year, last.month):
        return PartialDate(first.year, first.month)
    if first.year == last.year:
        return PartialDate(first.year)
    return PartialDate((first.year + last.year) // 2, approximate=True)


@lru_cache(_REMEMBERED)
def _sex(text: str) -> Sex | None:
    draft = Draft("", "person")
    draft.set_sex("sex", text)
    return draft.sex


def each_line(lines: Iterable[bytes]) -> Iterable[tuple[int, bytes]]:
    """The lines that are not empty, with their numbers, without the mark of UTF-8."""
    for number, line in enumerate(lines, start=1):
        bare = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if bare.strip():
            yield number, bare
