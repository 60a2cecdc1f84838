"""What is wrong with this node, and how to mend it: a registry of checks that each room adds to.

A check looks at one thing and says what it found, as codes with parameters; the words, and what to
type to mend it, stand in `doctor_wording`::

    @check()
    def disk() -> Iterator[Finding]:
        yield Finding("disk.room", Level.OK, {"free_mb": 90_000})

What cannot be found out is *unknown*: that is no way of saying that all is well.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from enum import StrEnum

import msgspec

from openmidas.nodes.home import NodeHome, this_home, write_file
from openmidas.nodes.identity import this_node
from openmidas.nodes.sealing.sealed import SealFailed

logger = logging.getLogger(__name__)

NOTED = "examined.json"
"""In the node's folder, not in its database: that a database is damaged is not written into it."""


class Level(StrEnum):
    """How bad it is. In the order in which findings are shown."""

    STOP = "stop"
    LOOK = "look"
    UNKNOWN = "unknown"
    OK = "ok"


SEVERITY = list(Level)


class Finding(msgspec.Struct, frozen=True):
    """What a check says. ``code``: ``noun.what``; ``params``: what its words have blanks for."""

    code: str
    level: Level
    params: dict[str, str | int] = {}


class Effort(StrEnum):
    """When a check is made.

    ``QUICK``: whenever somebody looks, on the page too. ``SLOW``: by `midas doctor` and once a day;
    what it found last is shown in between. ``OUTSIDE``: by `midas doctor` only, since it asks the
    very processes that show the page.
    """

    QUICK = "quick"
    SLOW = "slow"
    OUTSIDE = "outside"


Check = Callable[[], Iterable[Finding]]


class Registered(msgspec.Struct, frozen=True):
    """A check as its room declared it."""

    name: str
    run: Check
    effort: Effort


class Noted(msgspec.Struct, frozen=True):
    """What a slow check found when it was last made. ``at``: seconds since 1970."""

    at: float
    findings: tuple[Finding, ...]


_checks: dict[str, Registered] = {}


def check(effort: Effort = Effort.QUICK) -> Callable[[Check], Check]:
    """Declare a check; it finds out about the node of this process."""

    def declare(run: Check) -> Check:
        name = f"{run.__module__.removeprefix('openmidas.')}.{run.__name__}"
        _checks[name] = Registered(name, run, effort)
        return run

    return declare


def examine() -> list[Finding]:
    """Make every check, the slow ones too, and note what those found; the worst comes first."""
    found: list[Finding] = []
    slow: dict[str, Noted] = {}
    for one in _checks.values():
        findings = _made(one)
        found += findings
        if one.effort is Effort.SLOW:
            slow[one.name] = Noted(datetime.now(UTC).timestamp(), tuple(findings))
    _note(this_home(), slow)
    return in_order(found)


def glance() -> list[Finding]:
    """What can be said at once: the quick checks, and what the slow ones found last."""
    noted = noted_findings(this_home())
    found: list[Finding] = []
    for one in _checks.values():
        if one.effort is Effort.QUICK:
            found += _made(one)
        elif one.effort is Effort.SLOW:
            before = noted.get(one.name)
            found += before.findings if before else [_not_yet(one)]
    return in_order(found)


def examine_slow() -> None:
    """Make the slow checks and note what they found."""
    slow = [one for one in _checks.values() if one.effort is Effort.SLOW]
    now = datetime.now(UTC).timestamp()
    _note(this_home(), {one.name: Noted(now, tuple(_made(one))) for one in slow})


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The worst first, else as they were found."""
    return sorted(findings, key=lambda one: SEVERITY.index(one.level))


def worst(findings: Iterable[Finding]) -> Level:
    """The level of the node as a whole: ok only where everything is."""
    return min((one.level for one in findings), key=SEVERITY.index, default=Level.OK)


def noted_findings(home: NodeHome) -> dict[str, Noted]:
    """What the slow checks found last, by check; empty where none was made or the note is torn."""
    try:
        raw = home.path(NOTED).read_bytes()
        return msgspec.json.decode(raw, type=dict[str, Noted])
    except (OSError, msgspec.DecodeError):
        return {}


def _made(one: Registered) -> list[Finding]:
    """What a check says. One that breaks is told as such, and hides none of the others."""
    try:
        return list(one.run())
    except SealFailed:
        return []  # shut, which the check of the seal says once for all
    except Exception as error:  # a check looks at broken things: whatever it raises is a finding
        logger.warning("the check %s could not be made", one.name, exc_info=True)
        reason = f"{type(error).__name__}: {error}"[:200]
        return [Finding("check.failed", Level.UNKNOWN, {"check": one.name, "reason": reason})]


def _not_yet(one: Registered) -> Finding:
    return Finding("check.not_yet", Level.UNKNOWN, {"check": one.name})


def _note(home: NodeHome, found: dict[str, Noted]) -> None:
    try:
        write_file(home.path(NOTED), msgspec.json.encode(noted_findings(home) | found))
    except OSError as error:
        logger.warning("what the checks of %s found cannot be noted: %s", this_node().id, error)
