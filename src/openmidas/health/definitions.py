"""Alert definitions: when a health check raises an alert. Data of the State, as law is.

They follow published suspected cases, as far as their signs can be seen or asked at a point of entry.
Meeting one is no diagnosis: it says that the health service must be told.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta

from openmidas.cases.referrals.pathways import MAX_DAYS, MAX_TITLE, Code, Name, Said
from openmidas.health import limits
from openmidas.incidents.entries import Severity

SAMPLE = "west-africa-2026-11.toml"
ALERTING = (Severity.HIGH, Severity.CRITICAL)

Days = Annotated[int, Meta(ge=1, le=limits.FURTHEST_BACK)]
Minutes = Annotated[int, Meta(ge=0, le=limits.MOST_MINUTES)]


class DefinitionsError(Exception):
    """A file of definitions that cannot be taken. Codes:

    "malformed" {reason}, "twice" {place}: two definitions of one code; "unprintable" {place};
    "no_alert" {place}: of a severity that alerts nobody; "too_many" {place}: asks for more signs than it
    names; "empty" {place}: every check would meet it;
    "in_future" {dated}.
    """

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}")


class Symptom(StrEnum):
    """What an officer sees, or a traveller tells. Closed: what is not in it is "other", in words."""

    FEVER = "fever"
    COUGH = "cough"
    BREATHING = "breathing"
    BLEEDING = "bleeding"
    RASH = "rash"
    VOMITING = "vomiting"
    DIARRHOEA = "diarrhoea"
    JAUNDICE = "jaundice"
    STIFF_NECK = "stiff_neck"
    HEADACHE = "headache"
    PAIN = "pain"
    RED_EYES = "red_eyes"
    WEAKNESS = "weakness"
    OTHER = "other"


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short name in French and English."""

    fr: Name
    en: Name


class Definition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One definition. It is met by all of ``needs``, ``least`` of ``any_of``, and an exposure if it asks
    for one: a stay in one of ``places`` within ``days``, or, with ``contact``, having been with a sick or
    dead person.

    ``days``: the window within which exposure counts and contacts are looked for; ``minutes``: how far
    apart two people at one lane may be to be contacts (0: the lane makes none); ``source``: whose
    definition it follows.
    """

    code: Code
    name: Named
    source: Said
    advice: Said
    days: Days
    needs: Annotated[tuple[Symptom, ...], Meta(max_length=limits.MOST_SYMPTOMS)] = ()
    any_of: Annotated[tuple[Symptom, ...], Meta(max_length=limits.MOST_SYMPTOMS)] = ()
    least: Annotated[int, Meta(ge=1, le=limits.MOST_SYMPTOMS)] = 1
    places: Annotated[tuple[Name, ...], Meta(max_length=200)] = ()
    contact: bool = False
    minutes: Minutes = 15


class FeverCluster(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many ``travellers`` with fever from one place within ``hours`` at one post."""

    travellers: Annotated[int, Meta(ge=2, le=1000)]
    hours: Annotated[int, Meta(ge=1, le=168)]
    severity: Severity = Severity.HIGH


class Definitions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a State has published, with the date they are of and their age limit in days.

    ``fever_from``: the temperature that counts as fever, in degrees Celsius.
    """

    title: Annotated[str, Meta(min_length=1, max_length=MAX_TITLE)]
    dated: date
    limit_days: Annotated[int, Meta(ge=1, le=MAX_DAYS)]
    fever_from: Annotated[float, Meta(ge=36, le=40)]
    definitions: Annotated[
        tuple[Definition, ...], Meta(min_length=1, max_length=limits.MOST_DEFINITIONS)
    ]
    fever_cluster: FeverCluster | None = None

    @property
    def days(self) -> int:
        """The longest window of all."""
        return max(one.days for one in self.definitions)

    @property
    def places(self) -> list[str]:
        """The places that they name, each once."""
        return sorted({place for one in self.definitions for place in one.places})

    def of(self, code: str) -> Definition | None:
        """The definition of this code; None where there is none."""
        return next((one for one in self.definitions if one.code == code), None)


def read_definitions(text: str, today: date | None = None) -> Definitions:
    """Read a file of definitions (TOML). ``today``: the day after which none may be dated; None: any.

    Raises `DefinitionsError`.
    """
    try:
        said = msgspec.convert(tomllib.loads(text), Definitions)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise DefinitionsError("malformed", reason=str(error)) from error
    if today is not None and said.dated > today:
        raise DefinitionsError("in_future", dated=said.dated.isoformat())
    codes: set[str] = set()
    for one in said.definitions:
        if one.code in codes:
            raise DefinitionsError("twice", place=one.code)
        codes.add(one.code)
        _check(one)
    if said.fever_cluster is not None and said.fever_cluster.severity not in ALERTING:
        raise DefinitionsError("no_alert", place="fever_cluster")
    return said


def sample_definitions() -> str:
    """The text of the definitions that come with the program: to be checked by a State."""
    folder = files("openmidas.health").joinpath("alerts_data")
    return folder.joinpath(SAMPLE).read_text(encoding="utf-8")


def _check(one: Definition) -> None:
    if not one.needs and not one.any_of:
        raise DefinitionsError("empty", place=one.code)
    if one.any_of and one.least > len(set(one.any_of)):
        raise DefinitionsError("too_many", place=one.code)
    if not all(text.isprintable() for text in _texts(one)):
        raise DefinitionsError("unprintable", place=one.code)


def _texts(one: Definition) -> Iterator[str]:
    yield from (
        one.source.fr,
        one.source.en,
        one.name.fr,
        one.name.en,
        one.advice.fr,
        one.advice.en,
        *one.places,
    )
