"""What a system may ask for."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """A part of the API that a token opens.

    ``PERSONS`` adds to ``CROSSINGS`` who crossed and with which document, and is of no use alone.
    """

    CROSSINGS = "crossings"
    PERSONS = "persons"
    FLOWS = "flows"
    HEALTH = "health"
    SCREENING = "screening"
