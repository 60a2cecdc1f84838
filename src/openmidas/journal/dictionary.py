"""What frames begin with: a Zstandard dictionary of what entries usually hold.

It is made of the sample country and of nothing else (``python -m bench.exchange.dictionary``). Who
reads frames must have the very one that they were written with: a new one is a new format, and the
old one stays beside it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import zstandard

FORMAT = 1
"""The format of frames that this program writes: it names the dictionary."""


@cache
def dictionary(number: int = FORMAT) -> zstandard.ZstdCompressionDict:
    """The dictionary of a format of frames."""
    raw = (files("openmidas.journal") / "dictionaries" / f"{number}.zdict").read_bytes()
    return zstandard.ZstdCompressionDict(raw)
