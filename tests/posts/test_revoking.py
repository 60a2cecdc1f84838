"""A stolen post is revoked by its name only where that name is one post's."""

from __future__ import annotations

from argparse import Namespace

import pytest

from openmidas.journal import NodeKind
from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.local import Peer
from openmidas.posts import commands
from tests.conftest import HQ
from tests.exchange.peers import befriend
from tests.support.cast import Cast, at_node


def test_of_two_posts_with_one_name_neither_is_revoked_by_it(cast: Cast) -> None:
    _, old = befriend(NodeKind.POST)
    _, new = befriend(NodeKind.POST)
    options = Namespace(post=old.name, reason="stolen at night")
    with at_node(HQ), pytest.raises(CommandFailed, match=str(new.id)):
        commands._revoke(options)
    assert not Peer.objects.filter(revoked=True).exists()
