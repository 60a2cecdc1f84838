"""What the post's book tells of complaints: how many. What they say, no post can read."""

from __future__ import annotations

from uuid import UUID

from openmidas.register.others import Complaints, register_complaints
from openmidas.register.spans import Span
from openmidas.rights.models import Complaint, ComplaintAnswer


def made(post: UUID, span: Span) -> int:
    """How many complaints were made at a post in a span."""
    return Complaint.objects.filter(node=post, at__gte=span.start, at__lt=span.end).count()


def unanswered(post: UUID) -> int:
    """How many complaints of a post have no answer that this node knows of."""
    answered = ComplaintAnswer.objects.values("complaint")
    return Complaint.objects.filter(node=post).exclude(id__in=answered).count()


register_complaints(Complaints(made=made, unanswered=unanswered))
