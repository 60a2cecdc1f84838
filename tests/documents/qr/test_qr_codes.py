"""QR codes against worked examples: the codewords of a text, the squares of a code."""

from __future__ import annotations

import pytest

from openmidas.documents.qr import TooLong, qr_code
from openmidas.documents.qr.coding import codewords, correction, layout_for

DATA = bytes([32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17])
CORRECTING = bytes([196, 35, 39, 119, 235, 215, 231, 226, 93, 23])


def test_the_codewords_of_a_text() -> None:
    assert codewords("HELLO WORLD", layout_for("HELLO WORLD")) == DATA + CORRECTING


def test_the_words_that_correct_errors_of_the_standards_example() -> None:
    data = bytes.fromhex("10200c566180ec11ec11ec11ec11ec11")
    assert correction(data, 10) == bytes.fromhex("a524d4c1ed36c7872c55")


def test_the_squares_that_every_code_has() -> None:
    rows = qr_code("HELLO WORLD").rows
    assert len(rows) == 21
    for row, column in ((0, 0), (0, 14), (14, 0)):
        finder = [line[column : column + 7] for line in rows[row : row + 7]]
        assert finder == ["1111111", "1000001", *["1011101"] * 3, "1000001", "1111111"]
    assert rows[6][6:15] == "101010101"
    assert rows[13][8] == "1"


def test_the_mask_and_the_level_are_told_twice() -> None:
    rows = qr_code("HELLO WORLD").rows
    across = rows[8][:6] + rows[8][7:9] + rows[7][8]
    across += "".join(rows[row][8] for row in range(5, -1, -1))
    down = "".join(rows[row][8] for row in range(20, 13, -1)) + rows[8][13:]
    # Level M with each mask, as the standard lists them (table C.1).
    listed = "101010000010010 101000100100101 101111001111100 101101101001011 100010111111001"
    listed += " 100000011001110 100111110010111 100101010100000"
    assert across == down
    assert across in listed.split()


def test_a_larger_code_says_its_version() -> None:
    rows = qr_code("A" * 170).rows  # version 7
    assert len(rows) == 45
    told = "".join(rows[number // 3][34 + number % 3] for number in range(17, -1, -1))
    assert told == "000111110010010100"
    assert all(
        rows[34 + place][row] == rows[row][34 + place] for row in range(6) for place in (0, 1, 2)
    )


def test_the_path_draws_every_dark_square() -> None:
    symbol = qr_code("MIDAS1:A")
    dark = sum(int(run.split("v")[0]) for run in symbol.path().split("h")[1::2])
    assert dark == sum(row.count("1") for row in symbol.rows)


def test_what_it_cannot_hold() -> None:
    with pytest.raises(TooLong):
        qr_code("A" * 2000)
    with pytest.raises(ValueError, match="letter"):
        qr_code("lower")
