"""Whether the node works, for the machines that watch it. No personal data, open to all."""

from __future__ import annotations

import msgspec
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openmidas.journal import NodeKind
from openmidas.journal.models import Journal
from openmidas.nodes.identity import this_node
from openmidas.posts.access import open_to_all


class Health(msgspec.Struct, frozen=True):
    """What anybody may know: how many entries there are, say, would tell each decision as it falls."""

    node: NodeKind
    database: bool


@open_to_all
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """JSON; 503 when the database does not answer."""
    found = _health()
    return HttpResponse(
        msgspec.json.encode(found),
        content_type="application/json",
        status=200 if found.database else 503,
    )


def _health() -> Health:
    node = this_node()
    try:
        Journal.objects.filter(node=node.id, epoch=node.epoch).exists()
    except DatabaseError:
        return Health(node.kind, database=False)
    return Health(node.kind, database=True)
