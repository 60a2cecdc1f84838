"""Which hits an officer of the HQ may hear of: those on the lists that they may look into."""

from __future__ import annotations

from openmidas.lists.national.models import NationalList
from openmidas.lists.national.owners import may_read
from openmidas.posts.models import Officer


def closed_to(officer: Officer) -> set[str]:
    """The codes of the State's own lists that this officer may not look into."""
    return {one.code for one in NationalList.objects.all() if not may_read(one, officer)}
