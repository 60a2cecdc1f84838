"""Finding a person's crossings, for look-ups (`posts.lookups`) that name a purpose and are recorded."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from openmidas.crossings.inspection import Document
from openmidas.crossings.models import Crossing
from openmidas.crossings.reading import document_key
from openmidas.crossings.words import DIRECTIONS, OUTCOMES
from openmidas.nodes.identity import this_node
from openmidas.posts.lookups import Found, Search
from openmidas.posts.models import Post
from openmidas.screening.names import fold


def search_crossings(asked: Search) -> list[Found]:
    """The newest crossings of those who bear all these words in their names, or this document number.

    A word may be the beginning of one in the name; order, case and accents do not count. A post
    finds its own crossings, an HQ those of all its posts.
    """
    wanted = _named(asked.text) | Q(document_key=document_key(Document(number=asked.text)))
    crossings = Crossing.objects.filter(wanted).defer("inspection", "note")
    if not this_node().is_hq:
        crossings = crossings.filter(node=this_node().id)
    return _told(crossings.order_by("-at", "-id")[: asked.most])


def _named(text: str) -> Q:
    words = fold(text)
    if not words:
        return Q(pk__in=())
    return Q(*(Q(name_key__contains=f" {word}") for word in words))


def _told(crossings: QuerySet[Crossing]) -> list[Found]:
    posts: dict[UUID, str] = dict(Post.objects.values_list("id", "name"))
    return [
        Found(
            name=f"{row.surname} {row.given_names}".strip(),
            document=f"{row.document_issuer} {row.document_number}".strip(),
            birth=row.birth,
            nationality=row.nationality,
            what=f"{DIRECTIONS[row.direction]} · {OUTCOMES[row.status]}",
            where=f"{posts.get(row.node, str(row.node))}, {row.lane}",
            at=row.at,
        )
        for row in crossings
    ]
