"""Photographs of documents: what is read, what is called certain, and what nobody should believe."""

from __future__ import annotations

import io
from datetime import date

import numpy as np
import pytest
from PIL import Image

from openmidas.documents.camera import read_frames, read_image
from tests.support.photographs import FONT, photograph

TODAY = date(2026, 11, 21)
needs_font = pytest.mark.skipif(not FONT.exists(), reason="there is no OCR-B (fonts-ocr-b)")


def as_jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=90)
    return written.getvalue()


@needs_font
def test_a_clean_photograph_is_read_and_accepted() -> None:
    shot = photograph((1, 1), "clean")

    read = read_image(shot.data, today=TODAY)

    assert read.lines == shot.lines
    assert read.accepted
    assert read.doubts == ()
    assert read.reading.ok
    assert [len(line) for line in read.sure] == [len(line) for line in shot.lines]


@needs_font
@pytest.mark.parametrize("condition", ["exif", "turned", "shadow"])
def test_how_it_was_taken_does_not_matter(condition: str) -> None:
    shot = photograph((2, 7), condition)

    assert read_image(shot.data, today=TODAY).lines == shot.lines


@needs_font
def test_a_photograph_that_stands_on_its_head() -> None:
    shot = photograph((1, 1), "clean")
    with Image.open(io.BytesIO(shot.data)) as picture:
        turned = as_jpeg(picture.transpose(Image.Transpose.ROTATE_180))

    assert read_image(turned, today=TODAY).lines == shot.lines


@needs_font
def test_what_is_covered_is_not_accepted_and_is_pointed_at() -> None:
    shot = photograph((1, 1), "clean")
    with Image.open(io.BytesIO(shot.data)) as picture:
        pixels = np.asarray(picture).copy()
    # A finger on a few characters in the middle of the first line.
    left, right = shot.zone[:2] * 0.97 + shot.zone[[3, 2]] * 0.03
    x, y = (left * 0.7 + right * 0.3).astype(int)
    pixels[y - 12 : y + 40, x - 30 : x + 30] = 140

    read = read_image(as_jpeg(Image.fromarray(pixels)), today=TODAY)

    assert not read.accepted
    assert read.doubts or not read.lines


@needs_font
def test_a_field_is_shown_as_the_photograph_has_it() -> None:
    read = read_image(photograph((1, 1), "clean").data, today=TODAY)

    picture = read.field_picture("number")

    assert picture is not None
    with Image.open(io.BytesIO(picture)) as shown:
        assert shown.size == (9 * 24, 36)
    assert read.field_picture("hat") is None


@needs_font
def test_several_pictures_vote() -> None:
    shot = photograph((1, 1), "clean")
    nothing = as_jpeg(Image.new("L", (640, 480), 200))

    read = read_frames([nothing, shot.data, shot.data], today=TODAY)

    assert read.lines == shot.lines
    assert read.accepted
    assert not read_frames([nothing, shot.data, nothing], today=TODAY).accepted, "one of three"


@pytest.mark.parametrize("seed", [1, 2])
def test_a_picture_without_a_zone(seed: int) -> None:
    chance = np.random.default_rng(seed)
    noise = chance.integers(0, 255, (480, 640)).astype(np.uint8)

    read = read_image(as_jpeg(Image.fromarray(noise)), today=TODAY)

    assert read.lines == ()
    assert not read.accepted
    assert read.reading.format is None
