"""Lists of lost documents as files, and nodes without files of other tests, as a pytest plugin."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import HQ_HOME, POST_HOME
from tests.support.lost import MakeCsv


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
