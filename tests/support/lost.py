"""Lists of lost documents, and their publishing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from openmidas.journal import Actor
from openmidas.lists.lost.publishing import LostSource, Published, publish
from openmidas.screening.lost import LostReport

LIST = """number,type,issuer,date,reason
A1234567,P,MLI,2019-03-12,stolen
A2O45678,P,MLI,2020-05-01,lost
XX,P,MLI,,
"""
MakeCsv = Callable[[str], Path]


def publish_text(path: Path, **options: object) -> Published:
    """Publish a list, at the HQ."""
    return publish(LostSource(paths=(path,)), LostReport(), actor=Actor(), **options)  # type: ignore[arg-type]
