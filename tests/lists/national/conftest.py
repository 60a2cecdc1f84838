"""The HQ with a list of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import HQ
from tests.support.cast import Cast, at_node
from tests.support.national import Desk


@pytest.fixture
def desk(cast: Cast) -> Iterator[Desk]:
    """At the HQ: a list that Fanta and Mariam keep."""
    with at_node(HQ):
        yield Desk(cast)
