"""The face of a chip to look at: a small JPEG, drawn by a process that can break nothing else."""

from __future__ import annotations

import subprocess

from openmidas.documents.chip import face_drawing
from openmidas.documents.chip.faces import Face
from openmidas.documents.chip.findings import Unreadable
from openmidas.documents.confining import run_confined

SECONDS = 15.0
"""That the caller waits at most; the process itself gets less of the processor."""
MOST_PORTRAIT = 256 * 1024
"""Bytes: more than any picture of that size and quality has."""
_JPEG = b"\xff\xd8\xff"


def draw_portrait(face: Face, *, seconds: float = SECONDS) -> bytes:
    """A face as JPEG of at most `face_drawing.SIZE` pixels, without anything that came beside its pixels.

    Raises `Unreadable`: ``picture_broken``, ``took_too_long``.
    """
    # Started as a file of its own: as a part of the package it would load all that reads chips as well.
    try:
        done = run_confined(("-P", face_drawing.__file__), face.picture, seconds)
    except subprocess.TimeoutExpired:
        raise Unreadable("took_too_long") from None
    if done.returncode or not done.stdout.startswith(_JPEG) or len(done.stdout) > MOST_PORTRAIT:
        raise Unreadable("picture_broken")
    return done.stdout
