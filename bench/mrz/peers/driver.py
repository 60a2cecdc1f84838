"""One other parser in a process of its own: zones on standard input, what it says of each on standard output.

Run by the peers' Python, so that it may import nothing of ours. Dates come as the parser gives them: of
six characters where it does not tell the century.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable
from typing import Any

Answer = dict[str, Any]


def checker() -> Callable[[str], Answer]:
    """PyPI's mrz: a class for each format, which the caller has to know."""
    from mrz.checker.mrva import MRVACodeChecker
    from mrz.checker.mrvb import MRVBCodeChecker
    from mrz.checker.td1 import TD1CodeChecker
    from mrz.checker.td2 import TD2CodeChecker
    from mrz.checker.td3 import TD3CodeChecker

    def read(text: str) -> Answer:
        lines, visa = text.split("\n"), text.startswith("V")
        if len(lines) == 3:
            found = TD1CodeChecker(text)
        elif len(lines[0]) == 44:
            found = (MRVACodeChecker if visa else TD3CodeChecker)(text)
        else:
            found = (MRVBCodeChecker if visa else TD2CodeChecker)(text)
        said = found.fields()
        return {
            "valid": bool(found),
            "number": said.document_number,
            "issuer": said.country,
            "nationality": said.nationality,
            "surname": said.surname,
            "given": said.name,
            "sex": said.sex,
            "dob": said.birth_date,
            "expiry": said.expiry_date,
        }

    return read


def passporteye() -> Callable[[str], Answer]:
    """PassportEye's parser, without its camera."""
    from passporteye.mrz.text import MRZ

    def read(text: str) -> Answer:
        found = MRZ(text.split("\n"))
        return {
            "valid": found.valid,
            "number": found.number.rstrip("<"),
            "issuer": found.country.rstrip("<"),
            "nationality": found.nationality.rstrip("<"),
            "surname": found.surname,
            "given": found.names,
            "sex": found.sex,
            "dob": found.date_of_birth,
            "expiry": found.expiration_date,
        }

    return read


def fastmrz() -> Callable[[str], Answer]:
    """fastmrz's parser, without the network that finds the zone in a picture."""
    from fastmrz import FastMRZ

    reader = FastMRZ.__new__(FastMRZ)

    def read(text: str) -> Answer:
        found = reader._parse_mrz(text)
        return {
            "valid": found.get("status") == "SUCCESS",
            "number": found.get("document_number"),
            "issuer": found.get("issuer_code", "").rstrip("<"),
            "nationality": found.get("nationality_code", "").rstrip("<"),
            "surname": found.get("surname"),
            "given": found.get("given_name"),
            "sex": found.get("sex"),
            "dob": found.get("birth_date"),
            "expiry": found.get("expiry_date"),
        }

    return read


PARSERS = {"mrz": checker, "PassportEye": passporteye, "fastmrz": fastmrz}


def quietly(read: Callable[[str], Answer], text: str) -> Answer:
    """What a parser says of a zone; one that raises says nothing. Some print what they think."""
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            return read(text)
        except Exception as error:  # noqa: BLE001  theirs to raise, ours to count
            return {"valid": False, "raised": repr(error)}


def main() -> None:
    """Answer, then time what went well."""
    asked = json.load(sys.stdin)
    read = PARSERS[sys.argv[1]]()
    answers = [quietly(read, zone) for zone in asked["zones"]]
    good = [
        zone for zone, said in zip(asked["zones"], answers, strict=True) if "raised" not in said
    ]
    began, done = time.process_time(), 0
    while time.process_time() - began < asked["seconds"]:
        for zone in good:
            read(zone)
        done += len(good)
    took = time.process_time() - began
    json.dump({"answers": answers, "per_second": done / took}, sys.stdout)


if __name__ == "__main__":
    main()
