"""Pathways: publishing them at the HQ, and those in force at a node."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.db import transaction

from openmidas.cases.referrals.entries import PathwaysPublished
from openmidas.cases.referrals.models import PublishedPathways
from openmidas.cases.referrals.pathways import Pathway, Pathways, read_pathways
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day, record
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Post


class InForce(msgspec.Struct, frozen=True):
    """The pathways that a node works by. ``stale``: older than their own limit."""

    edition: UUID
    said: Pathways
    stale: bool


@transaction.atomic
def publish_pathways(text: str, *, actor: Actor) -> Pathways:
    """Publish a file of pathways (TOML) to all posts. Raises `PathwaysError`; nothing is published then."""
    said = read_pathways(text, post_names())
    record(PathwaysPublished(edition=new_id(), pathways=said), actor=actor)
    return said


def in_force() -> InForce | None:
    """The newest pathways here; None where none are published."""
    row = PublishedPathways.objects.order_by("-clock", "-id").first()
    if row is None:
        return None
    return InForce(row.id, row.said(), (node_day() - row.dated).days > row.limit_days)


def pathway_of(edition: UUID, kind: Compartment, post: UUID) -> Pathway | None:
    """The pathway that a referral of this post followed; None where the edition is not here."""
    row = PublishedPathways.objects.filter(id=edition).first()
    return None if row is None else row.said().for_post(kind, post_name(post))


def post_name(post: UUID) -> str:
    """The name that pathways know a post by: the one that the HQ configured, else its own."""
    configured = Post.objects.filter(id=post).values_list("name", flat=True).first()
    node = this_node()
    return configured or (node.config.name if post == node.id else "")


def post_names() -> list[str]:
    """The names of the State's posts."""
    return list(Post.objects.values_list("name", flat=True))
