"""Having a picture unpacked by another process, and believing nothing that it says without a look."""

from __future__ import annotations

import subprocess

from PIL import Image

from openmidas.documents.camera import decoding
from openmidas.documents.camera.decoding import CODES, LEAST_EDGE, LONGEST_EDGE
from openmidas.documents.confining import run_confined

MOST_BYTES = 20 * 1024 * 1024
SECONDS = 30.0
_OUT_OF_TIME = (-9, -24)
"""SIGKILL and SIGXCPU of Linux, with which a process ends that has used its time of the processor."""


class CannotReadImage(ValueError):  # noqa: N818  reads as a sentence where it is raised
    """A file that is no picture, or none that is read here.

    ``code``: ``empty``, ``too_large`` (bytes), ``kind`` (neither JPEG nor PNG nor WebP),
    ``too_many_pixels``, ``too_small``, ``broken`` (cut short, or not what it says it is),
    ``took_too_long`` (nothing is known of it: this machine may be busy).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def unpacked(data: bytes) -> Image.Image:
    """The picture of a file: grey and upright. Raises `CannotReadImage`, whatever the file is."""
    if not data:
        raise CannotReadImage("empty")
    if len(data) > MOST_BYTES:
        raise CannotReadImage("too_large")
    # It is started as a file of its own, and bounds itself by its own means: as a part of the package it
    # would load the networks as well, a second of the processor.
    try:
        done = run_confined(("-P", decoding.__file__), data, SECONDS)
    except subprocess.TimeoutExpired:
        raise CannotReadImage("took_too_long") from None
    if done.returncode in _OUT_OF_TIME:
        raise CannotReadImage("took_too_long")
    if done.returncode:
        raise CannotReadImage(CODES.get(done.returncode, "broken"))
    return _picture(done.stdout)


def _picture(said: bytes) -> Image.Image:
    first, _, pixels = said.partition(b"\n")
    sizes = first.split()
    if len(sizes) != 2 or not all(size.isdigit() and len(size) < 6 for size in sizes):
        raise CannotReadImage("broken")
    width, height = (int(size) for size in sizes)
    if max(width, height) > LONGEST_EDGE or min(width, height) < LEAST_EDGE:
        raise CannotReadImage("broken")
    if len(pixels) != width * height:
        raise CannotReadImage("broken")
    return Image.frombytes("L", (width, height), pixels)
