"""The measurement of parsers of zones measures: ours is right everywhere, one that nods is not."""

from __future__ import annotations

import sys
from typing import Any

from bench.mrz.__main__ import figures_of, measure_ours, measure_peer, raised
from bench.mrz.corpus import is_right, load
from bench.mrz.fuzzing import spoilt

CASES = load()
# A peer that calls everything valid and reads nothing.
NODDING = """
import json, sys
asked = json.load(sys.stdin)
json.dump({"answers": [{"valid": True} for _ in asked["zones"]], "per_second": 1.0}, sys.stdout)
"""


def test_ours_is_right_everywhere_and_one_that_nods_is_not() -> None:
    nodding = measure_peer((sys.executable, "-c", NODDING), CASES, 0.01)
    measured = {"ours": measure_ours(CASES, 0.01), "mrz": nodding}
    figures = {figure.name: figure for figure in figures_of(CASES, measured)}
    right = figures["of them read rightly"]
    assert right.met
    assert right.peers["mrz"] < len(CASES) / 10
    assert figures["against mrz"].met


def test_a_date_without_its_century_is_right_except_where_it_is_asked_for() -> None:
    def said(**fields: Any) -> dict[str, Any]:
        return {"valid": True, **case.fields, **fields}

    case = next(case for case in CASES if case.id == "spec-td3")
    assert is_right(case, said(dob="740812"))
    assert not is_right(case, said(dob="740813"))
    assert not is_right(case, said(valid=False))
    case = next(case for case in CASES if case.cat == "century" and case.fields.get("dob"))
    assert not is_right(case, said(dob=str(case.fields["dob"])[2:].replace("-", "")))


def test_spoilt_zones_are_the_same_again_and_none_makes_ours_raise() -> None:
    texts = [case.text for case in CASES]
    once = list(spoilt(texts, 300, 1))
    assert once == list(spoilt(texts, 300, 1)) != list(spoilt(texts, 300, 2))
    assert not set(once) & set(texts) or len(set(once)) > 250
    assert raised(CASES, 300, 1) == 0
