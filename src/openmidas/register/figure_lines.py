"""The numbers of a shift in lines of words: the same on the page and on paper."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from msgspec import Struct

from openmidas.crossings.models import Status
from openmidas.crossings.words import DIRECTIONS, REFUSAL_REASONS
from openmidas.register.entries import Figures, Spell, Waiting
from openmidas.register.wording import STATUSES, word, word_minutes, word_number


class Line(Struct, frozen=True):
    """What was counted, and how many."""

    label: str
    value: str


def figure_lines(told: Figures) -> tuple[Line, ...]:
    """A shift in numbers, in the order in which the book has them; what a post may not have is told by 0."""
    return (
        *_passed(told),
        *_refused(told),
        Line(_("Admitted with an open hit"), word_number(told.open_hits)),
        Line(_("Scans cancelled"), word_number(told.cancelled)),
        Line(_("Written down from paper"), word_number(told.paper)),
        *_late(told.paper_late),
        Line(_("Only counted, not recorded"), word_number(told.counted)),
        *_late(told.counted_late),
        Line(_("Taken on by the second line"), word_number(told.interviews)),
        *_held(told),
        Line(_("Forms of refusal given"), word_number(told.forms)),
        Line(_("Receipts for travellers"), word_number(told.receipts)),
        Line(_("Complaints made"), word_number(told.complaints)),
        *_incidents(told),
        Line(_("Lines in the book"), word_number(told.occurrences)),
        Line(_("Relaxations of checks"), word_number(told.relaxations)),
        Line(_("Outages of the machine"), _spell(told.power)),
        Line(_("Outages of the link"), _spell(told.link)),
    )


def waiting_lines(left: Waiting) -> tuple[Line, ...]:
    """What stands open."""
    return (
        Line(_("Travellers at the second line"), word_number(left.interviews)),
        Line(_("Referrals that are open"), word_number(left.referrals)),
        Line(_("Incidents that are open"), word_number(left.incidents)),
        Line(_("Complaints without an answer"), word_number(left.complaints)),
    )


def let_cross(told: Figures, direction: str) -> int:
    """How many were let cross in one direction."""
    return sum(
        one.number
        for one in told.passed
        if (one.direction, one.status) == (direction, Status.ADMITTED)
    )


def _passed(told: Figures) -> Iterable[Line]:
    counted = {(one.direction, one.status): one.number for one in told.passed}
    for direction, name in DIRECTIONS.items():
        for status in dict.fromkeys((*STATUSES, *(one.status for one in told.passed))):
            number = counted.get((direction, status), 0)
            if number or status == Status.ADMITTED:
                yield Line(f"{name}, {word(STATUSES, status)}", word_number(number))


def _refused(told: Figures) -> Iterable[Line]:
    yield Line(_("Refusals decided"), word_number(sum(one.number for one in told.refused)))
    for one in told.refused:
        yield _part(str(REFUSAL_REASONS.get(one.reason, one.reason)), word_number(one.number))


def _late(number: int) -> Iterable[Line]:
    if number:
        yield _part(_("typed in later: crossed before the shift"), word_number(number))


def _held(told: Figures) -> Iterable[Line]:
    yield Line(_("Persons held"), _spell(told.held))
    if told.held.number > 1:
        yield _part(_("the longest"), word_minutes(told.longest))


def _incidents(told: Figures) -> Iterable[Line]:
    yield Line(_("Incidents"), word_number(told.incidents))
    if told.grave:
        yield _part(_("of which high or critical"), word_number(told.grave))


def _part(label: str, value: str) -> Line:
    """A line that tells more of the one before it."""
    return Line(f"– {label}", value)


def _spell(spell: Spell) -> str:
    if not spell.number:
        return word_number(0)
    return f"{word_number(spell.number)} ({word_minutes(spell.minutes)})"
