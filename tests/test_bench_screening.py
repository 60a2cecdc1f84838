"""The measurement of screening measures: what it makes, how it counts, and a control that must fail."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from bench.report import Figure
from bench.screening import (
    answer_figures,
    pair_figures,
    pairs,
    recall_figures,
    reckoning,
    travellers,
)
from bench.screening.__main__ import ELSEWHERE
from bench.screening.cases import World
from bench.screening.child import Advance, Child, MatcherError
from bench.screening.generator import KINDS, make_world
from bench.screening.generator.material import given_names, surnames
from bench.screening.generator.zone import fit, letters
from bench.screening.peers.environment import DRIVER
from bench.screening.setting import CHANCE, OURS, Bench, Line, Sizes
from bench.screening.united_nations import VARIANT, aliases, is_variant

SEED = 7
SIZES = Sizes(800, 150, 80, 60, 4, 56, 30)
# The one peer that needs nothing beyond what a node has.
TOKEN_SORT = (sys.executable, "-I", DRIVER, "token-sort")


@contextmanager
def silence(what: str, length: int) -> Iterator[Advance]:
    yield lambda number: None


def bench(ours: Line = OURS) -> Bench:
    return Bench(SIZES, (SEED,), True, silence, ours, {"token-sort": TOKEN_SORT})


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(SEED, listings=1_200, innocent=300, each_kind=5, all_names=True)


def test_a_seed_makes_one_world_and_another_seed_another(world: World) -> None:
    again = make_world(SEED, listings=1_200, innocent=300, each_kind=5, all_names=True)
    other = make_world(SEED + 1, listings=1_200, innocent=300, each_kind=5, all_names=True)
    assert again == world
    assert not set(world.innocent) & set(other.innocent)


def test_each_kind_of_disturbance_is_there_and_disturbs(world: World) -> None:
    assert len(KINDS) == 14
    assert Counter(case.kind for case in world.listed) == dict.fromkeys(KINDS, 5)
    for case in world.listed:
        listing = world.listings[case.listing]
        if listing.names[0].script != "Latn":
            assert case.kind == "listed in Arabic script"
            continue
        shown = sorted(f"{case.asked.surname} {case.asked.given_names}".split())
        same = shown in [sorted(letters(name.text).split()) for name in listing.names]
        if case.kind in ("exact", "other order", "birth date wrong"):
            assert same
        elif case.kind in ("misread", "mistyped", "a name more", "a name missing"):
            assert not same


def test_a_few_names_bear_most_people(world: World) -> None:
    borne = Counter(one.surname for one in world.innocent)
    assert sum(count for _, count in borne.most_common(20)) > len(world.innocent) / 4


def test_who_tunes_does_not_see_every_name() -> None:
    for names in (surnames, given_names):
        every, some = names(all_names=True), names(all_names=False)
        held_back = sum(len(every[title].names) - len(some[title].names) for title in every)
        count = sum(len(section.names) for section in every.values())
        assert count / 8 < held_back < count / 2
        assert all(section.names for section in some.values())


def test_the_zone_writes_letters_as_doc_9303_does() -> None:
    assert letters("N'Diaye Müller-Ñoño") == "NDIAYE MULLER NONO"
    assert letters("Müller Åkesson Søren Weiß Þór", written_out=True) == (
        "MUELLER AAKESSON SOEREN WEISS THOR"
    )
    assert fit("OULD AHMED", "MOHAMED LEMINE ISSELMOU", 30) == (
        "OULD AHMED",
        "MOHAMED LEMINE ISS",
        True,
    )


def test_who_scores_alike_is_hit_together_or_not_at_all() -> None:
    innocent = np.array([5.0] * 10 + [0.0] * 990)
    listed = np.array([5.0, 6.0])
    assert reckoning.recall(listed, innocent, 0.01) == 100.0
    assert reckoning.recall(listed, innocent, 0.009) == 50.0
    low, high = reckoning.bounds(listed, innocent, 0.01)
    assert 0 <= low <= high == 100


def test_f1_is_measured_on_other_pairs_than_its_threshold_was_chosen_on() -> None:
    same = np.array([True, True, False, False] * 10)
    assert reckoning.f1(np.where(same, 2.0, 1.0), same) == 1.0
    # With one score for all, all are called the same: half of them are.
    assert reckoning.f1(np.ones(40), same) == pytest.approx(2 / 3)


def test_calibration_tells_what_is_said_too_surely() -> None:
    sure = np.full(100, 0.9)
    right = np.array([True] * 60 + [False] * 40)
    bins = reckoning.reliability(sure, right, np.ones(100))
    assert [(round(one.said, 2), one.right, one.hits) for one in bins] == [(0.9, 0.6, 100.0)]
    assert reckoning.error_of(bins) == pytest.approx(30.0)


def test_aliases_that_are_spellings_are_told_from_by_names() -> None:
    assert is_variant("QASEM SOLEIMANI", "Qasim Sulaymani")
    assert not is_variant("MOHAMED ALI NKALUBO", "Defender")
    assert not is_variant("MOHAMMED SALAHALDIN ABD EL HALIM ZIDANE", "Saif al-Adil")
    kinds = Counter(case.kind for case in aliases().listed)
    assert kinds[VARIANT] > 800


@pytest.mark.timeout(300)
def test_all_figures_are_told_and_chance_fails_the_goals() -> None:
    figures, control = measured(bench()), measured(bench(CHANCE))
    names = [figure.name for figure in figures]
    assert [figure.name for figure in control][: len(names)] == names
    assert len(names) == len(set(names))
    for kind in KINDS:
        assert f"at 0.1 %, disturbed: {kind}" in names
    by_name = {figure.name: figure for figure in figures}
    ours = by_name["recall at 1 %, same candidates"]
    assert ours.value is not None
    assert ours.value > 50
    assert ours.value > ours.peers["token-sort"]
    assert by_name["pairs a second, prepared"].peers["token-sort"] > 10_000
    assert by_name["memory"].peers["token-sort"] > 0
    goals = [figure for figure in control if figure.goal is not None]
    assert len(goals) >= 5
    assert [figure for figure in goals if figure.met] == []


def measured(run: Bench) -> list[Figure]:
    rounds = [travellers.measure(run, SEED)]
    _, calibrated = answer_figures.calibration(rounds)
    return [
        *recall_figures.of_travellers(rounds),
        *answer_figures.cost(rounds),
        *pair_figures.of_time(pairs.time(run)),
        *[figure for figure in calibrated if "said" not in figure.name or figure.goal],
    ]


def test_a_matcher_that_ends_tells_why() -> None:
    line = (sys.executable, "-c", "raise SystemExit('no such peer')")
    with pytest.raises(MatcherError, match="no such peer"), Child(line):
        pass


@pytest.mark.parametrize("module", ELSEWHERE.values())
def test_a_part_that_is_measured_elsewhere_is_there(module: str) -> None:
    assert callable(importlib.import_module(module).figures)
