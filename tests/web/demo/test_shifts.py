"""The book of each post of the sample country: begun once, however often the demonstration is started."""

from __future__ import annotations

import pytest

from openmidas.journal.models import new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time
from openmidas.posts.models import Officer
from openmidas.register import services
from openmidas.register.models import Occurrence, Shift
from openmidas.web.demo.country import STATES, DemoPost
from openmidas.web.demo.shifts import LINES, NOTE, keep_book
from tests.support.cast import Cast

POSTS = [post for state in STATES for post in state.posts]


@pytest.mark.django_db
@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.folder)
def test_each_post_begins_its_book_once(
    cast: Cast, post: DemoPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in post.officers:
        Officer.objects.create(
            id=new_id(),
            node=cast.coumba.node,
            username=one.username,
            name=one.name,
            roles=[one.role],
            post=post.id,
        )
    here = list(Officer.objects.filter(post=post.id))
    monkeypatch.setattr(services, "officers_here", lambda: here)
    began = round(node_time().timestamp() * 1000)
    assert keep_book(post, began) == keep_book(post, began) == Shift.objects.count() == 2
    first, second = Shift.objects.order_by("since")
    assert (first.note, second.until, second.node) == (NOTE, None, this_node().id)
    assert len(second.members()) == len(post.officers)
    assert Occurrence.objects.count() == len(LINES)
