"""The history in the post's own journal: checked, resumed, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.resources import as_file, files
from types import SimpleNamespace

import pytest
from django.utils import timezone

from openmidas.crossings.entries import RecordSource
from openmidas.crossings.inspection import Inspection, Traveller
from openmidas.crossings.models import CountOnly, Crossing, Status
from openmidas.crossings.publishing import publish_rules
from openmidas.crossings.rules import sample_rules
from openmidas.journal import Actor
from openmidas.journal.models import Journal
from openmidas.journal.verify import verify_all
from openmidas.lists.services import import_un
from openmidas.nodes.services import open_own_journal, witness_keys
from openmidas.web.demo import progress
from openmidas.web.demo.recording import load
from openmidas.web.demo.seed import SAMPLE_LIST
from openmidas.web.demo.special import LEFT_LATE, LISTED, NAMESAKES, STAYED_ON
from openmidas.web.demo.specimens import capitals_only
from tests.conftest import HQ, POST
from tests.support.cast import at_node
from tests.web.demo.small import BEGAN, SMALL, SMALL_POST, history


@pytest.fixture
def post(db: None) -> Iterator[None]:
    """The small post, with the sample list and rules."""
    with at_node(HQ):
        open_own_journal()
        publish_rules(sample_rules(), actor=Actor())
        with as_file(files("openmidas.lists") / "samples" / SAMPLE_LIST) as path:
            import_un(path, actor=Actor(), limit_days=3650)
    with at_node(POST):
        open_own_journal()
        yield


def written() -> int:
    return Journal.objects.get(node=POST).sequence - 1  # the first one opened the journal


def name_of(traveller: Traveller) -> str:
    return capitals_only(traveller.name)


def findings(code: str) -> list[Inspection]:
    found = [row.inspected() for row in Crossing.objects.all()]
    return [one for one in found if any(finding.code == code for finding in one.findings)]


def test_a_history_that_is_broken_off_goes_on_and_repeats_nothing(post: None) -> None:
    total = history().length
    some = iter([True, True])
    first = load(SMALL_POST, history(), batch=25, pause=0, go_on=lambda: next(some, False))
    assert 0 < first == written() == 50
    assert first + load(SMALL_POST, history(), batch=40, pause=0) == total
    assert load(SMALL_POST, history(), batch=60, pause=0) == 0
    assert written() == total == Crossing.objects.count() + CountOnly.objects.count()
    assert all(verdict.holds for verdict in verify_all(witness_keys()))


def test_what_is_written_was_checked_by_the_real_rules_and_the_real_list(post: None) -> None:
    load(SMALL_POST, history(), pause=0)
    hit = {name_of(one.traveller) for one in findings("list_hit")}
    listed = {capitals_only(f"{who[0]} {who[1]}") for who in LISTED}
    namesakes = {capitals_only(f"{who[0]} {who[1]}") for who in NAMESAKES}
    assert listed <= hit
    refused = Crossing.objects.filter(status=Status.REFUSED, refusal_reason="list")
    stopped = {name_of(row.inspected().traveller) for row in refused}
    assert len(stopped) >= 3
    assert stopped <= listed
    admitted = Crossing.objects.filter(status=Status.ADMITTED)
    assert namesakes <= {name_of(row.inspected().traveller) for row in admitted}
    assert len(findings("overstay")) == LEFT_LATE
    gone = Crossing.objects.filter(direction="exit").values("document_key")
    still = Crossing.objects.filter(stay_until__lt=timezone.localdate(), direction="entry")
    assert still.exclude(document_key__in=gone).count() == STAYED_ON
    assert findings("no_document")
    assert {row.recorded for row in Crossing.objects.all()} == set(RecordSource)
    assert not Crossing.objects.filter(node=POST, at__gte=timezone.now()).exists()


def test_the_stay_is_that_of_the_day_of_the_crossing(post: None) -> None:
    load(SMALL_POST, history(), pause=0)
    limited = Crossing.objects.filter(stay_rule="ecowas_in_aes")
    assert {(row.stay_until - row.day).days for row in limited if row.stay_until} == {89}
    assert min(row.day for row in limited) < date(2026, 8, 20)


def test_progress_counts_what_is_there_of_the_history(
    post: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = SimpleNamespace(id=POST, config=SimpleNamespace(demo=True), home=None)
    monkeypatch.setattr(progress, "this_node", lambda: here)
    monkeypatch.setattr(progress, "state_of", lambda node: SMALL)
    monkeypatch.setattr(progress, "began", lambda home: BEGAN)
    monkeypatch.setattr(progress, "_finished", set())
    progress._expected.cache_clear()
    total = history().length
    assert progress.progress() == progress.Progress(0, total)
    once = iter([True])
    load(SMALL_POST, history(), batch=30, pause=0, go_on=lambda: next(once, False))
    assert progress.progress() == progress.Progress(30, total)
    load(SMALL_POST, history(), pause=0)
    assert progress.progress() is None
    progress._expected.cache_clear()
