"""The cast of every test: a post, its HQ, and the officers who work there.

Django reads the node's folder when it loads, so a post is made before anything else. The same suite
runs on PostgreSQL when ``OPENMIDAS_TEST_DATABASE`` names a server.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django
import pytest
from django.core.signals import setting_changed
from django.dispatch import receiver
from hypothesis import settings

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome

if TYPE_CHECKING:
    from tests.support.cast import Cast

POST = UUID("01900000-0000-7000-8000-000000000001")
HQ = UUID("01900000-0000-7000-8000-0000000000ff")

# How fast a thing is stands in bench/: on a busy machine a slow example is no error.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

_folder = Path(tempfile.mkdtemp(prefix="openmidas-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)


def _make(name: str, node: UUID, kind: NodeKind) -> NodeHome:
    home = NodeHome(_folder / name)
    home.write_config(
        NodeConfig(
            id=node,
            kind=kind,
            state="MLI",
            name={"post": "Kourémalé", "hq": "Bamako"}[name],
            database=os.environ.get("OPENMIDAS_TEST_DATABASE", "sqlite"),
            hosts=("127.0.0.1", "localhost", "testserver"),
        )
    )
    return home


POST_HOME = _make("post", POST, NodeKind.POST)
HQ_HOME = _make("hq", HQ, NodeKind.HQ)
os.environ["OPENMIDAS_HOME"] = str(POST_HOME.folder)
os.environ["DJANGO_SETTINGS_MODULE"] = "openmidas.web.settings"
# Playwright's synchronous interface runs an event loop of its own in the test's thread.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
django.setup()


@receiver(setting_changed)
def _find_pages_anew(*, setting: str, **_said: object) -> None:
    """A shut post has other pages: the addresses that an earlier test found would hide what lacks."""
    if setting == "ROOT_URLCONF":
        from openmidas.web import navigation

        navigation._page.cache_clear()


@pytest.fixture
def as_hq(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is the HQ for one test."""
    monkeypatch.setenv("OPENMIDAS_HOME", str(HQ_HOME.folder))


@pytest.fixture
def own_journal(db: None) -> None:
    """The journal of this node, opened."""
    # Models can only be imported once Django is set up, which happens above.
    from openmidas.nodes.services import open_own_journal

    open_own_journal()


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    """The officers of `tests.support.cast`, with hashes that cost no time."""
    from tests.support.cast import Cast

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return Cast()


@pytest.fixture
def pages(settings: Any) -> None:
    """Pages can be made without collecting the static files first."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)


@pytest.fixture(autouse=True)
def no_lists_in_memory() -> None:
    """The editions of one test are not there for the next."""
    from openmidas.lists.in_use import LISTS

    LISTS.forget()
