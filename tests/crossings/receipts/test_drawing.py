"""The drawing of a receipt's code."""

from __future__ import annotations

from openmidas.crossings.receipts.drawing import draw_code, squares_of
from tests.documents.receipts.test_codes import code


def test_fits_on_a_narrow_roll() -> None:
    # 48 mm are 384 dots: five of them for each square, its edge included.
    assert squares_of(code()) * 5 <= 384


def test_is_black_on_white_and_scales() -> None:
    drawn = draw_code(code())
    assert drawn.startswith('<svg viewBox="0 0 ')
    assert 'class="receipt__code"' in drawn
    assert 'fill="#fff"' in drawn
    assert 'stroke="#000"' in drawn
    assert "width=" not in drawn
