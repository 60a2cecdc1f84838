"""The measurement of chips measures: what is spoilt is refused, and lists are counted beside the peer."""

from __future__ import annotations

import json

from bench.chip.__main__ import (
    DATA,
    accepted,
    figures_of,
    read,
    tamper,
    timed,
    trusting,
)
from bench.chip.copies import Told, copy_figures
from bench.chip.revoked import list_figures


def test_a_copy_that_passes_misses_the_goal() -> None:
    whole = Told(originals=1, proven=1, copies=4, refused=4, taken=0, milliseconds=1.0)
    assert all(figure.met for figure in copy_figures({"active": whole, "chip": whole}))
    fooled = whole._replace(refused=3, taken=1)
    missed = [figure.name for figure in copy_figures({"active": fooled}) if not figure.met]
    assert missed == ["copies called copies", "copies taken for originals"]


def test_lists_of_revoked_certificates_are_asked() -> None:
    assert all(figure.met for figure in list_figures(20, 1))


def test_lists_security_objects_and_flipped_bits() -> None:
    name = "NL_ML_2026-06-09.ml"
    lists = {name: read(DATA / name)}
    store = trusting(DATA)
    (sod,) = (
        bytes.fromhex(one["sod"])
        for one in json.loads((DATA / "sod.json").read_text(encoding="utf-8"))
        if one["state"] == "NZ"
    )
    checked = {"NZ": timed(sod, store)}
    assert accepted(checked["NZ"][0])
    figures = figures_of(lists, checked, {"NZ": tamper(sod, store, 20, 1)})
    by_name = {figure.name: figure for figure in figures}
    assert by_name["certificates loaded"].value == 412
    assert by_name["certificates loaded"].peers["cryptography"] < 412
    assert by_name["bits flipped, one at a time"].value == 20
    assert by_name["accepted"].met
