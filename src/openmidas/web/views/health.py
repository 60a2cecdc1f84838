"""Whether the node works, for the machines that watch it. No personal data, open to all."""

from __future__ import annotations

import msgspec
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openmidas.journal import NodeKind
from openmidas.journal.models import Journal
from openmidas.nodes.identity import this_node
from openmidas.posts.access import open_to_all


class Health(msgspec.Struct, frozen=True):
    """``sqlite``: its version where the node runs on it. ``head``: entries in the node's journal."""

    node: NodeKind
    database: bool
    sqlite: str | None = None
    head: int | None = None


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
        journal = Journal.objects.filter(node=node.id, epoch=node.epoch).first()
        version = _sqlite_version() if connection.vendor == "sqlite" else None
    except DatabaseError:
        return Health(node.kind, database=False)
    return Health(node.kind, True, version, journal.sequence if journal else 0)


def _sqlite_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        return str(cursor.fetchone()[0])
