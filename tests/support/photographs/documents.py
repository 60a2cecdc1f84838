"""Documents at random that `write_mrz` can write: of every format, names of one part and of many."""

from __future__ import annotations

import re
import string
from datetime import date, timedelta

from numpy.random import Generator

from openmidas.documents import CannotWrite, PartialDate, TravelDocument, write_mrz
from openmidas.documents.reading import FormatName

TODAY = date(2026, 11, 21)
_STATES = re.findall(
    "[A-Z]+", "MLI NER GIN BFA SEN CIV GHA NGA MRT TGO BEN D FRA CHN IND USA UTO LBN MAR DZA"
)
_FORMATS: tuple[tuple[FormatName, tuple[str, ...]], ...] = (
    ("TD3", ("P", "PD", "PO")),
    ("TD3", ("P",)),
    ("TD1", ("I", "ID", "AR")),
    ("TD2", ("I", "ID")),
    ("MRV-A", ("V",)),
    ("MRV-B", ("V",)),
)
_SYLLABLES = re.findall(
    "[A-Z]+",
    "MA DI A LLO BA KE ITA TRA ORE SY LLA CIS SE KO NA TE OU ED RA OGO SAW DO HA MI DOU FA TOU MA TA "
    "YAC OUBA ZEI NAB WIL QUE JE XU HUY VIC GRE PAU LOU STE EN CHRI THI EF GUY NGUE ZOU",
)


def random_document(chance: Generator) -> tuple[TravelDocument, tuple[str, ...]]:
    """A document and the lines of its zone."""
    while True:
        document = _document(chance)
        try:
            return document, write_mrz(document, today=TODAY)
        except CannotWrite:  # a date of another century
            continue


def _document(chance: Generator) -> TravelDocument:
    form, codes = _FORMATS[int(chance.integers(len(_FORMATS)))]
    state = str(chance.choice(_STATES))
    optional = _number(chance, int(chance.integers(1, 10))) if chance.random() < 0.4 else ""
    return TravelDocument(
        format=form,
        document_code=str(chance.choice(codes)),
        issuer=state,
        number=_number(chance, int(chance.integers(7, 10))),
        surname=_name(chance, 2),
        given_names=_name(chance, 3) if chance.random() > 0.05 else "",
        nationality=state if chance.random() < 0.9 else str(chance.choice(_STATES)),
        birth=_day(chance, -80 * 365, -200),
        expiry=_day(chance, -2 * 365, 9 * 365),
        sex=("F", "M", None)[int(chance.choice(3, p=[0.48, 0.48, 0.04]))],
        optional=optional if form not in ("MRV-B", "TD2") else optional[:6],
    )


def _number(chance: Generator, length: int) -> str:
    if chance.random() < 0.85:  # as most States number them; some mix letters and figures
        letters = "".join(chance.choice(list(string.ascii_uppercase), 2))
        return letters + "".join(chance.choice(list(string.digits), max(0, length - 2)))
    return "".join(chance.choice(list(string.digits + string.ascii_uppercase), length))


def _name(chance: Generator, most: int) -> str:
    """Of syllables, or of letters at random: a reader that knows names is not helped by these."""
    parts = []
    for _ in range(int(chance.integers(1, most + 1))):
        if chance.random() < 0.7:
            parts.append("".join(chance.choice(_SYLLABLES, int(chance.integers(2, 4)))))
        else:
            letters = chance.choice(list(string.ascii_uppercase), int(chance.integers(2, 10)))
            parts.append("".join(letters))
    return " ".join(parts)


def _day(chance: Generator, first: int, last: int) -> PartialDate:
    day = TODAY + timedelta(days=int(chance.integers(first, last)))
    return PartialDate(day.year, day.month, day.day)
