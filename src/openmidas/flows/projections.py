"""From the analysis' entries to rows."""

from __future__ import annotations

from openmidas.flows import entries
from openmidas.flows.models import Outcome, StayMatch
from openmidas.flows.stays import presence
from openmidas.flows.stays.pairs import Pair
from openmidas.journal.projecting import Origin, projects, put


@projects(entries.StayMatched)
def stay_matched(origin: Origin, content: entries.StayMatched) -> None:
    _put(origin, content, Outcome.MATCHED)


@projects(entries.StayMatchDismissed)
def stay_match_dismissed(origin: Origin, content: entries.StayMatchDismissed) -> None:
    _put(origin, content, Outcome.DISMISSED)


@projects(entries.StayMatchReopened)
def stay_match_reopened(origin: Origin, content: entries.StayMatchReopened) -> None:
    _put(origin, content, Outcome.OPEN)


def _put(
    origin: Origin,
    content: entries.StayMatched | entries.StayMatchDismissed | entries.StayMatchReopened,
    outcome: Outcome,
) -> None:
    pair = Pair(content.entry, content.exit)
    presence.hold()
    put(
        StayMatch,
        origin,
        pair.id,
        entry=pair.entry,
        exit=pair.exit,
        outcome=outcome,
        reason=content.reason,
        officer=origin.actor.officer,
        at=origin.at,
    )
    presence.follow_match(pair)
