"""The pictures that are measured: a folder with ``truth.json``, or photographs that are made for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
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


def made(number: int, seed: int, folder: Path) -> Iterator[Picture]:
    """So many photographs, put into a folder one by one, with their truth at the end."""
    truth: dict[str, tuple[str, ...]] = {}
    for place in range(number):
        shot = photograph((seed, place))
        name = f"{shot.condition.replace(' ', '-')}__{place:05}.jpg"
        (folder / name).write_bytes(shot.data)
        truth[name] = shot.lines
        yield Picture(folder / name, shot.lines, shot.condition)
    (folder / TRUTH).write_text(json.dumps(truth, indent=1), encoding="utf-8")
