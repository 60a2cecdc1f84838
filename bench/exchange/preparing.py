"""The nodes made once, enrolled and filled, and copied for every scenario."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import psycopg
from psycopg import sql

import openmidas
from bench.exchange.emulator import HQ_ADDRESS, Networks, open_line
from bench.exchange.filling import PER_DAY, Filled
from bench.exchange.nodes import HQ, PORT, Node, NodeFailed, Pair, length
from bench.exchange.shaping import Shape
from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome, write_file
from openmidas.nodes.identity import ThisNode
from openmidas.nodes.localpostgres import LocalPostgres
from openmidas.web.demo.country import MALI, DemoNode
from openmidas.web.demo.seed import PREPARED

MARGIN_DAYS = 2
_MADE = "made.json"


class Made(msgspec.Struct, frozen=True):
    """What stands beside prepared nodes. ``tables``: a digest of the migrations that made them."""

    filled: Filled
    tables: str


class Nodes:
    """Prepared nodes below a folder, and the HQ's database server in the HQ's network.

    ``keep``: the folder is the person's, and what was prepared in it serves again.
    """

    def __init__(
        self, folder: Path, networks: Networks, stack: ExitStack, *, keep: bool = False
    ) -> None:
        self._folder = folder
        self._networks = networks
        self._server = LocalPostgres()
        with networks.hq.entered():
            self._server.start(folder / "postgres", keep=keep)
        stack.callback(self._server.stop)
        self._stack = stack
        self._copies = 0

    def prepare(self, crossings: int) -> Filled:
        """An HQ and a post that know each other, and so many crossings that only the post has."""
        path = self._folder / str(crossings) / _MADE
        if path.exists():
            made = msgspec.json.decode(path.read_bytes(), type=Made)
            if made.tables == _tables():
                return made.filled
        shutil.rmtree(path.parent, ignore_errors=True)
        path.parent.mkdir(parents=True)
        filled = self._make(path.parent, crossings)
        write_file(path, msgspec.json.encode(Made(filled, _tables())))
        return filled

    @contextmanager
    def copy(self, crossings: int, *, filled: bool = True) -> Iterator[Pair]:
        """A copy of them, which is gone afterwards. ``filled`` False: as they were before the crossings."""
        self._copies += 1
        source, name = self._folder / str(crossings), f"copy_{self._copies}"
        target = self._folder / name
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source / "hq", target / "hq")
        shutil.copytree(source / ("filled" if filled else "met"), target / "post")
        with ExitStack() as stack:
            stack.callback(shutil.rmtree, target)
            database = self._copy_database(f"prepared_{crossings}", name)
            stack.callback(self._drop, name)
            yield self._pair(target, database, stack)

    def _make(self, folder: Path, crossings: int) -> Filled:
        days = str(math.ceil(crossings / PER_DAY) + MARGIN_DAYS)
        name = f"prepared_{crossings}"
        self._drop(name)
        with self._networks.hq.entered():
            database = self._server.createdb(name)
        with ExitStack() as stack:
            _found(folder / "hq", MALI.hq, NodeKind.HQ)
            _found(folder / "post", MALI.posts[0], NodeKind.POST)
            _found(
                folder / "silent", MALI.posts[1], NodeKind.POST
            )  # the HQ expects it; never calls
            pair = self._pair(folder, database, stack)
            self._introduce(pair, days)
            pair.post.stop()
            pair.hq.stop()
            shutil.copytree(folder / "post", folder / "met")
            said = pair.post.run("bench.exchange.filling", "fill", days, str(crossings))
        (folder / "post").rename(folder / "filled")
        return msgspec.json.decode(said, type=Filled)

    def _introduce(self, pair: Pair, days: str) -> None:
        """Fill both as a State does, over a line without limits, until both have everything."""
        past = ("bench.exchange.past", days)
        seed = (*past, "openmidas.web.demo.seed")
        posts = [str(pair.post.home.folder.with_name(name)) for name in ("post", "silent")]
        pair.hq.run(*seed, "hq", *posts)
        with open_line(pair.networks, Shape(), Shape(), "prepare"):
            pair.hq.up("exchange", *past)
            pair.hq.up("worker", *past)
            pair.await_listening()
            seeding = pair.post.start(*seed, "post", str(pair.hq.home.folder))
            said = seeding.stdout.readline() if seeding.stdout else b""
            if said.decode().strip() != PREPARED:
                raise NodeFailed(f"the post could not be prepared: {pair.post.home.folder}")
            pair.post.up("exchange", *past)
            pair.post.up("worker", *past)
            if seeding.wait():
                raise NodeFailed(f"the officers did not arrive: {pair.post.home.folder}")
            with pair.asking() as database:
                entries = length(database, HQ)
            pair.post.run("bench.exchange.filling", "settled", days, str(entries))

    def _pair(self, folder: Path, database: str, stack: ExitStack) -> Pair:
        hq, post = NodeHome(folder / "hq"), NodeHome(folder / "post")
        hq.write_config(msgspec.structs.replace(hq.config(), database=database))
        networks = self._networks
        nodes = (Node(hq, networks.hq, stack), Node(post, networks.post, stack))
        return Pair(*nodes, networks, database)

    def _copy_database(self, source: str, name: str) -> str:
        self._drop(name)
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._do(statement.format(sql.Identifier(name), sql.Identifier(source)))
        return urlsplit(self._server.url("postgres"))._replace(path=f"/{name}").geturl()

    def _drop(self, name: str) -> None:
        self._do(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _do(self, statement: sql.Composed) -> None:
        with self._networks.hq.entered():
            connection = psycopg.connect(self._server.url("postgres"), autocommit=True)
        with connection:
            connection.execute(statement)


@cache
def _tables() -> str:
    """A digest of all migrations: nodes of other tables are of no use."""
    files = sorted(Path(openmidas.__file__).parent.glob("*/migrations/*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _found(folder: Path, place: DemoNode, kind: NodeKind) -> None:
    """Make a node's folder and its keys."""
    home = NodeHome(folder)
    home.write_config(
        NodeConfig(
            id=place.id, kind=kind, state=MALI.code, name=place.name, demo=True,
            exchange=f"{HQ_ADDRESS}:{PORT}", time_zone=MALI.time_zone,
        )
    )  # fmt: skip
    ThisNode(home).card()
