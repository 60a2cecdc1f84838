"""Putting an edition together from its parts, in whatever order they come."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from itertools import permutations
from uuid import UUID

import pytest
from django.db import transaction

from openmidas.journal import Actor, Content, JournalError
from openmidas.journal.models import new_id
from openmidas.journal.projecting import Origin
from openmidas.lists.editions import edition_bytes, latest_edition, latest_editions
from openmidas.lists.entries import EditionPartSent, EditionPublished
from openmidas.lists.models import ListEdition, Wholeness
from openmidas.lists.projections import edition_part_sent, edition_published
from tests.support.tables import all_rows

HQ = new_id()
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def origin(clock: int = 1, node: UUID = HQ) -> Origin:
    return Origin(
        node=node, epoch=1, sequence=clock, actor=Actor(), at=NOON, clock=clock, said=NOON
    )


def parts_of(id: UUID, *data: bytes) -> list[Content]:
    return [
        EditionPartSent(edition=id, number=number, data=part) for number, part in enumerate(data)
    ]


def published(id: UUID, *data: bytes, list_code: str = "un") -> EditionPublished:
    return EditionPublished(
        edition=id,
        list_code=list_code,
        title="a list",
        dated=NOON,
        digest=hashlib.sha256(b"".join(data)).hexdigest(),
        says=hashlib.sha256(b"what it says").hexdigest(),
        size=0,
        parts=len(data),
        persons=1,
        entities=0,
        limit_days=7,
        problems=0,
    )


def arrive(contents: list[Content], clock: int = 1, node: UUID = HQ) -> None:
    for content in contents:
        if isinstance(content, EditionPartSent):
            edition_part_sent(origin(clock, node), content)
        elif isinstance(content, EditionPublished):
            edition_published(origin(clock, node), content)


@pytest.mark.django_db
class TestAssembling:
    def test_any_order_gives_equal_tables(self) -> None:
        id = new_id()
        data = (b"one", b"two", b"three")
        found = []
        for order in permutations([*parts_of(id, *data), published(id, *data)]):
            sid = transaction.savepoint()
            arrive(list(order))
            found.append(all_rows())
            assert edition_bytes(ListEdition.objects.get(id=id)) == b"onetwothree"
            transaction.savepoint_rollback(sid)
        assert len(found) == 24
        assert all(rows == found[0] for rows in found)

    def test_the_one_before_stays_until_the_new_one_is_whole(self) -> None:
        old, new = new_id(), new_id()
        arrive([*parts_of(old, b"old"), published(old, b"old")], clock=1)
        *first, last = parts_of(new, b"new", b"er")
        arrive([published(new, b"new", b"er"), *first], clock=2)
        assert [edition.id for edition in latest_editions()] == [old]
        arrive([last], clock=2)
        assert [edition.id for edition in latest_editions()] == [new]

    def test_the_last_published_counts_of_each_list(self) -> None:
        un, own = new_id(), new_id()
        arrive([*parts_of(un, b"a"), published(un, b"a")], clock=5)
        arrive([*parts_of(own, b"b"), published(own, b"b", list_code="own")], clock=1)
        assert [edition.id for edition in latest_editions()] == [own, un]

    def test_parts_that_do_not_add_up_are_not_used(self) -> None:
        good, bad = new_id(), new_id()
        arrive([*parts_of(good, b"a"), published(good, b"a")], clock=1)
        arrive([*parts_of(bad, b"b", b"X"), published(bad, b"b", b"c")], clock=2)
        assert ListEdition.objects.get(id=bad).wholeness == Wholeness.DAMAGED
        edition = latest_edition("un")
        assert edition is not None
        assert edition.id == good

    def test_a_part_beyond_the_last_changes_nothing(self) -> None:
        id = new_id()
        arrive([*parts_of(id, b"a", b"too much"), published(id, b"a")])
        assert edition_bytes(ListEdition.objects.get(id=id)) == b"a"

    def test_a_part_of_another_node_does_not_count(self) -> None:
        id = new_id()
        arrive([published(id, b"a", b"b"), *parts_of(id, b"a")])
        arrive([EditionPartSent(edition=id, number=1, data=b"b")], node=new_id())
        assert ListEdition.objects.get(id=id).wholeness == Wholeness.ARRIVING

    def test_an_edition_never_changes(self) -> None:
        id = new_id()
        arrive([*parts_of(id, b"a"), published(id, b"a")])
        with pytest.raises(JournalError, match=r"edition\.changed"):
            arrive(parts_of(id, b"b"))
        with pytest.raises(JournalError, match=r"edition\.changed"):
            arrive([published(id, b"b")])
