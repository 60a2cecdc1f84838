"""An analyst who has looked decides on a proposed pair, and can take it back; all is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest

from openmidas.crossings.entries import CrossingRecorded
from openmidas.flows.models import Outcome, Presence, StayMatch, UnmatchedExit
from openmidas.flows.stays import deciding as stays
from openmidas.flows.stays import matches as stays_matches
from openmidas.flows.stays.pairs import Pair
from openmidas.flows.stays.proposing import propose
from openmidas.journal.models import JournalEntry, new_id
from openmidas.posts.lookups import Purpose
from tests.conftest import HQ
from tests.flows.stays.test_presence import _more as more
from tests.flows.stays.test_presence import told
from tests.support.cast import Cast, acting, at_node, refusal
from tests.support.stays import crossed
from tests.support.writers import Pen


class Case:
    """Somebody who entered with one document and perhaps left with another."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.entry: CrossingRecorded = crossed()
        self.left = crossed("B7654321", "exit", minutes=60, nationality="MLI", issuer="MLI")
        self.post: Pen = told(self.entry, self.left)
        propose()
        self.pair = Pair(self.entry.inspection.id, self.left.inspection.id)

    def look(self) -> None:
        stays.look(acting(self.cast.djibril), self.pair, Purpose.CROSSING_CHECK, "")

    def decide(self, outcome: Outcome, reason: str = "same photo", id: UUID | None = None) -> None:
        stays.decide(acting(self.cast.djibril), id or self.pair.id, outcome, reason)

    @property
    def waits(self) -> bool:
        return self.pair.id in {row.id for row in stays_matches.proposals().rows}


@pytest.fixture
def case(cast: Cast) -> Iterator[Case]:
    with at_node(HQ):
        yield Case(cast)


def test_confirming_ends_the_stay_and_taking_back_begins_it_again(case: Case) -> None:
    case.look()
    assert case.waits
    case.decide(Outcome.MATCHED)
    assert not Presence.objects.exists()
    assert not UnmatchedExit.objects.exists()
    assert not case.waits
    propose()
    case.decide(Outcome.OPEN, "photo of a brother")
    assert Presence.objects.get().crossing == case.pair.entry
    propose()
    assert case.waits
    kinds = JournalEntry.objects.filter(node=HQ, kind__startswith="stay.").order_by("sequence")
    assert list(kinds.values_list("kind", flat=True)) == ["stay.matched", "stay.match_reopened"]
    row = StayMatch.objects.get()
    assert (row.outcome, row.reason, row.officer) == (
        "open", "photo of a brother", case.cast.djibril.id,
    )  # fmt: skip


def test_dismissing_keeps_the_stay_and_is_not_proposed_again(case: Case) -> None:
    case.look()
    case.decide(Outcome.DISMISSED, "another scar")
    assert Presence.objects.exists()
    propose()
    assert not case.waits
    assert [row.id for row in stays_matches.decided()] == [case.pair.id]
    case.decide(Outcome.OPEN, "a mistake")
    assert case.waits
    assert stays_matches.decided() == []


def test_nobody_decides_who_has_not_looked(case: Case) -> None:
    stays.look(acting(case.cast.kadiatou), case.pair, Purpose.OVERSIGHT, "")
    with refusal("match.not_looked"):
        case.decide(Outcome.MATCHED)
    assert not StayMatch.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 256, "a\0b"])
def test_a_decision_says_why(case: Case, reason: str) -> None:
    case.look()
    with refusal("reason.missing"):
        case.decide(Outcome.DISMISSED, reason)


def test_what_was_decided_is_taken_back_first(case: Case) -> None:
    case.look()
    with refusal("match.open"):
        case.decide(Outcome.OPEN)
    case.decide(Outcome.DISMISSED)
    case.decide(Outcome.DISMISSED)  # again: nothing changes
    assert JournalEntry.objects.filter(kind="stay.match_dismissed").count() == 1
    with refusal("match.decided"):
        case.decide(Outcome.MATCHED)


def test_what_is_no_more_cannot_be_confirmed(case: Case) -> None:
    case.look()
    case.post.write(crossed(direction="exit", minutes=30))
    more(case.post, since=2)
    with refusal("match.gone"):
        case.decide(Outcome.MATCHED)
    with refusal("match.unknown"):
        case.decide(Outcome.MATCHED, id=new_id())


def test_beside_a_sure_one_a_possible_one_is_not_shown_until_the_sure_one_is_dismissed(
    case: Case,
) -> None:
    from openmidas.documents import PartialDate

    other = crossed("C0000001", birth=PartialDate(1990), nationality="MLI")
    case.post.write(other)
    more(case.post, since=2)
    propose()
    assert [row.level for row in stays_matches.proposals().rows] == ["strong"]
    case.look()
    case.decide(Outcome.DISMISSED)
    assert [row.level for row in stays_matches.proposals().rows] == ["possible"]
