"""Deciding whether an entry and an exit with different documents are one traveller's."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from openmidas.flows import entries
from openmidas.flows.models import Outcome, Presence, StayMatch, UnmatchedExit
from openmidas.flows.stays.local import StayProposal
from openmidas.flows.stays.pairs import Pair
from openmidas.journal import Actor
from openmidas.journal.store import lock_journal
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record
from openmidas.posts import lookups
from openmidas.posts.models import Lookup
from openmidas.posts.refusals import Refused

_KINDS = {
    Outcome.MATCHED: entries.StayMatched,
    Outcome.DISMISSED: entries.StayMatchDismissed,
    Outcome.OPEN: entries.StayMatchReopened,
}


def find_pair(id: UUID) -> Pair | None:
    """The two crossings that are proposed, or were decided on, under this id."""
    for model in (StayProposal, StayMatch):
        found = model._default_manager.filter(id=id).values_list("entry", "exit").first()
        if found:
            return Pair(*found)
    return None


def look(actor: Actor, pair: Pair, purpose: lookups.Purpose, reason: str) -> None:
    """Write that somebody sees who the two travellers are. Raises as `lookups.made` does."""
    lookups.made(actor, purpose, reason, _asked(pair), 2)


def looked(actor: Actor, pair: Pair) -> bool:
    """Whether this officer has seen, by a look-up that is written, who the two travellers are."""
    return Lookup.objects.filter(officer=actor.officer, query=_asked(pair)).exists()


@transaction.atomic
def decide(actor: Actor, id: UUID, outcome: Outcome, reason: str) -> None:
    """Confirm or dismiss what is proposed, or take back (`Outcome.OPEN`) what was decided.

    The same decision again changes nothing. Raises `Refused`: ``match.unknown``,
    ``match.not_looked``, ``reason.missing``, ``match.decided``, ``match.open``, ``match.gone``.
    """
    node = this_node()
    lock_journal(node.id, node.epoch)  # two analysts who decide at once: the second sees the first
    pair = find_pair(id)
    if pair is None:
        raise Refused("match.unknown")
    if not looked(actor, pair):
        raise Refused("match.not_looked")
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= entries.MOST_REASON or not reason.isprintable():
        raise Refused("reason.missing")
    current = StayMatch.objects.filter(id=id).values_list("outcome", flat=True).first()
    before = Outcome(current) if current else Outcome.OPEN
    if outcome is Outcome.OPEN and before is Outcome.OPEN:
        raise Refused("match.open")
    if outcome is before:
        return
    if outcome is not Outcome.OPEN:
        _check_open(pair, before)
    record(_KINDS[outcome](entry=pair.entry, exit=pair.exit, reason=reason), actor=actor)


def _check_open(pair: Pair, before: Outcome) -> None:
    """Raises `Refused` where the pair is decided on, or where there is nothing to decide any more."""
    if before is not Outcome.OPEN:
        raise Refused("match.decided")
    present = Presence.objects.filter(crossing=pair.entry).exists()
    if not (present and UnmatchedExit.objects.filter(crossing=pair.exit).exists()):
        raise Refused("match.gone")


def _asked(pair: Pair) -> str:
    return f"stay match {pair.id}"
