"""The characters of a machine readable zone: A-Z, 0-9 and the filler `<` (Doc 9303-3, 4.3)."""

from __future__ import annotations

import re

FOREIGN = re.compile(r"[^A-Z0-9<]")

_CAPITALS = {letter: letter - 32 for letter in range(ord("a"), ord("z") + 1)}


def capitals(text: str) -> str:
    """`text` with a-z as A-Z. Unlike `str.upper` it never changes the length ("ß")."""
    return text.translate(_CAPITALS)
