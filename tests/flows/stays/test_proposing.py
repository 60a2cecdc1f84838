"""Exits that may end a stay which began with another document are proposed; a person decides."""

from __future__ import annotations

from uuid import UUID

import pytest

from openmidas.documents import PartialDate
from openmidas.flows.models import Presence
from openmidas.flows.stays import jobs as stays_jobs
from openmidas.flows.stays import proposing as stays_proposing
from openmidas.flows.stays.crowds import MOST_ALIKE
from openmidas.flows.stays.local import ComparedCrossing, StayProposal
from openmidas.flows.stays.pairs import Pair
from openmidas.flows.stays.proposing import propose
from openmidas.journal import NodeKind
from openmidas.nodes.jobs import jobs_at
from tests.flows.stays.test_presence import _more as more
from tests.flows.stays.test_presence import told
from tests.support.stays import crossed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_hq", "own_journal")]


def proposed() -> dict[UUID, str]:
    return dict(StayProposal.objects.filter(crowded=False).values_list("id", "level"))


def test_an_exit_with_another_document_is_proposed() -> None:
    entry, left = crossed(), crossed("B7654321", "exit", minutes=9, nationality="MLI")
    told(entry, left)
    assert propose() == 2
    assert proposed() == {Pair(entry.inspection.id, left.inspection.id).id: "strong"}
    assert propose() == 0


@pytest.mark.parametrize("arrives_first", ["entry", "exit"])
def test_whichever_arrives_first(arrives_first: str) -> None:
    both = [crossed(), crossed("B7654321", "exit", minutes=9)]
    post = told(*both[:: 1 if arrives_first == "entry" else -1][:1])
    assert propose() == 1
    post.write(both[1 if arrives_first == "entry" else 0])
    more(post, since=1)
    assert propose() == 1
    assert len(proposed()) == 1


@pytest.mark.parametrize(
    "left",
    [
        crossed("B7654321", "exit", minutes=9, birth=PartialDate(1990, 3, 6)),
        crossed("B7654321", "exit", minutes=9, surname="KOUYATE", given_names="ADAMA"),
        crossed("B7654321", "exit", minutes=-9),  # before the entry
        crossed("B7654321", "exit", minutes=9, birth=None),
        crossed("", "exit", minutes=9, issuer=""),
    ],
    ids=["birth", "name", "before", "no birth", "no document"],
)
def test_who_is_not_alike_is_not_proposed(left: object) -> None:
    told(crossed(), left)  # type: ignore[arg-type]
    propose()
    assert proposed() == {}


def test_a_number_without_its_issuer_is_proposed_though_nothing_else_is_known() -> None:
    told(crossed(), crossed(issuer="", direction="exit", minutes=9, birth=None, surname="X"))
    propose()
    assert set(proposed().values()) == {"strong"}


def test_a_crowd_is_not_even_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stays_proposing, "MOST_MET", 2)
    entries = [crossed(f"A000000{n}") for n in range(3)]
    told(*entries, *(crossed(f"B000000{n}", "exit", minutes=9) for n in range(3)))
    propose()
    assert not StayProposal.objects.exists()
    assert ComparedCrossing.objects.count() == 6


def test_where_too_many_are_alike_nobody_is_singled_out_until_some_have_left() -> None:
    year = PartialDate(1990)
    stays = [crossed(f"A00000{n:02}", birth=year) for n in range(MOST_ALIKE + 1)]
    post = told(*stays, crossed("B7654321", "exit", minutes=9, birth=year))
    propose()
    assert proposed() == {}
    post.write(crossed("A0000000", "exit", minutes=5, birth=year))
    more(post, since=len(post.entries) - 1)
    propose()
    assert len(proposed()) == MOST_ALIKE


def test_a_crowd_is_one_from_either_side() -> None:
    year = PartialDate(1990)
    exits = [crossed(f"B00000{n:02}", "exit", minutes=9, birth=year) for n in range(MOST_ALIKE)]
    post = told(crossed(), *exits)
    propose()
    assert len(proposed()) == MOST_ALIKE
    post.write(crossed("B7654321", "exit", minutes=9, birth=year))
    more(post, since=len(post.entries) - 1)
    propose()
    assert proposed() == {}


def test_a_crowd_of_possible_ones_does_not_hide_a_sure_one() -> None:
    sure, left = crossed("A0000001"), crossed("B7654321", "exit", minutes=9)
    year = PartialDate(1990)
    told(sure, left, *(crossed(f"A000010{n}", birth=year) for n in range(MOST_ALIKE + 1)))
    propose()
    assert proposed() == {Pair(sure.inspection.id, left.inspection.id).id: "strong"}


def test_what_is_there_no_more_is_forgotten() -> None:
    post = told(crossed(), crossed("B7654321", "exit", minutes=9))
    propose()
    post.write(crossed(direction="exit", minutes=5))
    more(post, since=2)
    assert not Presence.objects.exists()
    propose()
    assert proposed() == {}
    assert ComparedCrossing.objects.count() == 1


def test_a_run_does_so_much_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stays_proposing, "BATCH", 2)
    told(*(crossed(f"A000000{n}", surname=f"SOW{n}X") for n in range(5)))
    assert [propose(most=2), propose(most=2), propose(most=2), propose(most=2)] == [2, 2, 1, 0]


def test_the_hq_does_it_by_itself() -> None:
    name = f"{stays_jobs.__name__}.propose_matches"
    assert name in {job.name for job in jobs_at(NodeKind.HQ)}
    assert name not in {job.name for job in jobs_at(NodeKind.POST)}
