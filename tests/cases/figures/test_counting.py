"""What came of hits, added up; and which listings only ever met others."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from openmidas.cases.entries import Answer
from openmidas.cases.figures.counting import Hit, figures_by, figures_of, only_innocent
from tests.conftest import POST

LABBEZANGA = UUID("01900000-0000-7000-8000-000000000002")


def hit(answer: str = "", minutes: int | None = None, **changes: object) -> Hit:
    took = None if minutes is None else timedelta(minutes=minutes)
    return Hit("un", "CDi.001", POST, False, answer, took)._replace(**changes)


def test_every_hit_stands_in_one_column() -> None:
    found = figures_of(
        [hit(Answer.SAME), hit(Answer.NOT_SAME), hit(Answer.NOT_SAME), hit(Answer.UNSURE), hit()]
    )

    parts = (found.same, found.not_same, found.unsure, found.unanswered)
    assert (found.hits, parts) == (5, (1, 2, 1, 1))


def test_the_share_of_wrong_ones_is_of_those_that_were_resolved() -> None:
    found = figures_of([hit(Answer.SAME), *[hit(Answer.NOT_SAME)] * 3, hit(Answer.UNSURE), hit()])
    assert found.percent_wrong == 75


def test_without_an_answer_nothing_is_said_of_right_and_wrong() -> None:
    found = figures_of([hit(), hit(Answer.UNSURE, 4)])
    assert (found.percent_wrong, found.median) == (None, timedelta(minutes=4))


def test_the_median_is_of_those_who_waited() -> None:
    found = figures_of([hit(Answer.SAME, minutes) for minutes in (3, 90, 5)] + [hit()])
    assert found.median == timedelta(minutes=5)


def test_hits_are_added_up_by_post() -> None:
    found = figures_by([hit(), hit(post=LABBEZANGA), hit(post=LABBEZANGA)], lambda one: one.post)
    assert {post: one.hits for post, one in found.items()} == {POST: 1, LABBEZANGA: 2}


def test_a_listing_that_only_ever_met_others_is_told() -> None:
    others = [hit(Answer.NOT_SAME)] * 3
    assert only_innocent(others) == [("un", "CDi.001", 3)]


@pytest.mark.parametrize("answer", [Answer.SAME, Answer.UNSURE, ""])
def test_one_hit_of_which_that_is_not_known_is_enough_to_leave_it(answer: str) -> None:
    assert only_innocent([*[hit(Answer.NOT_SAME)] * 3, hit(answer)]) == []


def test_two_are_too_few() -> None:
    assert only_innocent([hit(Answer.NOT_SAME)] * 2) == []


def test_a_number_is_no_listing_to_be_repaired() -> None:
    """However often it was another document: nobody can say more of it."""
    assert only_innocent([hit(Answer.NOT_SAME, list_code="lost")] * 3) == []
