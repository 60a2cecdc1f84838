"""A post that was prepared while it was open, and is served by the page that only collects."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.nodes.collecting.pins import hash_pin
from openmidas.nodes.collecting.store import About, CollectingStore, Collector
from openmidas.nodes.keys import public_bytes
from tests.conftest import POST, POST_HOME

HQ_KEY = Ed25519PrivateKey.from_private_bytes(bytes([2]) * 32)
AMINATA = UUID("01900000-0000-7000-8000-00000000a001")
PIN = "804215"


@pytest.fixture
def store() -> Iterator[CollectingStore]:
    """The second store, with one officer who may collect."""
    made = CollectingStore(POST_HOME)
    made.create(
        About(
            node=POST,
            epoch=1,
            run=UUID(int=2),
            seed=bytes([1]) * 32,
            recipients=(public_bytes(HQ_KEY),),
            lanes=("1", "2"),
        )
    )
    made.put_officer(
        Collector(number="aminata", id=AMINATA, role="primary", verifier=hash_pin(PIN))
    )
    yield made
    made.path.unlink(missing_ok=True)


@pytest.fixture
def collecting(store: CollectingStore, settings: Any, pages: None) -> CollectingStore:
    """The post is served by the settings of the page that collects. No test here may have a database."""
    own = importlib.import_module("openmidas.web.collecting.settings")
    settings.MIDDLEWARE, settings.ROOT_URLCONF = own.MIDDLEWARE, own.ROOT_URLCONF
    return store
