"""Having a file drawn anew: one at a time, and never for long."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import threading

import msgspec
from PIL import Image

from openmidas.nodes.refusals import Refused
from openmidas.pictures.drawing import CODES, LONGEST_EDGE

MOST_GIVEN = 10 * 1024 * 1024
"""Bytes of a file that is taken to be drawn anew."""
SECONDS = 60.0
WAIT_SECONDS = 5.0
_one_at_a_time = threading.Lock()


class Redrawn(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that was drawn here, with nothing in it but what is to be seen. ``data``: JPEG."""

    data: bytes
    width: int
    height: int

    @property
    def digest(self) -> bytes:
        """What tells this picture from any other: SHA-256."""
        return hashlib.sha256(self.data).digest()


def redraw(given: bytes) -> Redrawn:
    """A picture of what a file shows that somebody sent.

    Raises `Refused`: ``picture.empty``, ``picture.too_large``, ``picture.kind`` (sound, film, text or
    anything else), ``picture.too_many_pixels``, ``picture.pages``, ``picture.broken``, ``picture.busy``.
    """
    if not given:
        raise Refused("picture.empty")
    if len(given) > MOST_GIVEN:
        raise Refused("picture.too_large", megabytes=str(MOST_GIVEN // (1024 * 1024)))
    if not _one_at_a_time.acquire(timeout=WAIT_SECONDS):
        raise Refused("picture.busy")
    try:
        drawn = _drawn(given)
    finally:
        _one_at_a_time.release()
    width, height = _size(drawn)
    return Redrawn(data=drawn, width=width, height=height)


def _size(drawn: bytes) -> tuple[int, int]:
    """What the other process says it drew is looked at as well; nothing is unpacked for it."""
    try:
        with Image.open(io.BytesIO(drawn), formats=("JPEG",)) as picture:
            size = picture.size
    except OSError as error:
        raise Refused("picture.broken") from error
    if max(size) > LONGEST_EDGE:
        raise Refused("picture.broken")
    return size


def _drawn(given: bytes) -> bytes:
    """What the other process made of it. However that ends, nothing but a picture comes out."""
    # Of what this process was told, the other is told what it needs to begin.
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "openmidas.pictures.drawing"],
            input=given,
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused("picture.broken") from None
    if done.returncode:
        raise Refused(CODES.get(done.returncode, "picture.broken"))
    return done.stdout
