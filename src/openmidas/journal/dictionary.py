"""What frames begin with: a Zstandard dictionary of what entries usually hold.

It is made of the sample country and of nothing else (``python -m bench.exchange.dictionary``). Who
reads frames must have the very one that they were written with: a new one is a new format, and the
old one stays beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import zstandard

FORMATS: tuple[int, ...] = (1,)
"""The formats of frames that this program reads and writes, the newest last. Each names a dictionary."""
FORMAT = 1
"""What is written where nobody can be asked: the oldest that any node in service may know."""


def newest_common(theirs: Iterable[int]) -> int | None:
    """The newest format that another side reads or writes as well; None where there is none."""
    return max(set(FORMATS).intersection(theirs), default=None)


@cache
def dictionary(number: int = FORMAT) -> zstandard.ZstdCompressionDict:
    """The dictionary of a format of frames."""
    raw = (files("openmidas.journal") / "dictionaries" / f"{number}.zdict").read_bytes()
    return zstandard.ZstdCompressionDict(raw)
