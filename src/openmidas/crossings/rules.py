"""Rules of stay and closures of the border: dated data, and what they say on a day.

Which rule holds depends on the State of the post, the nationality and the date, since States join
and leave: Mali, Niger and Burkina Faso left ECOWAS for the AES on 2025-01-29.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from importlib.resources import files

import msgspec

SAMPLE = "west-africa-2026-11.toml"


class RulesError(Exception):
    """A rules file that cannot be read; ``reason`` says where and why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A State's time in a bloc."""

    state: str
    since: date | None = msgspec.field(default=None, name="from")
    until: date | None = None


class Bloc(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A community of States."""

    code: str
    members: tuple[Member, ...]

    def has(self, state: str, day: date) -> bool:
        """Whether the State belongs to the bloc on this day."""
        return any(m.state == state and _within(day, m.since, m.until) for m in self.members)


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who may stay where, for how many days, from when. No ``days``: no limit.

    ``host`` and ``guest`` name a bloc or a State.
    """

    code: str
    host: str
    guest: str
    source: str
    since: date | None = msgspec.field(default=None, name="from")
    until: date | None = None
    days: int | None = None
    until_further_notice: bool = False


class Closure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The border is closed for a time, but for those who are exempt."""

    code: str
    hosts: tuple[str, ...]
    since: date = msgspec.field(name="from")
    source: str = ""
    until: date | None = None
    directions: tuple[str, ...] = ("entry", "exit")
    exempt_nationalities: tuple[str, ...] = ()
    exempt_purposes: tuple[str, ...] = ()
    exempt_conveyances: tuple[str, ...] = ()


class RuleSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rules that a State has published, with the date they are of and their age limit in days."""

    title: str
    dated: date
    limit_days: int
    blocs: tuple[Bloc, ...] = ()
    rules: tuple[Rule, ...] = ()
    closures: tuple[Closure, ...] = ()

    def rule_for(self, host: str, guest: str, day: date) -> Rule | None:
        """The first rule that lets a national of ``guest`` stay in ``host`` from this day, if any."""
        for rule in self.rules:
            if not _within(day, rule.since, rule.until):
                continue
            if self._belongs(host, rule.host, day) and self._belongs(guest, rule.guest, day):
                return rule
        return None

    def closures_on(self, host: str, day: date) -> tuple[Closure, ...]:
        """The closures of the State's border on this day."""
        return tuple(
            closure
            for closure in self.closures
            if host in closure.hosts and _within(day, closure.since, closure.until)
        )

    def _belongs(self, state: str, group: str, day: date) -> bool:
        return state == group or any(b.code == group and b.has(state, day) for b in self.blocs)


def read_rules(text: str) -> RuleSet:
    """Read a rules file (TOML). Raises `RulesError`."""
    try:
        return msgspec.convert(tomllib.loads(text), RuleSet)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise RulesError(str(error)) from error


def sample_rules() -> str:
    """The text of the rules that come with the program."""
    return files("openmidas.crossings").joinpath("rules_data", SAMPLE).read_text(encoding="utf-8")


def last_day(entered: date, days: int) -> date:
    """The last day of a stay: the day of entry counts as the first."""
    return entered + timedelta(days=days - 1)


def _within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)
