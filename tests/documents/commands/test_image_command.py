"""``midas read image``: photographs in, one JSON object a line out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openmidas.documents.camera.decoding import CODES
from openmidas.documents.commands import main
from openmidas.documents.commands.words import IMAGE_ERRORS
from tests.support.photographs import FONT, photograph

OPTIONS = ["--lang", "en", "--today", "2026-11-21"]


@pytest.mark.skipif(not FONT.exists(), reason="there is no OCR-B (fonts-ocr-b)")
def test_a_photograph_a_line(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    shot = photograph((1, 1), "clean")
    good, bad = tmp_path / "good.jpg", tmp_path / "bad.jpg"
    good.write_bytes(shot.data)
    bad.write_bytes(shot.data[:2000])

    assert main(["image", str(good), str(bad), "--json", *OPTIONS]) == 1

    read, broken = (json.loads(line) for line in capfdbinary.readouterr().out.splitlines())
    assert list(read)[:4] == ["file", "lines", "accepted", "seconds"]
    assert tuple(read["lines"]) == shot.lines
    assert read["number"]
    assert read["birth"]
    assert broken == {"file": str(bad), "error": IMAGE_ERRORS["broken"][0]}


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "missing.jpg"

    assert main(["image", str(missing), *OPTIONS]) == 1

    assert str(missing) in capsys.readouterr().err


def test_every_refusal_has_words() -> None:
    assert {*CODES.values(), "empty", "too_large", "took_too_long"} == set(IMAGE_ERRORS)
