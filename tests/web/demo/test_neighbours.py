"""The residents of the sample village, and what passes: written once, however often it is started."""

from __future__ import annotations

import pytest

from openmidas.declarations.models import Declaration
from openmidas.journal.models import JournalEntry
from openmidas.residents.models import Resident
from openmidas.web.demo.country import STATES, DemoPost
from openmidas.web.demo.neighbours import AT, DRIVERS, RESIDENTS, settle
from tests.support.cast import Cast

POSTS = [post for state in STATES for post in state.posts]


@pytest.mark.django_db
@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.folder)
def test_the_village_is_settled_once_and_nowhere_else(cast: Cast, post: DemoPost) -> None:
    cast.aminata.username, cast.aminata.post = post.simulated.username, post.id
    cast.aminata.save()
    village = post.folder in AT
    assert settle(post) == Resident.objects.count() == village * len((*RESIDENTS, *DRIVERS))
    assert Resident.objects.exclude(revoked_on=None).count() == village
    assert Declaration.objects.count() == village * 3
    written = JournalEntry.objects.count()
    settle(post)
    assert JournalEntry.objects.count() == written
