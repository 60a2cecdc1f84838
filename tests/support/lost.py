"""Lists of lost documents, and both nodes' folders without files of other tests, as a pytest plugin."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from openmidas.journal import Actor
from openmidas.lists.lost.publishing import LostSource, Published, publish
from openmidas.screening.lost import LostReport
from tests.conftest import HQ_HOME, POST_HOME

LIST = """number,type,issuer,date,reason
A1234567,P,MLI,2019-03-12,stolen
A2O45678,P,MLI,2020-05-01,lost
XX,P,MLI,,
"""
MakeCsv = Callable[[str], Path]


@pytest.fixture
def csv_of(tmp_path: Path) -> MakeCsv:
    """Make a list that has this text."""

    def make(text: str) -> Path:
        path = tmp_path / "lost.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return make


@pytest.fixture
def no_files() -> Iterator[None]:
    """No file of an edition at either node, before and after."""
    for home in (HQ_HOME, POST_HOME):
        shutil.rmtree(home.path("lost"), ignore_errors=True)
    yield
    for home in (HQ_HOME, POST_HOME):
        shutil.rmtree(home.path("lost"), ignore_errors=True)


def publish_text(path: Path, **options: object) -> Published:
    """Publish a list, at the HQ."""
    return publish(LostSource(paths=(path,)), LostReport(), actor=Actor(), **options)  # type: ignore[arg-type]
