"""A post that can be sealed, with a database of its own and a place in memory for its key."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome
from openmidas.nodes.sealing.database import DATABASE, database_key
from openmidas.nodes.sealing.lease import Lease
from openmidas.nodes.sealing.memory import SHARED_MEMORY
from openmidas.nodes.sealing.sealed import Cost, Holder, Phrase, Token
from openmidas.nodes.sealing.turning import Prepared

AWA = Phrase("Awa Traoré", "le baobab sous la pluie")
ISSA = Phrase("Issa Koné", "trois pirogues au matin")
CHEAP = Cost(1, 8, 1)
TRAVELLER = "Mariam Keïta"


def memory_folder_for(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory that ``OPENMIDAS_RUN`` names, for one test."""
    if not SHARED_MEMORY.is_dir():
        pytest.skip("this system keeps no folder in memory: a post cannot be sealed on it")
    folder = Path(tempfile.mkdtemp(prefix="openmidas-test-", dir=SHARED_MEMORY))
    monkeypatch.setenv("OPENMIDAS_RUN", str(folder))
    yield folder
    shutil.rmtree(folder)


def post_with_traveller(folder: Path) -> NodeHome:
    """A post whose database holds a name."""
    home = NodeHome(folder)
    home.write_config(NodeConfig(id=uuid4(), kind=NodeKind.POST, state="MLI", name="Kourémalé"))
    with closing(sqlcipher.connect(str(home.path(DATABASE)), isolation_level=None)) as connection:
        connection.execute(f"PRAGMA key = \"x'{database_key(home)}'\"")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE traveller (name text)")
        connection.execute("INSERT INTO traveller VALUES (?)", [TRAVELLER])
    return home


def travellers(home: NodeHome) -> list[str]:
    """The names in the database. Raises `SealFailed` where it is shut."""
    with closing(sqlcipher.connect(str(home.path(DATABASE)))) as connection:
        connection.execute(f"PRAGMA key = \"x'{database_key(home)}'\"")
        return [row[0] for row in connection.execute("SELECT name FROM traveller")]


def seal_post(home: NodeHome, lease: Lease | None = None, need: int = 1) -> Token:
    """Seal it for Awa and Issa; its token. It is open until its key is forgotten."""
    prepared = Prepared(home, [AWA, ISSA], need, CHEAP)
    token = prepared.share_for(Holder.TOKEN)
    prepared.carry_out(lease)
    return token
