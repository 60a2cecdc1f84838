"""Finding a post by what people type on the command line."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.identity import this_node
from openmidas.nodes.models import EnrolledNode


def find_post(text: str) -> UUID:
    """The enrolled post with this name or number. Raises `CommandFailed`."""
    for node in EnrolledNode.objects.filter(node=this_node().id):
        if text in (node.name, str(node.id)):
            return node.id
    raise CommandFailed(_("No post called %(name)s is enrolled.") % {"name": text})
