"""The pictures that are measured: a folder with ``truth.json``, or photographs that are made for it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

import run
from tests.support.photographs import FONT, photograph

TRUTH = "truth.json"
"""By the name of each picture, the lines of its zone as a person reads them."""


class Picture(NamedTuple):
    """A file, what a person reads in it, and what kind of picture it is."""

    file: Path
    lines: tuple[str, ...]
    kind: str


def pictures_of(folder: Path) -> list[Picture]:
    """The pictures of a folder. Ends the program where there is no truth that can be understood."""
    try:
        truth = msgspec.json.decode((folder / TRUTH).read_bytes(), type=dict[str, tuple[str, ...]])
    except (OSError, msgspec.DecodeError) as error:
        raise SystemExit(f"{folder / TRUTH}: {error}") from error
    return [
        Picture(folder / name, lines, name.split("__")[0] if "__" in name else "all")
        for name, lines in truth.items()
    ]


def need_font() -> None:
    """See that there is OCR-B to draw with."""
    if not FONT.exists():
        run.apt_install(["fonts-ocr-b"], "The zones of generated pictures are set in OCR-B.")


class Made(NamedTuple):
    """A photograph that is made when it is needed: which one, of which seed, and where it goes."""

    place: int
    seed: int
    folder: Path

    def picture(self) -> Picture:
        """Make it. The same one each time."""
        shot = photograph((self.seed, self.place))
        file = self.folder / f"{shot.condition.replace(' ', '-')}__{self.place:05}.jpg"
        file.write_bytes(shot.data)
        return Picture(file, shot.lines, shot.condition)


def write_truth(pictures: Sequence[Picture], folder: Path) -> None:
    """Say beside pictures what a person reads in them."""
    truth = {picture.file.name: picture.lines for picture in pictures}
    (folder / TRUTH).write_text(json.dumps(truth, indent=1), encoding="utf-8")
