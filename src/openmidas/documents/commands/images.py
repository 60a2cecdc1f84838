"""``midas read image``: photographs in, one JSON object a line out."""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from openmidas.documents.camera import CannotReadImage, ImageReading, read_image
from openmidas.documents.commands.answers import as_answer, as_text
from openmidas.documents.commands.languages import Language, in_language
from openmidas.documents.commands.parsing import shown, why_not
from openmidas.documents.commands.words import COMMAND, IMAGE_ERRORS

_ENCODER = msgspec.json.Encoder()
_MOST_READ = 20 * 1024 * 1024 + 1
"""Bytes: one more than is taken, so that what is too large is known to be."""


def read_images(options: argparse.Namespace) -> int:
    """Read the files that the command line names; 1 where one of them is no picture that can be read."""
    today = options.today or date.today()  # noqa: DTZ011  the day here, where no node is
    status = 0
    for name in options.files:
        began = time.perf_counter()
        try:
            with Path(name).open("rb") as file:
                read = read_image(file.read(_MOST_READ), today=today)
        except OSError as error:
            why = in_language(COMMAND["no_file"], options.lang)
            said = why.format(path=shown(name), reason=why_not(error, options.lang))
        except CannotReadImage as error:
            said = in_language(IMAGE_ERRORS[error.code], options.lang)
        else:
            _tell(name, read, time.perf_counter() - began, options)
            continue
        status = 1
        _tell_error(name, said, options)
    return status


def image_answer(
    name: str, read: ImageReading, seconds: float, language: Language
) -> dict[str, Any]:
    """A photograph's reading as plain values: what a zone's answer has, and what belongs to the picture."""
    fields = as_answer(read.reading, language)
    fields.pop("lines")
    return {
        "file": name,
        "lines": read.lines,
        "accepted": read.accepted,
        "seconds": round(seconds, 3),
        **fields,
        "doubts": [msgspec.to_builtins(doubt) for doubt in read.doubts],
    }


def _tell(name: str, read: ImageReading, seconds: float, options: argparse.Namespace) -> None:
    if options.json:
        answer = image_answer(name, read, seconds, options.lang)
        sys.stdout.buffer.write(_ENCODER.encode(answer) + b"\n")
    else:
        sys.stdout.write(f"{shown(name)}\n{_as_text(read, options.lang)}\n")
    sys.stdout.flush()


def _as_text(read: ImageReading, language: Language) -> str:
    if not read.lines:
        return in_language(COMMAND["no_zone"], language)
    verdict = in_language(COMMAND["accepted" if read.accepted else "look"], language)
    said = [*read.lines, verdict]
    looked = in_language(COMMAND["doubt"], language)
    said += [looked.format(**msgspec.structs.asdict(doubt)) for doubt in read.doubts]
    return "\n".join([*said, as_text(read.reading, language)])


def _tell_error(name: str, said: str, options: argparse.Namespace) -> None:
    if options.json:
        sys.stdout.buffer.write(_ENCODER.encode({"file": name, "error": said}) + b"\n")
        sys.stdout.flush()
    else:
        sys.stderr.write(f"midas: {shown(name)}: {said}\n")
