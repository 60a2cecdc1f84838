"""What a check may know beside the traveller, as plain values gathered from the tables.

`Facts` hold for everybody at this moment and are gathered once; `Memory` is what this post knows of
one document.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
from django.utils import timezone

from openmidas.crossings.inspection import Direction, Inspection, UsedEdition
from openmidas.crossings.local import Standing
from openmidas.crossings.models import Crossing, PublishedRules, Status
from openmidas.crossings.reading import document_key, may_be_one
from openmidas.crossings.rules import RuleSet
from openmidas.lists.in_use import EditionInUse
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time
from openmidas.posts.models import Post


class RulesInForce(msgspec.Struct, frozen=True):
    """The rule set that the post works by."""

    edition: UUID
    rules: RuleSet


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is the same for all who stand at this post now. ``host``: the post's State.

    ``lost``: the edition of lost and stolen documents, beside the ``lists`` of persons.
    """

    now: datetime
    host: str
    lists: tuple[EditionInUse, ...] = ()
    lost: EditionInUse | None = None
    in_force: RulesInForce | None = None
    same_document_minutes: int = 10

    @property
    def today(self) -> date:
        """The day where the post is."""
        return timezone.localdate(self.now)

    @property
    def all_lists(self) -> tuple[EditionInUse, ...]:
        """Of persons and of documents."""
        return (*self.lists, self.lost) if self.lost else self.lists

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
            for edition in self.all_lists
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


class Seen(msgspec.Struct, frozen=True):
    """A document at this post some time ago. ``at``: the last decision, of whichever line."""

    status: Status
    at: datetime
    lane: str
    direction: str = ""


class Stayed(msgspec.Struct, frozen=True):
    """The entry that the present stay began with. ``until`` None with a rule: no limit of days."""

    entered: date
    rule: str
    until: date | None


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """What this post remembers of a document. ``open_at``: a lane where it stands right now."""

    open_at: str = ""
    seen: Seen | None = None
    stayed: Stayed | None = None


def gather(lists: Sequence[EditionInUse], lost: EditionInUse | None = None) -> Facts:
    """The facts of this moment, with the lists that are screened with."""
    node = this_node()
    post = Post.objects.filter(id=node.id).first()
    return Facts(
        now=node_time(),
        host=node.config.state,
        lists=tuple(lists),
        lost=lost,
        in_force=rules_in_force(),
        same_document_minutes=post.minutes_same_document if post else 10,
    )


def rules_in_force() -> RulesInForce | None:
    """The rule set that was published last."""
    row = PublishedRules.objects.order_by("-clock", "-id").first()
    return RulesInForce(row.id, row.rule_set()) if row else None


def remember(inspection: Inspection) -> Memory:
    """What this post knows of the traveller's document; nothing where there is none."""
    key = document_key(inspection.document)
    if not key:
        return Memory()
    issuer = inspection.document.issuer
    crossings = Crossing.objects.filter(node=this_node().id, document_key=key)
    if issuer:
        crossings = crossings.filter(document_issuer__in=("", issuer))
    crossings = crossings.exclude(id=inspection.id).defer("inspection").order_by("-at")
    last = crossings.first()
    crossed = last
    if last is not None and last.status != Status.ADMITTED:
        crossed = crossings.filter(status=Status.ADMITTED).first()
    return Memory(
        open_at=_open_at(inspection, key),
        seen=_seen(last) if last else None,
        stayed=_stay_since(crossed) if crossed else None,
    )


def within(moment: datetime, now: datetime, minutes: int) -> bool:
    """Whether a moment lies within the last minutes."""
    return now - moment <= timedelta(minutes=minutes)


def _seen(crossing: Crossing) -> Seen:
    at = crossing.resolved_at or crossing.at
    return Seen(Status(crossing.status), at, crossing.lane, crossing.direction)


def _stay_since(crossed: Crossing) -> Stayed | None:
    """The stay, unless the same document has left since it entered: then it came back elsewhere."""
    if crossed.direction != Direction.ENTRY:
        return None
    return Stayed(timezone.localdate(crossed.at), crossed.stay_rule, crossed.stay_until)


def _open_at(inspection: Inspection, key: str) -> str:
    """Where the same document stands as well: at another lane, or a second time at this one."""
    for other in Standing.objects.filter(document_key=key).exclude(id=inspection.id):
        if may_be_one(inspection.document.issuer, other.inspected().document.issuer):
            return other.lane
    return ""
