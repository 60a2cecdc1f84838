"""Some hundreds of tamperings, on three real nodes: each one is found that must be (`bench/witness`)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.witness.__main__ import KINDS, figures_of, run
from bench.witness.world import World, choices

SEED, TAMPERINGS = 2026, 200
OWN_DATABASES = "its nodes have SQLite, whatever the tests run on"
pytestmark = pytest.mark.skipif("OPENMIDAS_TEST_DATABASE" in os.environ, reason=OWN_DATABASES)


@pytest.mark.timeout(600)
def test_every_tampering_is_found_but_of_an_end_that_nobody_has_seen(tmp_path: Path) -> None:
    world = World(tmp_path)
    try:
        results, false_alarms = run(world, SEED, TAMPERINGS)
    finally:
        world.end()
    assert false_alarms == []
    assert [one for one in results if one.must and not one.found] == []
    assert {one.kind for one in results} == set(KINDS)
    assert {(one.side, one.with_key) for one in results} == {
        (side, key) for side in ("post", "hq") for key in (True, False)
    }
    # What cannot be found is not: else the test would call anything found.
    assert any(not one.found for one in results)
    # And without witnesses much would not be.
    assert sum(one.must and not one.proved for one in results) > TAMPERINGS // 20
    assert all(figure.met is not False for figure in figures_of(results, false_alarms, 0.0))


def test_the_same_seed_makes_the_same_choices() -> None:
    assert list(choices(1, 30, KINDS)) == list(choices(1, 30, KINDS))
    assert list(choices(1, 30, KINDS)) != list(choices(2, 30, KINDS))
