"""How long a border resident's card holds, as data: read from a file that has an edition."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta

from openmidas.residents.entries import ResidentKind
from openmidas.residents.limits import MOST_MONTHS

SHIPPED = "residents-2026-11.toml"


class Holds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """For how many months a card holds."""

    months: Annotated[int, Meta(ge=1, le=MOST_MONTHS)]


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One for each kind of resident."""

    edition: Annotated[str, Meta(min_length=1, max_length=32)]
    resident: Holds
    driver: Holds

    def of(self, kind: ResidentKind) -> Holds:
        """Those for one kind."""
        return self.driver if kind is ResidentKind.DRIVER else self.resident


def read_rules(text: str) -> Rules:
    """Rules as a file has them (TOML). Raises `ValueError` that says what is wrong, and where."""
    return msgspec.convert(tomllib.loads(text), Rules)


@cache
def rules() -> Rules:
    """The rules that came with the program."""
    folder = files("openmidas.residents") / "rules_data"
    return read_rules((folder / SHIPPED).read_text(encoding="utf-8"))


def last_day(kind: ResidentKind, first: date) -> date:
    """Until when a card holds that is given, or renewed, on a day: that day so many months later."""
    months = first.year * 12 + first.month - 1 + rules().of(kind).months
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))
