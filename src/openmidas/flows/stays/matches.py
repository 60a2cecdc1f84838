"""What is proposed to analysts, and what they decided, as the pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef, Q, QuerySet

from openmidas.crossings.models import Crossing
from openmidas.crossings.overview import post_names
from openmidas.flows.models import Outcome, Presence, StayMatch, UnmatchedExit
from openmidas.flows.stays.local import StayProposal
from openmidas.flows.stays.pairs import Pair
from openmidas.flows.stays.proposing import compare
from openmidas.screening import Evidence

ON_A_PAGE = 25
DECIDED = (Outcome.MATCHED, Outcome.DISMISSED)


class ShownPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two crossings beside each other. A crossing is None where it is here no more.

    ``level``: how alike they are, "" if not at all; ``evidence``: the entry's and the exit's values,
    which name persons: for the page behind a look-up.
    """

    id: UUID
    entry: Crossing | None
    exit: Crossing | None
    entry_post: str
    exit_post: str
    level: str
    evidence: tuple[Evidence, ...]
    decision: StayMatch | None = None


class MatchesPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what is proposed, the surest first; ``number`` counts from 1."""

    rows: tuple[ShownPair, ...]
    number: int
    more: bool


def proposals(number: int = 1) -> MatchesPage:
    """What waits for a decision."""
    start = (max(number, 1) - 1) * ON_A_PAGE
    ordered = _open().order_by("-level", "-found_at", "id")
    found = [
        Pair(*values)
        for values in ordered.values_list("entry", "exit")[start : start + ON_A_PAGE + 1]
    ]
    return MatchesPage(
        rows=tuple(show(found[:ON_A_PAGE])),
        number=max(number, 1),
        more=len(found) > ON_A_PAGE,
    )


def decided(most: int = ON_A_PAGE) -> list[ShownPair]:
    """What was decided last, newest first."""
    rows = StayMatch.objects.filter(outcome__in=DECIDED).order_by("-at", "id")[:most]
    return show([Pair(row.entry, row.exit) for row in rows])


def show(pairs: Sequence[Pair]) -> list[ShownPair]:
    """These pairs with all that is known of them."""
    ids = {id for pair in pairs for id in (pair.entry, pair.exit)}
    crossings = Crossing.objects.in_bulk(ids)
    decisions = StayMatch.objects.in_bulk([pair.id for pair in pairs])
    names = post_names()
    shown = []
    for pair in pairs:
        entry, left = crossings.get(pair.entry), crossings.get(pair.exit)
        likeness = compare(entry, left)
        shown.append(
            ShownPair(
                id=pair.id,
                entry=entry,
                exit=left,
                entry_post=names.get(entry.node, str(entry.node)) if entry else "",
                exit_post=names.get(left.node, str(left.node)) if left else "",
                level=likeness.level if likeness else "",
                evidence=likeness.evidence if likeness else (),
                decision=decisions.get(pair.id),
            )
        )
    return shown


def _open() -> QuerySet[StayProposal]:
    """Undecided pairs whose stay and exit are still there, and that single somebody out.

    Beside a sure one, those that are only possible say nothing.
    """
    waiting = _undecided(StayProposal.objects.filter(crowded=False)).filter(
        Exists(Presence.objects.filter(crossing=OuterRef("entry"))),
        Exists(UnmatchedExit.objects.filter(crossing=OuterRef("exit"))),
    )
    sure = _undecided(StayProposal.objects.filter(crowded=False, level="strong"))
    surer = Q(Exists(sure.filter(entry=OuterRef("entry")))) | Q(
        Exists(sure.filter(exit=OuterRef("exit")))
    )
    return waiting.exclude(Q(level="possible") & surer)


def _undecided(proposals: QuerySet[StayProposal]) -> QuerySet[StayProposal]:
    decisions = StayMatch.objects.filter(id=OuterRef("id"), outcome__in=DECIDED)
    return proposals.filter(~Exists(decisions))
