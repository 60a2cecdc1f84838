"""Who may collect while the post is shut, and what the second store must know by then."""

from __future__ import annotations

from datetime import timedelta

from openmidas.journal import NodeKind
from openmidas.nodes.collecting.pins import hash_pin
from openmidas.nodes.collecting.settling import prepare
from openmidas.nodes.collecting.store import CollectingStore, Collector
from openmidas.nodes.identity import this_node
from openmidas.nodes.jobs import every
from openmidas.posts.models import Officer, Post
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import POST_ROLES, Role
from openmidas.posts.standing import may_sign_in


@every(timedelta(minutes=15), at=NodeKind.POST)
def keep_prepared() -> None:
    """While the post is open: nobody knows beforehand when it will not be."""
    prepare_collecting()


def prepare_collecting() -> bool:
    """Bring the second store up to date; whether this post could collect.

    Who may not sign in any more may not collect either, from the next time that this runs.
    """
    post = Post.objects.filter(id=this_node().id).first()
    if not prepare(post.lanes if post else ()):
        return False
    store = CollectingStore(this_node().home)
    for collector in store.officers():
        officer = Officer.objects.filter(id=collector.id).first()
        if officer is None or not may_sign_in(officer):
            store.remove_officer(collector.number)
    return True


def set_pin(officer: Officer, pin: str) -> None:
    """Let an officer collect, by this PIN. Raises `Refused` ``pin.digits``, ``pin.easy``,
    ``collecting.not_prepared``, ``collecting.not_at_post``."""
    roles = [role for role in Role if role in POST_ROLES and role in officer.roles]
    if not roles or not may_sign_in(officer):
        raise Refused("collecting.not_at_post")
    verifier = hash_pin(pin)
    if not prepare_collecting():
        raise Refused("collecting.not_prepared")
    CollectingStore(this_node().home).put_officer(
        Collector(number=officer.username, id=officer.id, role=roles[0], verifier=verifier)
    )


def has_pin(officer: Officer) -> bool:
    """Whether the officer could collect."""
    store = CollectingStore(this_node().home)
    return store.exists and store.officer(officer.username) is not None
