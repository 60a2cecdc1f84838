"""What is worth telling of a herd's papers. A finding informs: no herd is stopped by one."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta

from openmidas.declarations.entries import Certificate, HerdDeclared, Vaccinated
from openmidas.declarations.limits import SHORTEST_CERTIFICATE

SHIPPED = "declarations-2026-11.toml"


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``certificate_days``: how old a certificate may be before it is told."""

    edition: Annotated[str, Meta(min_length=1, max_length=32)]
    certificate_days: Annotated[int, Meta(ge=1, le=3660)]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to tell: a code worded in `declarations.wording`, with its values."""

    code: str
    params: dict[str, str] = {}


def read_rules(text: str) -> Rules:
    """Rules as a file has them (TOML). Raises `ValueError` that says what is wrong, and where."""
    return msgspec.convert(tomllib.loads(text), Rules)


@cache
def rules() -> Rules:
    """The rules that came with the program."""
    folder = files("openmidas.declarations") / "rules_data"
    return read_rules((folder / SHIPPED).read_text(encoding="utf-8"))


def check_herd(
    said: HerdDeclared, certificate: Certificate | None, day: date, most_days: int
) -> list[Told]:
    """What is to be told of a herd that was declared on a day. Nothing of one that was taken back.

    ``certificate``: None of a herd that has none, and of one whose certificate was erased.
    """
    if not said.animals:
        return []
    told: list[Told] = []
    if certificate is not None:
        told += _check_certificate(certificate, day, most_days)
    elif not said.certified:
        told.append(Told(code="certificate_none"))
    if said.vaccinated is not Vaccinated.YES:
        told.append(Told(code=f"vaccinated_{said.vaccinated}"))
    if said.herders == 0:
        told.append(Told(code="herders_none"))
    return told


def _check_certificate(shown: Certificate, day: date, most_days: int) -> Iterator[Told]:
    plain = [letter for letter in shown.number if letter.isalnum()]
    if len(plain) < SHORTEST_CERTIFICATE or not any(map(str.isdigit, plain)):
        yield Told(code="certificate_number")
    if not shown.issuer:
        yield Told(code="certificate_issuer")
    issued = _day(shown.day)
    if issued is None:
        yield Told(code="certificate_undated")
    elif issued > day:
        yield Told(code="certificate_in_future", params={"date": shown.day})
    elif (day - issued).days > most_days:
        yield Told(code="certificate_old", params={"date": shown.day, "days": str(most_days)})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # none was told, or no calendar has it
        return None
