"""Rules of stay and closures of the border: dated data, and what they say on a day.

Which rule holds depends on the State of the post, the nationality and the date, since States join
and leave: Mali, Niger and Burkina Faso left ECOWAS for the AES on 2025-01-29.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from importlib.resources import files

import msgspec

from openmidas.crossings.inspection import Conveyance, Direction, Purpose
from openmidas.crossings.reasons import RefusalReason
from openmidas.documents import is_state

SAMPLE = "west-africa-2026-11.toml"


MAX_CODE = 32
MAX_TITLE = 120
MAX_DAYS = 36_500
MAX_LAW = 600


class RulesError(Exception):
    """A rules file that cannot be taken. Codes:

    "malformed" {reason}, "unknown_code" {place, value}: neither a State nor a bloc of the file, or no
    such direction, purpose or conveyance; "twice" {place}, "too_long" {place, most},
    "out_of_range" {place, most}, "ends_before_it_begins" {place}.
    """

    def __init__(self, code: str, **params: str) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}")


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

    def exemptions(self) -> tuple[str, ...]:
        """The codes of all who may pass."""
        return self.exempt_nationalities + self.exempt_purposes + self.exempt_conveyances


class Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same in several languages, as far as the State has written it."""

    fr: str = ""
    en: str = ""
    ar: str = ""
    pt: str = ""

    def of(self, language: str) -> str:
        """In this language, else in French; "" where neither is written."""
        return str(getattr(self, language, "")) or self.fr


class RefusalBasis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On what law refusals for a reason (`crossings.entries.RefusalReason`) rest."""

    reason: str
    basis: Texts


class RefusalLaw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands on the form that a refused traveller is given. What is empty is filled in by hand."""

    bases: tuple[RefusalBasis, ...] = ()
    remedy: Texts = Texts()
    authority: Texts = Texts()


class RuleSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rules that a State has published, with the date they are of and their age limit in days."""

    title: str
    dated: date
    limit_days: int
    blocs: tuple[Bloc, ...] = ()
    rules: tuple[Rule, ...] = ()
    closures: tuple[Closure, ...] = ()
    refusal: RefusalLaw = RefusalLaw()

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
    """Read a rules file (TOML). Raises `RulesError`, also for codes that could never apply."""
    try:
        rules = msgspec.convert(tomllib.loads(text), RuleSet)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise RulesError("malformed", reason=str(error)) from error
    check_rules(rules)
    return rules


def sample_rules() -> str:
    """The text of the rules that come with the program."""
    return files("openmidas.crossings").joinpath("rules_data", SAMPLE).read_text(encoding="utf-8")


def last_day(entered: date, days: int) -> date:
    """The last day of a stay: the day of entry counts as the first."""
    return entered + timedelta(days=days - 1)


def check_rules(rules: RuleSet) -> None:
    """A misspelt code would silently apply to nobody. Raises `RulesError`."""
    _check_text("title", rules.title, MAX_TITLE)
    _check_days("limit_days", rules.limit_days)
    blocs = {bloc.code for bloc in rules.blocs}
    for bloc in rules.blocs:
        for member in bloc.members:
            _check_codes(bloc.code, [member.state], is_state)
            _check_span(f"{bloc.code}: {member.state}", member.since, member.until)
    for rule in rules.rules:
        _check_text(rule.code, rule.code, MAX_CODE)
        _check_codes(rule.code, [rule.host, rule.guest], lambda c: c in blocs or is_state(c))
        _check_days(rule.code, rule.days)
        _check_span(rule.code, rule.since, rule.until)
    for closure in rules.closures:
        _check_text(closure.code, closure.code, MAX_CODE)
        _check_codes(closure.code, closure.hosts + closure.exempt_nationalities, is_state)
        _check_codes(closure.code, closure.directions, set(Direction).__contains__)
        _check_codes(closure.code, closure.exempt_purposes, set(Purpose).__contains__)
        _check_codes(closure.code, closure.exempt_conveyances, set(Conveyance).__contains__)
        _check_span(closure.code, closure.since, closure.until)
    _check_refusal(rules.refusal)
    for named in (rules.blocs, rules.rules, rules.closures):
        codes = [one.code for one in named]
        for code in codes:
            if codes.count(code) > 1:
                raise RulesError("twice", place=code)


def _check_refusal(law: RefusalLaw) -> None:
    for one in law.bases:
        _check_codes("refusal", [one.reason], set(RefusalReason).__contains__)
        if [basis.reason for basis in law.bases].count(one.reason) > 1:
            raise RulesError("twice", place=one.reason)
    for texts in (law.remedy, law.authority, *(one.basis for one in law.bases)):
        for text in msgspec.structs.astuple(texts):
            if text:
                _check_text("refusal", text, MAX_LAW)


def _check_codes(place: str, codes: Iterable[str], known: Callable[[str], bool]) -> None:
    for code in codes:
        if not known(code):
            raise RulesError("unknown_code", place=place, value=code)


def _check_text(place: str, text: str, most: int) -> None:
    if not 0 < len(text) <= most or not text.isprintable():
        raise RulesError("too_long", place=place[:most], most=str(most))


def _check_days(place: str, days: int | None) -> None:
    if days is not None and not 0 < days <= MAX_DAYS:
        raise RulesError("out_of_range", place=place, most=str(MAX_DAYS))


def _check_span(place: str, since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise RulesError("ends_before_it_begins", place=place)


def _within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)
