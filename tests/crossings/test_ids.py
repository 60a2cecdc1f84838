"""Ids that a post issues: each once, in the order of time, and known again."""

from __future__ import annotations

from uuid import RFC_4122

from openmidas.crossings.ids import issue_id, issued_here
from openmidas.journal.models import new_id


def test_many_in_one_moment_are_all_different() -> None:
    assert len({issue_id() for _ in range(5000)}) == 5000


def test_it_is_a_uuid_of_its_moment_that_this_node_knows_again() -> None:
    before, id = new_id(), issue_id()
    assert (id.version, id.variant) == (7, RFC_4122)
    assert abs((id.int >> 80) - (before.int >> 80)) < 1000
    assert issued_here(id)
    assert not issued_here(before)
