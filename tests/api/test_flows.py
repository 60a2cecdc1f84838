"""Flows as other systems are told them: the table of the page, with what it covers."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import pytest
from django.utils import timezone

from openmidas.api.questions import By
from openmidas.api.scopes import Scope
from openmidas.crossings.inspection import Direction
from openmidas.flows.checking import months_to_check, recount
from openmidas.flows.dimensions import Dimension
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_day
from tests.api.conftest import Asker
from tests.conftest import POST
from tests.crossings.test_hq_pages import admit, inspection, refuse
from tests.support.cast import Cast

Make = Callable[..., Asker]


@pytest.fixture
def program(asker: Make) -> Asker:
    return asker(Scope.FLOWS)


@pytest.fixture
def crossed(at_hq: Cast) -> None:
    """Two from Mali and one from Niger came in, one from Mali left, one was refused.

    The post wrote them, and a post does not count.
    """
    for nationality in ("MLI", "MLI", "NER"):
        admit(at_hq, inspection(nationality=nationality))
    admit(at_hq, inspection(direction=Direction.EXIT))
    refuse(at_hq, inspection())
    recount(months_to_check())


def asked(**more: str) -> dict[str, str]:
    today = node_day().isoformat()
    return {"start": today, "end": today, "rows": "nationality", **more}


def test_every_dimension_can_be_asked_for() -> None:
    assert set(get_args(By)) == set(Dimension)


@pytest.mark.usefixtures("crossed")
def test_a_table_adds_up(program: Asker) -> None:
    told = program.ask("flows", **asked(columns="direction"))
    assert (told["rows"], told["columns"]) == (["MLI", "NER"], ["entry", "exit"])
    assert told["cells"] == [[2, 1], [1, 0]]
    assert (told["row_totals"], told["column_totals"], told["total"]) == ([3, 1], [3, 1], 4)


@pytest.mark.usefixtures("crossed")
@pytest.mark.parametrize(
    ("more", "total"),
    [
        ({}, 4),
        ({"decision": "all"}, 5),
        ({"decision": "refused"}, 1),
        ({"direction": "exit"}, 1),
        ({"posts": str(POST)}, 4),
        ({"posts": str(new_id())}, 0),
    ],
)
def test_chooses(program: Asker, more: dict[str, str], total: int) -> None:
    told = program.ask("flows", **asked(**more))
    assert told["total"] == total == sum(map(sum, told["cells"]))
    assert told["columns"] == [""]


@pytest.mark.usefixtures("crossed")
def test_several_posts(program: Asker) -> None:
    today = timezone.localdate().isoformat()
    several = f"posts={POST}&posts={new_id()}"
    told = program.ask(f"flows?start={today}&end={today}&rows=sex&{several}")
    assert (told["rows"], told["cells"]) == (["F"], [[4]])


@pytest.mark.usefixtures("crossed")
def test_says_what_it_covers(program: Asker) -> None:
    covered = program.ask("flows", **asked())["coverage"]
    assert (covered["live"], covered["from_paper"], covered["counted"]) == (5, 0, 0)
    assert covered["hours_open"] > 0
    assert covered["hours_known"] == covered["hours_up"] == covered["hours_attended"] == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"columns": "nationality"}, "question.same_twice"),
        ({"end": "2001-01-01"}, "question.ends_before_it_begins"),
        ({"start": "2001-01-01"}, "question.too_long"),
        ({"start": "0001-01-01"}, "range.year"),
        ({"end": "9999-12-31"}, "range.year"),
        ({"rows": "officer"}, "parameter.malformed"),
        ({"rows": ""}, "parameter.malformed"),
        ({"posts": "Kourémalé"}, "parameter.malformed"),
    ],
)
def test_a_question_that_is_none_is_told(program: Asker, more: dict[str, str], code: str) -> None:
    assert program.refused("flows", 422, **asked(**more)) == code


def test_a_question_needs_days_and_rows(program: Asker) -> None:
    assert program.refused("flows", 422) == "parameter.malformed"
