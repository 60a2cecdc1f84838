"""``midas simulate``: a post that is served as in the field, driven for some seconds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from openmidas.crossings.models import Crossing
from openmidas.journal import Actor
from openmidas.journal.models import new_id
from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.identity import this_node
from openmidas.web.demo.commands import read_duration
from openmidas.web.demo.lane import typed
from openmidas.web.demo.training import check_may_simulate, primary_officers, stage_of, travellers
from tests.conftest import HQ, POST
from tests.crossings.conftest import admit, paper, scan
from tests.support.cast import Cast, at_node
from tests.support.served import PASSWORD, ServedPost
from tests.web.demo.small import history


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedPost]:
    post = ServedPost(tmp_path)
    post.fill()
    post.start()
    yield post
    post.kill()


def simulate(post: ServedPost, *options: str) -> subprocess.CompletedProcess[str]:
    own = {
        "OPENMIDAS_HOME": str(post.home.folder),
        "OPENMIDAS_TRAINING_PASSWORD": PASSWORD,
        "OPENMIDAS_LANGUAGE": "en",
    }
    return subprocess.run(
        [sys.executable, "-m", "openmidas.cli", "simulate", *options],
        env=os.environ | own,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_a_served_post_is_driven_and_counts_what_it_was_driven_with(served: ServedPost) -> None:
    training = ("--training", "--officer", "awa", "--flat-out", "--for", "10s", "--seed", "one")
    done = simulate(served, *training)
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(r"Travellers: (\d+)", done.stdout)
    assert found
    assert int(found[1]) > 3
    assert re.search(r"median \d+\.\d{3}, 95 in 100 below \d+\.\d{3}", done.stdout)
    assert "Errors: 0" in done.stdout


def test_nothing_is_simulated_at_a_post_in_service_nor_at_a_headquarters(cast: Cast) -> None:
    with at_node(HQ), pytest.raises(CommandFailed, match="siège"):
        check_may_simulate(this_node(), training=True)
    with at_node(POST):
        with pytest.raises(CommandFailed, match="--training"):
            check_may_simulate(this_node(), training=False)
        one = scan(paper(), Actor(new_id(), "primary", "1"))
        admit(one, actor=Actor(new_id(), "primary", "1"))
        with pytest.raises(CommandFailed, match="en service"):
            check_may_simulate(this_node(), training=True)


def test_a_training_post_stays_one_as_long_as_it_sees_specimens_only(cast: Cast) -> None:
    actor = Actor(new_id(), "primary", "1")
    with at_node(POST):
        mark = this_node().home.path("training")
        try:
            check_may_simulate(this_node(), training=True)
            admit(scan(paper(), actor), actor=actor)
            check_may_simulate(this_node(), training=True)
            admit(scan(paper(number="AB1234567"), actor), actor=actor)
            with pytest.raises(CommandFailed):
                check_may_simulate(this_node(), training=True)
        finally:
            mark.unlink()
    assert Crossing.objects.count() == 2


def test_each_lane_needs_an_officer_and_the_post_needs_the_lane(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENMIDAS_TRAINING_PASSWORD", PASSWORD)
    with at_node(POST):
        stage = stage_of(this_node())
        workers = primary_officers(stage, 2, ["aminata", "oumou"])
        assert {worker.lane for worker in workers} == set(stage.post.lanes)
        with pytest.raises(CommandFailed):
            primary_officers(stage, 3, ["a", "b", "c"])
        with pytest.raises(CommandFailed):
            primary_officers(stage, 2, ["aminata"])
        numbers = [
            person.paper.number
            for party, _ in zip(travellers(stage, "x"), range(50), strict=False)
            for person in party.people
            if person.paper
        ]
        assert numbers
        assert all(re.fullmatch(r"SP7\d{6}", number) for number in numbers)


def test_durations_are_read_or_refused() -> None:
    assert [read_duration(text) for text in ("", "90s", "10m", "8h")] == [None, 90, 600, 28800]
    for text in ("10", "ten", "-3s", "1d"):
        with pytest.raises(CommandFailed):
            read_duration(text)


def test_what_is_typed_says_what_is_not_known() -> None:
    people = [person for party, _ in zip(history().coming(), range(300), strict=False)
              for person in party.people]  # fmt: skip
    about = next(person for person in people if person.birth.approximate)
    assert typed(about)["birth"] == f"environ {about.birth.year}"
    without = next(person for person in people if person.paper is None)
    assert typed(without)["document"] == ""
    assert "number" not in typed(without)
