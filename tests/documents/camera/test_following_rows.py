"""How high the characters of a row are, when the row leans."""

from __future__ import annotations

import numpy as np

from openmidas.documents.camera.following import follow, height_along

HEIGHT = 8


def leaning(lean: float) -> np.ndarray:
    """Clear edges in a band of so many pixels from the left to the right that leans."""
    x = np.zeros((120, 400), np.float32)
    for column in range(400):
        top = round(60 - HEIGHT / 2 + (column - 200) * lean)
        x[top : top + HEIGHT, column] = 1
    return x


def test_a_row_that_leans_is_as_high_as_one_that_lies_level() -> None:
    heights = []
    for lean in (0.0, 0.03):
        x = leaning(lean)
        row = follow(x, 60, 14.0, 0, 399)
        assert abs(row[-1, 1] - row[0, 1] - 399 * lean) < 2
        heights.append(height_along(x, row, 14.0))

    assert all(abs(height - HEIGHT) <= 1 for height in heights)
