"""Names: what makes two spellings one name, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmidas.screening.alignment import align, prepare
from openmidas.screening.rarity import Rarity
from openmidas.screening.similarity import INITIAL, Vocabulary, alike

RARITY = Rarity([["MOHAMED", "ALI"]] * 40 + [["SAGNON"]] + [["X"]] * 200)


def grade(ours: str, theirs: str, *, truncated: bool = False) -> str | None:
    one, two = prepare(ours, RARITY.bits), prepare(theirs, RARITY.bits)
    singles = {part.text for part in two.parts if part.first == part.last}
    vocabulary = Vocabulary(singles, {part.text for part in two.parts} - singles)

    def likeness(mine: str, other: str) -> float:
        if min(len(mine), len(other)) == 1:
            return INITIAL if mine[0] == other[0] else 0.0
        joined = all(mine != part.text or part.first != part.last for part in one.parts)
        return vocabulary.near(mine, joined=joined, truncated=truncated).get(other, 0.0)

    found = align(one, two, likeness, truncated=truncated)
    return found.grade if found else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MOHAMED", "MUHAMMAD"),
        ("MOHAMED", "MHMD"),
        ("MUELLER", "MULLER"),
        ("OUSMANE", "OSMAN"),
        ("DJALLO", "JALO"),
        ("CHEIKH", "SHEIKH"),
        ("KONEH", "KONE"),
        ("COULIBALY", "KULIBALI"),
        ("TRAORE", "TRAROE"),
    ],
)
def test_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert alike(one, other) >= 0.8
    assert alike(one, other) == alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MOHAMED", "MAHMOUD"),
        ("MOHAMED", "AHMED"),
        ("MAMADOU", "MOHAMED"),
        ("AMADOU", "HAMIDOU"),
        ("SALIM", "ISLAM"),
        ("ALI", "ALY2"),
        ("KEITA", "KONTE"),
        ("BA", "BAH2"),
    ],
)
def test_names_of_different_people_are_not_alike(one: str, other: str) -> None:
    assert alike(one, other) == 0.0


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("SAGNON BOUREIMA", "Boureïma SAGNON", "all_parts"),
        ("EL HADJ BOUREIMA SAGNON", "Boureima Sagnon", "all_parts"),
        ("ABDULRAHMAN SAGNON", "Abdul Rahman Sagnon", "all_parts"),
        ("ABDUL RAHMAN SAGNON", "Abdulrahman Sagnon", "all_parts"),
        ("BOUREIMA SAGNON", "Boureima Sagnon Wandaogo", "some_parts"),
        ("B SAGNON", "Boureima Sagnon", "some_parts"),
        ("GODANE", "Godane", "all_parts"),
        ("GODANE SAGNON", "Godane", None),
        ("MOHAMED ALI WANDAOGO", "Mohamed Ali Sagnon Zerbo Kiemde Tapsoba", None),
        ("SAGNON WANDAOGO", "Boureima Sagnon", None),
        ("EL HADJ", "El Hadj", None),
        ("", "Boureima Sagnon", None),
        ("KAMARA AHMADU", "Kawa Omar Ahmed", None),
    ],
)
def test_laying_names_side_by_side(ours: str, theirs: str, expected: str | None) -> None:
    assert grade(ours, theirs) == expected


def test_what_an_mrz_cut_off_does_not_count_against() -> None:
    full = "Wandaogo Boureima Nguessan Tapsoba"
    assert grade("WANDAOGO BOUREIMA NGUES", full) is None
    assert grade("WANDAOGO BOUREIMA NGUES", full, truncated=True) == "all_parts"


@given(st.permutations(["Boureïma", "SAGNON", "n’Guessan", "ould", "Wandaogo"]))
def test_order_case_and_accents_change_nothing(tokens: list[str]) -> None:
    for text in (" ".join(tokens), " ".join(tokens).upper(), "-".join(tokens).lower()):
        assert grade(text, "BOUREIMA SAGNON NGUESSAN OULD WANDAOGO") == "all_parts"


def test_a_rare_name_tells_more_than_a_common_one() -> None:
    bits = [RARITY.bits(token) for token in ("SAGNON", "MOHAMED", "B", "OULD")]
    assert bits == sorted(bits, reverse=True)
    assert RARITY.bits("MOUHAMED") == RARITY.bits("MOHAMED")
