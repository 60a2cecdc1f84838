"""Monthly partitions by UUIDv7, on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import IntegrityError, connection

from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.partitions import MONTHS_AHEAD, add_partitions, first_id, months

TODAY = datetime(2026, 11, 21, tzinfo=UTC)


def id_of(moment: datetime) -> UUID:
    """A UUIDv7 as made at this moment."""
    return UUID(int=first_id(moment).int | (new_id().int & ((1 << 80) - 1)))


def test_bounds_follow_each_other_without_a_gap() -> None:
    bounds = list(months(TODAY))
    assert len(bounds) == MONTHS_AHEAD + 1
    assert bounds[0] == (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    assert all(end == start for (_, end), (start, _) in pairwise(bounds))


def test_an_id_falls_into_the_month_that_it_was_made_in() -> None:
    made = id_of(TODAY)
    assert (
        first_id(datetime(2026, 11, 1, tzinfo=UTC))
        <= made
        < first_id(datetime(2026, 12, 1, tzinfo=UTC))
    )


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="partitions exist on PostgreSQL only"
)
class TestPartitions:
    def entry(self, id: UUID, sequence: int = 1, node: UUID | None = None) -> JournalEntry:
        return JournalEntry.objects.create(
            id=id, node=node or new_id(), epoch=1, sequence=sequence, header=b"x"
        )

    def holds(self, id: UUID) -> str:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tableoid::regclass::text FROM journal_journalentry WHERE id = %s", [id]
            )
            return str(cursor.fetchone()[0])

    def test_rows_go_to_their_month_and_strays_to_the_default(self) -> None:
        assert "journal_journalentry_2026_11" in add_partitions(TODAY)
        november = id_of(TODAY)
        long_ago = id_of(datetime(2001, 1, 1, tzinfo=UTC))
        self.entry(november)
        self.entry(long_ago)
        assert self.holds(november) == "journal_journalentry_2026_11"
        assert self.holds(long_ago) == "journal_journalentry_default"

    def test_made_once(self) -> None:
        add_partitions(TODAY)
        assert add_partitions(TODAY) == []

    def test_a_month_that_already_has_strays_is_left_alone(self) -> None:
        self.entry(id_of(TODAY))
        made = add_partitions(TODAY)
        assert "journal_journalentry_2026_11" not in made
        assert "journal_journalentry_2026_12" in made

    def test_one_place_one_entry_within_a_month(self) -> None:
        add_partitions(TODAY)
        node = new_id()
        self.entry(id_of(TODAY), sequence=7, node=node)
        with pytest.raises(IntegrityError):
            self.entry(id_of(TODAY), sequence=7, node=node)
