"""A post with a database of its own, and memory for its key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from openmidas.nodes.home import NodeHome
from tests.support.sealing import memory_folder_for, post_with_traveller


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory for keys."""
    yield from memory_folder_for(monkeypatch)


@pytest.fixture
def home(memory: Path, tmp_path: Path) -> NodeHome:
    """A post whose key lies beside its database."""
    return post_with_traveller(tmp_path / "post")
