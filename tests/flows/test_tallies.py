"""Each crossing is counted under every kind, and what is decided otherwise is counted otherwise."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from openmidas.crossings.entries import (
    AdmissionReason,
    CrossingAdmitted,
    CrossingRecorded,
    CrossingReferred,
    CrossingResolved,
    Outcome,
    RecordSource,
    ReferralReason,
)
from openmidas.crossings.inspection import Conveyance, Direction, Inspection, Journey, Traveller
from openmidas.crossings.inspection import Document as Papers
from openmidas.crossings.models import Crossing, Status
from openmidas.documents import PartialDate
from openmidas.flows.models import CountryTally, Tally
from openmidas.flows.tallies import country_keys_of, keys_of
from openmidas.journal import Actor, Content
from openmidas.journal.following import project_pending
from openmidas.journal.local import Quarantined
from openmidas.journal.models import Journal, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.journal.store import lock_journal, open_journal, receive
from openmidas.nodes.services import record
from tests.conftest import HQ, POST
from tests.support.cast import Cast, at_node
from tests.support.tables import all_rows
from tests.support.writers import Pen


def traveller(nationality: str = "MLI", direction: Direction = Direction.ENTRY) -> Inspection:
    return Inspection(
        id=new_id(),
        lane="1",
        opened_at=0,
        traveller=Traveller(birth=PartialDate(1990), sex="F", nationality=nationality),
        document=Papers(),
        journey=Journey(direction=direction, conveyance=Conveyance.BUS),
    )


def arrives(content: Content) -> None:
    """The post writes it; the tables of the HQ follow."""
    with at_node(POST):
        as_post = {"actor": Actor()}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("openmidas.flows.tallies.this_node", lambda: _Hq())
            with transaction.atomic():
                record(content, **as_post)  # type: ignore[arg-type]


class _Hq:
    is_hq = True


def admitted(one: Inspection) -> CrossingAdmitted:
    return CrossingAdmitted(inspection=one, reason=AdmissionReason.CLEAR)


def numbers(**columns: Any) -> int:
    return sum(Tally.objects.filter(**columns).values_list("number", flat=True))


def test_a_crossing_counts_once_under_every_facet(cast: Cast) -> None:
    arrives(admitted(traveller()))
    arrives(admitted(traveller("GIN")))
    arrives(admitted(traveller("MLI", Direction.EXIT)))
    today = timezone.localdate()
    assert numbers(span="d", facet="", start=today, direction="entry", node=POST) == 2
    assert numbers(span="d", facet="n", value="MLI", direction="entry") == 1
    assert numbers(span="d", facet="a", value="18-59") == 3
    assert numbers(span="m", facet="ns", value="MLI", other="F", start=today.replace(day=1)) == 2
    assert {facet: numbers(span="m", facet=facet) for facet in ("", "n", "sc", "pc")} == {
        "": 3, "n": 3, "sc": 3, "pc": 3,
    }  # fmt: skip
    assert numbers(span="d", facet="ns") == 0


def test_what_is_decided_later_moves_from_one_count_to_the_other(cast: Cast) -> None:
    one = traveller()
    arrives(CrossingReferred(inspection=one, reason=ReferralReason.FINDINGS))
    assert numbers(facet="", span="d", status="referred") == 1
    for _again in range(2):
        arrives(CrossingResolved(crossing=one.id, outcome=Outcome.ADMITTED))
        assert numbers(facet="", span="d", status="referred") == 0
        assert numbers(facet="ns", span="m", status="admitted") == 1
    assert not Tally.objects.filter(number=0).exists()
    assert not CountryTally.objects.filter(number=0).exists()


def test_a_crossing_from_paper_counts_on_its_own_day(cast: Cast) -> None:
    then = round(timezone.now().timestamp() * 1000) - 40 * 86_400_000
    arrives(
        CrossingRecorded(
            inspection=traveller(),
            outcome=Outcome.ADMITTED,
            crossed_at=then,
            source=RecordSource.PAPER,
        )
    )
    day = timezone.localdate(datetime.fromtimestamp(then / 1000, UTC))
    assert numbers(span="d", facet="", start=day) == 1
    row = Crossing.objects.get()
    assert (row.status, row.recorded, row.day) == (Status.ADMITTED, "paper", day)


def test_tallies_are_the_sum_of_what_crossings_count_under(cast: Cast) -> None:
    for nationality in ("MLI", "GIN", "MLI", ""):
        arrives(admitted(traveller(nationality)))
    counted = Counter(key for row in Crossing.objects.all() for key in keys_of(row))
    assert {row.id: row.number for row in Tally.objects.all()} == {
        key.id: number for key, number in counted.items()
    }
    country = Counter(key for row in Crossing.objects.all() for key in country_keys_of(row))
    assert {row.id: row.number for row in CountryTally.objects.all()} == {
        key.id: number for key, number in country.items()
    }


def test_a_rebuild_gives_the_same_tallies(transactional_db: None, cast: Cast) -> None:
    with at_node(HQ):
        one = traveller()
    arrives(CrossingReferred(inspection=one, reason=ReferralReason.FINDINGS))
    arrives(CrossingResolved(crossing=one.id, outcome=Outcome.REFUSED))
    before = all_rows()
    with at_node(HQ):
        rebuild()
    assert all_rows()["flows_tally"] == before["flows_tally"]
    assert all_rows()["flows_countrytally"] == before["flows_countrytally"]
    assert before["flows_tally"]
    assert before["flows_countrytally"]


def test_a_post_counts_nothing(cast: Cast) -> None:
    with at_node(POST), transaction.atomic():
        record(admitted(traveller()), actor=Actor())
    assert Crossing.objects.count() == 1
    assert not Tally.objects.exists()


@pytest.mark.parametrize("spoilt", [False, True], ids=["all well", "one set aside"])
def test_a_batch_is_counted_once_whatever_is_in_it(cast: Cast, spoilt: bool) -> None:
    """The sums of a batch are written together; with a bad entry in it, entry by entry."""
    pen = Pen()
    for nationality in ("MLI", "GIN", "MLI"):
        pen.write(admitted(traveller(nationality)))
    if spoilt:
        pen.write(CrossingResolved(crossing=new_id(), outcome=Outcome.ADMITTED))
    pen.write(admitted(traveller("MLI")))
    with at_node(HQ):
        open_journal(pen.node, 1, pen.kind, pen.public_key)
        with transaction.atomic():
            receive(pen.segment(), lock_journal(pen.node, 1))
        while project_pending(Journal.objects.get(node=pen.node)):
            pass
    counted = Counter(key for row in Crossing.objects.all() for key in keys_of(row))
    assert numbers(facet="", span="d", node=pen.node) == 4
    assert {row.id: row.number for row in Tally.objects.all()} == {
        key.id: number for key, number in counted.items()
    }
    assert Quarantined.objects.count() == spoilt
