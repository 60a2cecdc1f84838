"""The measurement of seals measures: what was made is the same again, and what is read is counted."""

from __future__ import annotations

from bench.seals.__main__ import (
    OURS,
    PLAIN,
    Codes,
    code_figures,
    measure,
    seal_figures,
    size_figures,
)
from bench.seals.captures import CONDITIONS, captured
from openmidas.documents.seals.code_reading import codes_in
from openmidas.documents.seals.codes import KINDS
from tests.documents.seals.made import seal


def test_a_picture_is_the_same_again_and_each_seed_another() -> None:
    for condition in CONDITIONS:
        once = captured(seal(), "qr", condition, 1)
        assert once == captured(seal(), "qr", condition, 1) != captured(seal(), "qr", condition, 2)


def test_a_clean_code_counts_for_both() -> None:
    measured = measure("datamatrix", "clean", 1, None)
    assert measured.right == {PLAIN: 1, OURS: 1}
    assert codes_in(captured(seal(), "datamatrix", "clean", 0))


def test_ours_has_to_be_as_good_as_what_it_stands_on() -> None:
    def measured(ours: int) -> list[Codes]:
        seconds = {PLAIN: 0.1, OURS: 0.2}
        return [Codes(kind, "clean", {PLAIN: 3, OURS: ours}, seconds) for kind in KINDS]

    assert all(figure.met for figure in code_figures(measured(3), 4))
    worse = code_figures(measured(2), 4)[0]
    assert (worse.met, worse.value, worse.peers) == (False, 50, {PLAIN: 75})


def test_the_seals_of_others_are_read() -> None:
    assert all(figure.met for figure in seal_figures()[:3] if figure.goal)
    assert all(figure.value for figure in size_figures())
