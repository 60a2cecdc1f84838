"""A rebuilt node equals the live one; any order of arrival gives equal tables."""

from __future__ import annotations

import random

import pytest
from django.db import connection, transaction

from openmidas.journal import Actor, NodeKind
from openmidas.journal.following import project_pending
from openmidas.journal.models import Journal, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.journal.store import lock_journal, open_journal, receive
from openmidas.nodes.services import record
from openmidas.posts.entries import (
    LookupMade,
    OfficerEnrolled,
    OfficerReinstated,
    OfficerSuspended,
    PostConfigured,
)
from openmidas.posts.models import Lookup
from tests.support.tables import Rows, all_rows
from tests.support.writers import Pen


def a_country() -> list[Pen]:
    """An HQ that changes its mind and two posts, with rows that are made, changed and refused."""
    hq, kouremale, labbezanga = Pen(NodeKind.HQ), Pen(), Pen()
    officer = new_id()
    for post in (kouremale, labbezanga):
        for lanes in (("1",), ("1", "2")):
            hq.write(PostConfigured(post=post.node, name="a post", lanes=lanes))
        for number in range(7):
            post.write(
                LookupMade(lookup=new_id(), purpose="case", reason="", query=str(number), results=1)
            )
    for roles in (("primary",), ("primary", "second_line")):
        hq.write(
            OfficerEnrolled(
                officer=officer,
                username="aminata",
                name="Aminata",
                roles=roles,
                post=kouremale.node,
            )
        )
    suspension = new_id()
    kouremale.write(OfficerSuspended(suspension=suspension, officer=officer, reason="lost badge"))
    kouremale.write(OfficerReinstated(suspension=suspension, officer=officer))
    labbezanga.write(PostConfigured(post=labbezanga.node, name="ours now", lanes=()))  # refused
    return [hq, kouremale, labbezanga]


def arrive(pens: list[Pen], seed: int) -> None:
    """Runs of random length from random journals, the tables following at random moments."""
    chance = random.Random(seed)  # noqa: S311  a shuffled order, not a secret
    for pen in pens:
        open_journal(pen.node, 1, pen.kind, pen.public_key)
    sent = {pen.node: 0 for pen in pens}
    while waiting := [pen for pen in pens if sent[pen.node] < len(pen.entries)]:
        pen = chance.choice(waiting)
        end = min(sent[pen.node] + chance.randint(1, 4), len(pen.entries))
        with transaction.atomic():
            receive(pen.segment(sent[pen.node], end), lock_journal(pen.node, 1))
        sent[pen.node] = end
        if chance.random() < 0.5:
            follow()
    follow()


def follow() -> None:
    for journal in Journal.objects.filter(node__isnull=False):
        while project_pending(journal):
            pass


def tables_after(pens: list[Pen], seed: int) -> Rows:
    sid = transaction.savepoint()
    arrive(pens, seed)
    rows = all_rows()
    transaction.savepoint_rollback(sid)
    return {table: without_arrival(table, found) for table, found in rows.items()}


def without_arrival(table: str, rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Quarantine names entries by their id of arrival and two times; the rest of it must be equal."""
    return [row[1:-2] for row in rows] if table == "journal_quarantined" else rows


@pytest.mark.django_db
def test_any_order_of_arrival_gives_equal_tables() -> None:
    pens = a_country()
    first = tables_after(pens, seed=1)
    assert sum(len(rows) for rows in first.values()) >= 18
    assert len(first["journal_quarantined"]) == 1
    for seed in range(2, 12):
        again = tables_after(pens, seed)
        for table, rows in first.items():
            assert sorted(again[table], key=repr) == sorted(rows, key=repr), (seed, table)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_journal")
class TestRebuild:
    def test_equals_the_live_node(self) -> None:
        arrive(a_country(), seed=3)
        with transaction.atomic():
            record(
                LookupMade(lookup=new_id(), purpose="case", reason="", query="own", results=0),
                actor=Actor(),
            )
        live = all_rows()
        seen: list[int] = []
        taken = rebuild(seen.append)
        assert taken == sum(journal.sequence for journal in Journal.objects.all())
        assert sum(seen) > 0
        rebuilt = all_rows()
        for table, rows in live.items():
            assert without_arrival(table, rebuilt[table]) == without_arrival(table, rows), table

    def test_mends_what_was_changed_behind_the_programs_back(self) -> None:
        arrive(a_country(), seed=4)
        live = all_rows()["posts_lookup"]
        Lookup.objects.update(query="somebody else")
        Lookup.objects.order_by("id").first().delete()  # type: ignore[union-attr]
        rebuild()
        assert all_rows()["posts_lookup"] == live

    def test_leaves_all_as_it_was_when_it_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        arrive(a_country(), seed=5)
        live = all_rows()

        def broken(table: str) -> None:
            raise OSError("disk full")

        monkeypatch.setattr("openmidas.journal.rebuild.swap_shadow", broken)
        with pytest.raises(OSError, match="disk full"):
            rebuild()
        assert all_rows() == live
        with connection.cursor() as cursor:  # no shadow is left in front of the real table
            cursor.execute("SELECT count(*) FROM posts_lookup")
            assert cursor.fetchone()[0] == len(live["posts_lookup"])

    def test_goes_on_from_there(self) -> None:
        pens = a_country()
        arrive(pens, seed=6)
        rebuild()
        pens[1].write(
            LookupMade(lookup=new_id(), purpose="case", reason="", query="later", results=0)
        )
        with transaction.atomic():
            receive(pens[1].segment(), lock_journal(pens[1].node, 1))
        follow()
        assert Lookup.objects.filter(query="later").count() == 1
