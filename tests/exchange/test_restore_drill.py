"""The drills: a machine burns after its last backup, and nothing that had a receipt is lost.

A real post and a real HQ, over TLS, each with its own folder, database and processes; every step is
a command that an administrator types.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.country import Country, crossings, eventually, identities, rows
from tests.support.real_nodes import RealNode, hq_database

pytestmark = [pytest.mark.long, pytest.mark.both, pytest.mark.timeout(1200)]


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    with hq_database() as database:
        country = Country(tmp_path, database)
        try:
            yield country
        finally:
            country.sweep()


def test_an_hq_restored_from_yesterday_has_everything_that_it_gave_a_receipt_for(
    country: Country,
) -> None:
    post, hq = country.post, country.hq
    post.do("cross", "20")
    hq.midas("rules", "publish")
    country.agreed()
    backup = country.back_up(hq)
    post.do("cross", "30")
    hq.midas("rules", "publish")  # also after the backup: only the post still has it
    before = country.agreed()
    assert before[0] == before[1]
    there = rows(hq)
    assert len(crossings(hq)) == 50
    country.burn(hq)
    post.do("cross", "5")  # the post goes on meanwhile
    country.bring_back(hq, backup)
    country.at_work(hq)
    country.follow(post)
    assert eventually(lambda: "gave back" in hq.said())
    # Its new epoch has two entries: its opening, and the post's key certified by the new one of the HQ.
    assert eventually(lambda: country.agreed()[1][f"{hq.id} 2"] == 2)
    at_post, at_hq = country.agreed()
    assert at_post == at_hq
    for journal, sequence in before[1].items():
        assert at_hq[journal] >= sequence, "what had a receipt is here again"
    assert at_hq[f"{hq.id} 1"] == before[1][f"{hq.id} 1"], "the HQ's own entries came back as well"
    assert at_hq[f"{hq.id} 2"] == 2
    post.end()  # a report of its state, written now and then, would come in between
    hq.do("followed")
    country.stop_workers()
    after = rows(hq)
    assert not identities(there) - identities(after), "no row is lost"
    # The five that crossed meanwhile are counted, and the post has reported how it is, since.
    changed = {line.partition(" ")[0] for line in there - after}
    assert all(table.startswith(("flows_", "nodes_")) for table in changed), changed
    assert len(set(crossings(hq))) == len(crossings(hq)) == 55
    assert crossings(post) == crossings(hq)
    hq.midas("journal", "rebuild")
    assert rows(hq) == after, "the tables are what the journals say, counts included"
    post.midas("journal", "verify")
    hq.midas("journal", "verify")
    assert "was restored" in post.said()


def test_a_post_restored_from_its_stick_gets_its_own_journal_back(country: Country) -> None:
    post, hq = country.post, country.hq
    post.do("cross", "20")
    country.agreed()
    backup = country.back_up(post)
    post.do("cross", "30")
    before = country.agreed()
    stolen = post.card()
    country.burn(post)
    country.bring_back(post, backup)
    country.enrol()
    country.at_work(post)
    country.follow(hq)
    post.do("cross", "5")
    assert eventually(lambda: f'"{post.id} 1":{before[1][f"{post.id} 1"]}' in _ends(post, hq))
    at_post, at_hq = country.agreed()
    assert at_post == at_hq
    assert at_hq[f"{post.id} 1"] == before[1][f"{post.id} 1"], "nothing with a receipt is lost"
    # The opening of the epoch, and the five; it may have reported how it is, too.
    assert at_hq[f"{post.id} 2"] >= 6
    assert crossings(post) == crossings(hq)
    assert len(crossings(hq)) == 55
    post.midas("journal", "verify")
    hq.midas("journal", "verify")
    card = country.folder / "stolen.json"
    card.write_bytes(stolen)
    hq.midas("enrol", str(card), status=1)


def _ends(post: RealNode, hq: RealNode) -> str:
    return post.do("agrees", str(hq.id)).decode()
