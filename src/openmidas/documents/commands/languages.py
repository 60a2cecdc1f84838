"""The languages of the commands that need no node: no catalogue is loaded for them."""

from __future__ import annotations

import os
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
Both = tuple[str, str]
"""English and French."""


def in_language(both: Both, language: Language) -> str:
    """A text in one of the two languages."""
    return both[1 if language == "fr" else 0]


def terminal_language() -> Language:
    """The language of the terminal where we speak it; French otherwise."""
    for name in ("OPENMIDAS_LANGUAGE", "LC_ALL", "LANG"):
        wanted = os.environ.get(name, "")[:2]
        if wanted:
            return "en" if wanted == "en" else "fr"
    return "fr"
