"""Where the lines of a zone are looked for, when what was found first is not all of them."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from openmidas.documents.camera.finding import Block, Row
from openmidas.documents.camera.lines import zone_of
from openmidas.documents.camera.straight import Source
from tests.support.photographs import FONT, Photograph
from tests.support.photographs.taken import passport

needs_font = pytest.mark.skipif(not FONT.exists(), reason="there is no OCR-B (fonts-ocr-b)")


def grey(shot: Photograph) -> Image.Image:
    with Image.open(io.BytesIO(shot.data)) as picture:
        return picture.convert("L")


@needs_font
@pytest.mark.parametrize("clear", [0, 1])
def test_a_line_that_was_seen_askew_is_looked_for_beside_the_clear_one(clear: int) -> None:
    shot = passport()
    left_top, right_top, right_bottom, left_bottom = shot.zone
    capital = np.hypot(*(left_bottom - left_top)) * 0.27
    rows = []
    for row, part in enumerate((0.14, 0.86)):
        ends = (
            left_top * (1 - part) + left_bottom * part,
            (right_top * (1 - part) + right_bottom * part),
        )
        off = 0.0 if row == clear else capital * 2
        middle = np.linspace(ends[0] - [0, off], ends[1] + [0, off], 13)
        rows.append(Row(middle, float(capital)))

    zone = zone_of(Source(grey(shot)), Block(tuple(rows), 1.0))

    assert zone is not None
    assert [len(line.first) for line in zone.lines] == [len(line) for line in shot.lines]
    assert zone.clear > 4
