"""The rules that raise incidents by themselves, as data: read from a file that has an edition."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta

from openmidas.incidents.entries import IncidentKind, Severity

SHIPPED = "incidents-2026-11.toml"
Positive = Annotated[int, Meta(ge=1, le=100_000)]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every rule says: the kind and the severity of what it raises."""

    kind: IncidentKind
    severity: Severity


class SilentPost(Rule, frozen=True, kw_only=True):
    """A post is silent for longer than its own limit."""


class ImpossibleTravel(Rule, frozen=True, kw_only=True):
    """One document at two posts, faster than ``kilometres_per_hour``; see the file for the bounds.

    ``days``: how far back crossings are compared.
    """

    kilometres_per_hour: Positive
    kilometres: Positive
    minutes_of_grace: Annotated[int, Meta(ge=0, le=1440)]
    days: Annotated[int, Meta(ge=1, le=31)]


class HealthCluster(Rule, frozen=True, kw_only=True):
    """So many ``travellers`` from one place referred for health within ``hours``."""

    travellers: Annotated[int, Meta(ge=2, le=1000)]
    hours: Annotated[int, Meta(ge=1, le=168)]


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All rules. One that is not there raises nothing. ``edition``: told with what they raise."""

    edition: Annotated[str, Meta(min_length=1, max_length=32)]
    silent_post: SilentPost | None = None
    impossible_travel: ImpossibleTravel | None = None
    health_cluster: HealthCluster | None = None


def read_rules(text: str) -> Rules:
    """Rules as a file has them (TOML). Raises `ValueError` that says what is wrong, and where."""
    try:
        return msgspec.convert(tomllib.loads(text), Rules)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from error


@cache
def rules_in_use() -> Rules:
    """The rules that the program brings."""
    path = files("openmidas.incidents") / "rules_data" / SHIPPED
    return read_rules(path.read_text(encoding="utf-8"))
