"""PassportEye and fastmrz, on the same pictures, where they and Tesseract run."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench.camera.measuring import Score
from bench.camera.pictures import Picture
from bench.mrz.peers.environment import prepare

DRIVER = Path(__file__).with_name("driver.py")
NAMES = ("PassportEye", "fastmrz")


def measure_peers(pictures: Sequence[Picture]) -> tuple[dict[str, Score], list[str]]:
    """What each peer reads, and what cannot run here, in words."""
    if shutil.which("tesseract") is None:
        return {}, [
            "PassportEye and fastmrz: there is no tesseract (apt-get install tesseract-ocr)"
        ]
    lines, missing = prepare()
    scores: dict[str, Score] = {}
    asked = json.dumps([str(picture.file) for picture in pictures])
    for name in NAMES:
        if name not in lines:
            missing.append(f"{name}: not installed")
            continue
        done = subprocess.run(
            [str(lines[name][0]), "-I", str(DRIVER), name],
            input=asked,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            missing.append(f"{name}: {done.stderr.strip().splitlines()[-1:]}")
            continue
        scores[name] = Score()
        for picture, said in zip(pictures, json.loads(done.stdout), strict=True):
            scores[name].count(picture.lines, said["lines"], said["valid"], said["seconds"])
    return scores, missing
