"""What can be done about incidents: report, add to, link, comment, close, open again.

All of it is asked with an id that the page was rendered with: sent twice, it is done once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.incidents import entries, limits, linking
from openmidas.incidents.entries import IncidentKind, Outcome, Severity, Source, Told
from openmidas.incidents.models import Incident, IncidentStep, Step
from openmidas.journal import Actor, Content, to_posts
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time, record, record_all
from openmidas.posts.refusals import Refused

ContentT = TypeVar("ContentT", bound=Content)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """An incident as somebody reports it."""

    kind: IncidentKind
    severity: Severity
    source: Source = Source.OFFICER
    told: Told = Told()
    links: linking.Links = linking.Links()


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """What is added to an incident. ``severity``: None where it stays."""

    severity: Severity | None = None
    told: Told = Told()
    links: linking.Links = linking.Links()


@transaction.atomic
def report(actor: Actor, id: UUID, said: Report) -> None:
    """Report an incident at this post.

    Raises `Refused`: ``incident.saved_already`` (this form, with something else in it),
    ``incident.in_future``, ``incident.too_old``, ``incident.away_from_nowhere``, ``link.unknown``,
    ``request.broken``.
    """
    check_told(said.told)
    before = Incident.objects.filter(id=id).first()
    if before is not None:
        same = (before.officer, before.kind, before.source) == (
            actor.officer,
            said.kind,
            said.source,
        )
        first = IncidentStep.objects.filter(id=id, severity=said.severity, words=said.told.words)
        if same and first.exists():
            return
        raise Refused("incident.saved_already")
    reported = checked(
        entries.IncidentReported(
            incident=id,
            kind=said.kind,
            severity=said.severity,
            source=said.source,
            told=said.told,
        )
    )
    links = linking.linked(id, said.links)
    record_all([reported, *alert_of(reported), *links], actor=actor)


@transaction.atomic
def update(actor: Actor, incident: UUID, step: UUID, said: Update) -> None:
    """Say more of an incident that this node wrote and that is open.

    Raises as `report` does, and ``incident.unknown``, ``incident.closed``, ``incident.nothing_new``.
    """
    check_told(said.told)
    row = held(incident)
    if _done(step, incident, Step.UPDATED, said.told.words):
        return
    if not row.open:
        raise Refused("incident.closed")
    severity = None if said.severity == row.severity else said.severity
    links = linking.linked(incident, said.links)
    contents: list[Content] = []
    if severity is not None or said.told != Told() or links:
        # Links alone make a line of the history as well: that somebody made them is worth knowing.
        updated = entries.IncidentUpdated(
            step=step, incident=incident, severity=severity, told=said.told
        )
        contents = [checked(updated), *_raised_to(row, severity, said.told), *links]
    if not contents:
        raise Refused("incident.nothing_new")
    record_all(contents, actor=actor)


@transaction.atomic
def comment(actor: Actor, incident: UUID, id: UUID, words: str) -> None:
    """Say something about an incident, open or closed: of this node, or at the HQ of any post.

    Raises `Refused`: ``incident.unknown``, ``incident.words_missing``, ``incident.saved_already``.
    """
    row = held(incident, own=False)
    said = _words(words)
    if _done(id, incident, Step.COMMENTED, said):
        return
    content = checked(entries.IncidentCommented(comment=id, incident=incident, words=said))
    # What the HQ says of a post's incident is for that post and for no other.
    audience = to_posts([row.node]) if row.node != this_node().id else None
    record(content, actor=actor, audience=audience)


@transaction.atomic
def close(
    actor: Actor,
    incident: UUID,
    step: UUID,
    outcome: Outcome | None,
    words: str = "",
    *,
    same_as: UUID | None = None,
) -> None:
    """Say how an incident of this node ended. ``same_as``: of a duplicate, the other one; they are linked.

    Raises `Refused`: ``incident.unknown``, ``incident.closed``, ``incident.without_outcome``,
    ``incident.words_missing`` (an outcome that is in no set needs words), ``incident.without_other`` (a
    duplicate of which?), ``incident.other_is_duplicate`` (of which it is the same is the one to name),
    ``link.unknown``, ``incident.saved_already``.
    """
    _hold_both(incident, same_as)
    row = held(incident)
    said = words.strip()
    if _done(step, incident, Step.CLOSED, said):
        return
    if not row.open:
        raise Refused("incident.closed")
    if outcome is None:
        raise Refused("incident.without_outcome")
    if outcome is Outcome.OTHER:
        said = _words(words)
    others = (same_as,) if outcome is Outcome.DUPLICATE and same_as not in (None, incident) else ()
    if outcome is Outcome.DUPLICATE and not others:
        raise Refused("incident.without_other")
    if Incident.objects.filter(id__in=others, outcome=Outcome.DUPLICATE, open=False).exists():
        raise Refused("incident.other_is_duplicate")
    content = entries.IncidentClosed(step=step, incident=incident, outcome=outcome, words=said)
    links = linking.linked(incident, linking.Links(others=others))
    record_all([checked(content), *links], actor=actor)


def _hold_both(incident: UUID, other: UUID | None) -> None:
    """Two officers do not each close one of two incidents as the same as the other: none would be left."""
    if other is not None:
        list(Incident.objects.select_for_update().filter(id__in=(incident, other)).order_by("id"))


@transaction.atomic
def reopen(actor: Actor, incident: UUID, step: UUID, words: str) -> None:
    """Open an incident of this node again, with the reason.

    Raises `Refused`: ``incident.unknown``, ``incident.open``, ``incident.words_missing``,
    ``incident.saved_already``.
    """
    row = held(incident)
    said = _words(words)
    if _done(step, incident, Step.REOPENED, said):
        return
    if row.open:
        raise Refused("incident.open")
    record(checked(entries.IncidentReopened(step=step, incident=incident, words=said)), actor=actor)


def held(incident: UUID, *, own: bool = True) -> Incident:
    """The incident, held until the transaction ends. Raises `Refused` ``incident.unknown``.

    ``own``: only one that this node wrote. A post has no other; the HQ has those of its posts.
    """
    row = Incident.objects.select_for_update().filter(id=incident).first()
    if row is None or (row.node != this_node().id and (own or not this_node().is_hq)):
        raise Refused("incident.unknown")
    return row


def alert_of(
    said: entries.IncidentReported | entries.IncidentRaised,
) -> list[entries.IncidentAlerted]:
    """What goes ahead of the journal: nothing but of high and critical severity, and from a post."""
    if this_node().is_hq or not said.severity.alerts:
        return []
    rule, cause = (said.rule, said.cause) if isinstance(said, entries.IncidentRaised) else ("", {})
    return [
        entries.IncidentAlerted(
            incident=said.incident,
            kind=said.kind,
            severity=said.severity,
            rule=rule,
            cause=cause,
            told=_beginning(said.told),
        )
    ]


def check_told(told: Told) -> None:
    """Raises `Refused`: ``incident.in_future``, ``incident.too_old``, ``incident.away_from_nowhere``."""
    now = node_time()
    if told.happened_at is not None:
        if told.happened_at > milliseconds(now):
            raise Refused("incident.in_future")
        if told.happened_at < milliseconds(now - limits.OLDEST):
            raise Refused("incident.too_old", years=str(limits.OLDEST.days // 365))
    if told.place is not None and told.place.away is not None and not told.place.name:
        raise Refused("incident.away_from_nowhere")


def milliseconds(moment: datetime) -> int:
    """A moment as entries have it."""
    return round(moment.timestamp() * 1000)


def checked(content: ContentT) -> ContentT:
    """The content, within the bounds of its kind. Raises `Refused` ``request.broken``."""
    try:
        msgspec.convert(msgspec.to_builtins(content), type(content))
    except msgspec.ValidationError as error:
        raise Refused("request.broken") from error
    return content


def _raised_to(
    row: Incident, severity: Severity | None, told: Told
) -> Sequence[entries.IncidentAlerted]:
    """An alert where an incident of a post has become one of high or critical severity."""
    if severity is None or not severity.alerts or Severity(row.severity).alerts:
        return ()
    if this_node().is_hq:
        return ()
    alert = entries.IncidentAlerted(
        incident=row.id,
        kind=IncidentKind(row.kind),
        severity=severity,
        rule=row.rule,
        cause=row.cause,
        told=_beginning(told if told.words else msgspec.structs.replace(told, words=row.words)),
    )
    return (alert,)


def _beginning(told: Told) -> Told:
    return msgspec.structs.replace(told, words=told.words[: limits.ALERT_WORDS])


def _words(words: str) -> str:
    said = words.strip()
    if len(said) < limits.SHORTEST_WORDS:
        raise Refused("incident.words_missing", least=str(limits.SHORTEST_WORDS))
    return said


def _done(step: UUID, incident: UUID, what: Step, words: str) -> bool:
    """Whether this very form was saved before. Raises `Refused` ``incident.saved_already``."""
    before = IncidentStep.objects.filter(id=step).first()
    if before is None:
        return False
    if (before.incident, before.step, before.words) != (incident, what, words):
        raise Refused("incident.saved_already")
    return True
