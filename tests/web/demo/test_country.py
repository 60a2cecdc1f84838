"""The sample country as a table, and its nodes on this machine."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from openmidas.posts.roles import Role
from openmidas.posts.services import USERNAME
from openmidas.web.demo.country import STATES, DemoPost, node_of, post_of, state_of
from openmidas.web.demo.layout import BEGAN, DemoHomes, began

NODES = [node for state in STATES for node in state.nodes]
POSTS = [post for state in STATES for post in state.posts]
DATABASES = {state.code: "postgresql://u:p@127.0.0.1:1/x" for state in STATES}


def test_mali_has_two_posts_and_its_neighbours_one_each() -> None:
    assert {s.code: [post.name for post in s.posts] for s in STATES} == {
        "MLI": ["Kourémalé", "Labbezanga"],
        "GIN": ["Kourémalé"],
        "NER": ["Kongo Kiré"],
    }
    assert [state.hq.name for state in STATES] == ["Bamako", "Conakry", "Niamey"]


def test_every_node_is_one_of_its_own() -> None:
    for said in ("id", "folder"):
        assert len({getattr(node, said) for node in NODES}) == len(NODES)
    # Cookies know no ports: their names are made of the last digits of the ids.
    assert len({node.id.hex[-8:] for node in NODES}) == len(NODES)
    for state in STATES:
        for node in state.nodes:
            assert (state_of(node.id), node_of(node.id)) == (state, node)
    assert post_of(STATES[0].hq.id) is None


@pytest.mark.parametrize("post", POSTS, ids=lambda post: post.folder)
def test_a_post_is_staffed_and_open(post: DemoPost) -> None:
    roles = [one.role for one in post.officers]
    assert set(roles) == {Role.PRIMARY, Role.SECOND_LINE, Role.HEAD_OF_POST}
    assert post.simulated.role is Role.PRIMARY
    assert len(post.hours) == 7
    assert all(re.fullmatch(r"\d\d:\d\d-\d\d:\d\d", hours) for hours in post.hours)
    assert 4 < post.latitude < 25
    assert -18 < post.longitude < 16


def test_nobody_shares_a_user_name() -> None:
    names = [one.username for node in NODES for one in node.officers]
    assert len(set(names)) == len(names)
    assert all(USERNAME.fullmatch(name) for name in names)


def test_all_nodes_have_addresses_of_their_own_and_begin_together(tmp_path: Path) -> None:
    homes = DemoHomes(tmp_path, DATABASES, STATES)
    homes.introduce()
    configs = [home.config() for home in homes.all()]
    addresses = [address for config in configs for address in (config.web, config.exchange)]
    assert len(set(addresses)) == len(addresses)
    assert all(config.demo for config in configs)
    assert {config.state for config in configs} == {"MLI", "GIN", "NER"}
    assert len({began(home) for home in homes.all()}) == 1


def test_a_later_start_does_not_move_the_beginning(tmp_path: Path) -> None:
    first = DemoHomes(tmp_path, DATABASES, STATES[:1])
    first.introduce()
    then = datetime(2026, 11, 1, tzinfo=UTC).timestamp() * 1000
    for home in first.all():
        home.path(BEGAN).write_text(f"{then:.0f}")
    again = DemoHomes(tmp_path, DATABASES, STATES)
    again.introduce()
    assert {began(home) for home in again.all()} == {round(then)}
