"""Runs inside the environment of the peers, with nothing of ours: files in, what a peer reads out."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys


def cpu() -> float:
    """Processor seconds, of Tesseract's processes as well."""
    total = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        used = resource.getrusage(who)
        total += used.ru_utime + used.ru_stime
    return total


def passporteye(file: str) -> tuple[list[str], bool]:
    """The lines as it puts them right, and whether all check digits hold."""
    from passporteye import read_mrz
    from passporteye.mrz.text import MRZOCRCleaner

    found = read_mrz(file, extra_cmdline_params="-l mrz" if "TESSDATA_PREFIX" in os.environ else "")
    if found is None:
        return [], False
    return MRZOCRCleaner.apply(found.aux["raw_text"]), bool(found.valid)


def fastmrz(file: str) -> tuple[list[str], bool]:
    """The lines, and whether it calls them a success."""
    from fastmrz import FastMRZ

    found = FastMRZ().get_details(file, include_checkdigit=False)
    lines = [line for line in str(found.get("mrz_text", "")).split("\n") if line]
    return lines, found.get("status") == "SUCCESS"


def main() -> None:
    """Answer for each file; one that makes a peer raise was not read."""
    read = {"PassportEye": passporteye, "fastmrz": fastmrz}[sys.argv[1]]
    answers = []
    for file in json.load(sys.stdin):
        began = cpu()
        lines: list[str] = []
        valid = False
        with contextlib.redirect_stdout(sys.stderr):
            try:
                lines, valid = read(file)
            except Exception as error:  # noqa: BLE001  whatever a peer raises, it did not read
                sys.stderr.write(f"{file}: {error!r}\n")
        answers.append({"lines": lines, "valid": valid, "seconds": cpu() - began})
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
