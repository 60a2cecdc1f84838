"""What a check may know beside the traveller: gathered once from the tables, then plain values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from django.utils import timezone

from openmidas.crossings.inspection import Direction, Document, Inspection, UsedEdition
from openmidas.crossings.local import Standing
from openmidas.crossings.models import Crossing, PublishedRules, Status
from openmidas.crossings.rules import RuleSet
from openmidas.lists.in_use import EditionInUse, editions_in_use
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Post


class LastCrossing(msgspec.Struct, frozen=True):
    """The latest crossing at this post with the same document."""

    direction: Direction
    at: datetime
    lane: str
    stay_rule: str
    stay_until: date | None


class RulesInForce(msgspec.Struct, frozen=True):
    """The rule set that the post works by."""

    edition: UUID
    rules: RuleSet


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the checks look at. Nothing in it is computed by a check."""

    today: date
    now: datetime
    host: str
    lists: tuple[EditionInUse, ...] = ()
    in_force: RulesInForce | None = None
    last: LastCrossing | None = None
    last_entry: LastCrossing | None = None
    open_at: str = ""
    same_document_minutes: int = 10

    def editions(self) -> tuple[UsedEdition, ...]:
        """What the checks are made with, as the decision keeps it."""
        used = [
            UsedEdition(
                kind="list",
                code=edition.list_code,
                edition=edition.edition,
                dated=edition.dated.isoformat(),
                age_days=edition.age_days,
            )
            for edition in self.lists
        ]
        if self.in_force:
            dated = self.in_force.rules.dated
            used.append(
                UsedEdition(
                    kind="rules",
                    code=self.in_force.rules.title,
                    edition=self.in_force.edition,
                    dated=dated.isoformat(),
                    age_days=(self.today - dated).days,
                )
            )
        return tuple(used)


def gather(document: Document, *, lane: str, inspection: UUID) -> Facts:
    """The facts for a traveller with this document at a lane."""
    node = this_node()
    post = Post.objects.filter(id=node.id).first()
    return Facts(
        today=timezone.localdate(),
        now=timezone.now(),
        host=node.config.state,
        lists=editions_in_use(),
        in_force=rules_in_force(),
        last=_last(document),
        last_entry=_last(document, Direction.ENTRY),
        open_at=_open_elsewhere(document, lane, inspection),
        same_document_minutes=post.minutes_same_document if post else 10,
    )


def rules_in_force() -> RulesInForce | None:
    """The rule set that was published last."""
    row = PublishedRules.objects.order_by("-clock").first()
    return RulesInForce(row.id, row.rule_set()) if row else None


def _last(document: Document, direction: Direction | None = None) -> LastCrossing | None:
    if document.none:
        return None
    found = Crossing.objects.filter(
        node=this_node().id,
        document_number=document.number,
        document_issuer=document.issuer,
        status=Status.ADMITTED,
    )
    if direction:
        found = found.filter(direction=direction)
    row = found.order_by("-at").first()
    if row is None:
        return None
    return LastCrossing(Direction(row.direction), row.at, row.lane, row.stay_rule, row.stay_until)


def _open_elsewhere(document: Document, lane: str, inspection: UUID) -> str:
    """The other lane where the same document stands open, if any."""
    if document.none:
        return ""
    found = Standing.objects.filter(document_number=document.number).exclude(id=inspection)
    for standing in found.exclude(lane=lane):
        if _same(standing.inspected(), document):
            return standing.lane
    return ""


def _same(inspection: Inspection, document: Document) -> bool:
    return (inspection.document.number, inspection.document.issuer) == (
        document.number,
        document.issuer,
    )


def within(moment: datetime, now: datetime, minutes: int) -> bool:
    """Whether a moment lies within the last minutes."""
    return now - moment <= timedelta(minutes=minutes)
