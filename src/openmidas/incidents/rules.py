"""The rules that raise incidents by themselves, as data: read from a file that has an edition."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated

import msgspec
from msgspec import Meta

from openmidas.incidents.entries import IncidentKind, Severity

SHIPPED = "incidents-2026-11.toml"
Positive = Annotated[int, Meta(ge=1, le=100_000)]
Days = Annotated[int, Meta(ge=1, le=31)]


class IncidentRulesError(Exception):
    """A file of rules that cannot be taken. Codes:

    "malformed" {reason}; "unknown" {name}: no such rule, or nothing that the rule has; "unprintable":
    the edition; "taken" {edition}: other rules have this edition already.
    """

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}")


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What every rule says: the kind and the severity of what it raises.

    A file may say nothing else, see `read_rules`. A journal may: a post that runs an older version than
    its headquarters works by the rules that it knows.
    """

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
    days: Days


class HealthCluster(Rule, frozen=True, kw_only=True):
    """So many ``travellers`` from one place referred for health within ``hours``."""

    travellers: Annotated[int, Meta(ge=2, le=1000)]
    hours: Annotated[int, Meta(ge=1, le=168)]


class SamePlate(Rule, frozen=True, kw_only=True):
    """One plate opened as two kinds of vehicle, or for two companies, within ``days``.

    ``signs``: a plate with fewer letters and figures stands for "none" or "not read".
    """

    days: Days
    signs: Annotated[int, Meta(ge=1, le=16)]


class Surge(Rule, frozen=True, kw_only=True):
    """In the last ``hours``, in one direction at one post, at least ``travellers``, and more than
    ``percent`` of the most that is usual for these hours of the weekday."""

    hours: Annotated[int, Meta(ge=1, le=24)]
    travellers: Positive
    percent: Annotated[int, Meta(ge=100, le=10_000)]


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """All rules. One that is not there raises nothing. ``edition``: told with what they raise."""

    edition: Annotated[str, Meta(min_length=1, max_length=32)]
    silent_post: SilentPost | None = None
    impossible_travel: ImpossibleTravel | None = None
    health_cluster: HealthCluster | None = None
    same_plate: SamePlate | None = None
    surge: Surge | None = None


def read_rules(text: str) -> Rules:
    """Rules as a file has them (TOML). Raises `IncidentRulesError`."""
    try:
        written = tomllib.loads(text)
        rules = msgspec.convert(written, Rules)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise IncidentRulesError("malformed", reason=str(error)) from error
    if unknown := unknown_names(written, rules):
        raise IncidentRulesError("unknown", name=unknown[0])
    if not rules.edition.isprintable() or rules.edition != rules.edition.strip():
        raise IncidentRulesError("unprintable")
    return rules


def sample_rules() -> str:
    """The text of the rules that the program brings, to change and to publish."""
    path = files("openmidas.incidents") / "rules_data" / SHIPPED
    return path.read_text(encoding="utf-8")


@cache
def shipped_rules() -> Rules:
    """The rules that the program brings: in use until others are published."""
    return read_rules(sample_rules())


def unknown_names(written: Mapping[str, object], said: msgspec.Struct) -> list[str]:
    """The names in what was written from which nothing was read, each with the rule that it stands in."""
    found = []
    for name, value in written.items():
        known = getattr(said, name, None) if name in said.__struct_fields__ else None
        if name not in said.__struct_fields__:
            found.append(name)
        elif isinstance(value, dict) and isinstance(known, msgspec.Struct):
            found += [f"{name}.{one}" for one in unknown_names(value, known)]
    return found
