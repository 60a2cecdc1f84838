"""At the HQ: a post that has gone silent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from openmidas.incidents import services
from openmidas.incidents.entries import Outcome, Told
from openmidas.incidents.models import Incident, IncidentStep
from openmidas.incidents.publishing import rules_in_use
from openmidas.incidents.raising.raising import Cause, cause_id, open_of, raise_once
from openmidas.incidents.services import milliseconds
from openmidas.journal import Actor, NodeKind
from openmidas.nodes.local import Peer
from openmidas.nodes.services import node_time
from openmidas.posts.models import Post
from openmidas.posts.silence import Hearing, silence_of

CODE = "silent_post"


def raise_silent_posts() -> int:
    """Raise an incident for each post that has gone silent; how many.

    One for each silence: it is told apart by when the post was last heard of. While one about a post is
    open, another silence of it raises no second; once it is heard of again, see `close_what_is_over`.
    """
    rules = rules_in_use()
    rule = rules.silent_post
    if rule is None:
        return 0
    layouts, now, raised = Post.objects.in_bulk(), node_time(), 0
    for peer in Peer.objects.filter(kind=NodeKind.POST, revoked=False).order_by("name", "id"):
        found = silence_of(layouts.get(peer.id), peer.last_contact, now)
        if peer.last_contact is None:
            continue
        going_on = open_of(CODE, peer.id)
        if found.hearing is not Hearing.SILENT:
            close_what_is_over(going_on, peer.last_contact)
            continue
        if going_on:
            continue
        since = milliseconds(peer.last_contact)
        cause = Cause(
            key=(str(peer.id), str(since)),
            post=peer.id,
            said={"since": f"{timezone.localtime(peer.last_contact):%Y-%m-%d %H:%M}"},
            told=Told(happened_at=since),
        )
        raised += raise_once(CODE, rule, cause, edition=rules.edition) is not None
    return raised


def close_what_is_over(incidents: Iterable[Incident], heard: datetime) -> None:
    """The post was heard of again: what nobody has taken up ends by itself, and says so.

    Where an officer has written something of it, an officer closes it.
    """
    for row in incidents:
        by_people = IncidentStep.objects.filter(incident=row.id).exclude(officer=None)
        if not by_people.exists():
            step = cause_id(CODE, (str(row.id), str(milliseconds(heard))))
            services.close(Actor(), row.id, step, Outcome.PASSED)
