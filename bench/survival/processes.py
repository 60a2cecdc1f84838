"""Real processes on a real node's folder: one that writes and says so, and one that looks afterwards.

They are forked from this process, which has the project loaded already: each is a process of its
own with its own database connection, and starts in a moment.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec

from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome

SECONDS = 120
_fork = multiprocessing.get_context("fork")


class Seen(msgspec.Struct, frozen=True):
    """What stands at a node: crossings by how many entries each has, and how many rows there are."""

    entries: dict[UUID, int]
    rows: int
    holds: bool
    words: str
    times: tuple[int, ...]
    clock_differs: bool


class Machine:
    """A node's folder. ``synchronous``: how the post's database is written, for controls."""

    def __init__(
        self, folder: Path, kind: NodeKind, address: str = "", synchronous: str = ""
    ) -> None:
        self.home = NodeHome(folder)
        self.synchronous = synchronous
        self.id = uuid4()
        self.kind = kind
        self._address = address

    def make(self) -> None:
        """Make the folder and the database."""
        self.home.write_config(
            NodeConfig(
                id=self.id, kind=self.kind, state="MLI", name=self.kind, exchange=self._address
            )
        )
        self._do(_make)

    def meet(self, other: Machine) -> None:
        """Know another node."""
        self._do(_meet, other.home.folder)

    def write(self, *, early: bool = False) -> Writing:
        """Start a process that writes crossings until it is killed."""
        reading, writing = os.pipe()
        process = self.start(_write, writing, early)
        os.close(writing)
        return Writing(process, reading)

    def look(self) -> Seen:
        """What stands there now, and whether `midas journal verify` is content."""
        reading, writing = _fork.Pipe(duplex=False)
        process = self.start(_look, writing)
        writing.close()
        try:
            seen = msgspec.msgpack.decode(reading.recv_bytes(), type=Seen)
        except EOFError:
            seen = Seen({}, 0, False, "the database cannot be read", (), False)
        process.join(SECONDS)
        return seen

    def forget_clocks(self) -> None:
        """No peer's clock was ever compared with this node's."""
        self._do(_forget_clocks)

    def start(self, do: Callable[..., None], *arguments: Any) -> Any:
        """Start a process at this node."""
        process = _fork.Process(target=_child, args=(self, do, arguments))
        process.start()
        return process

    def _do(self, do: Callable[..., None], *arguments: Any) -> None:
        process = self.start(do, *arguments)
        process.join(SECONDS)
        if process.exitcode:
            raise RuntimeError(f"{do.__name__} at {self.home.folder} failed")


class Writing:
    """A process that writes, and what it said."""

    def __init__(self, process: Any, pipe: int) -> None:
        self.process = process
        self._pipe = pipe
        self._said = b""

    def wait_for_first(self) -> None:
        """Until it has acknowledged something."""
        self._said += os.read(self._pipe, 65536)

    def freeze(self) -> None:
        """Stop it where it is, so that nothing it says can be later than what follows."""
        os.kill(self.process.pid, signal.SIGSTOP)
        state = Path(f"/proc/{self.process.pid}/stat")
        while state.read_text().rpartition(")")[2].split()[0] not in "TtZ":
            time.sleep(0.002)

    def kill(self) -> list[UUID]:
        """SIGKILL; everything that it had acknowledged."""
        self.process.kill()
        self.process.join()
        while more := os.read(self._pipe, 65536):
            self._said += more
        os.close(self._pipe)
        return [UUID(word) for word in self._said.decode().split("\n")[:-1] if word]


def compare(acknowledged: set[UUID], seen: Seen, where: str) -> tuple[dict[str, int], list[str]]:
    """Counts of what is lost, doubled or damaged, and words for it."""
    lost = acknowledged - seen.entries.keys()
    doubled = [fact for fact, times in seen.entries.items() if times > 1]
    damaged = int(not seen.holds or seen.rows != len(seen.entries))
    words = []
    if lost or doubled or damaged:
        text = f"{len(lost)} lost, {len(doubled)} doubled, {seen.rows} rows of {len(seen.entries)}"
        words.append(f"{where}: {text} {seen.words}")
    return {"lost": len(lost), "doubled": len(doubled), "damaged": damaged}, words


def _child(machine: Machine, do: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    from django.db import connections
    from django.db.utils import load_backend

    from openmidas.web.databases import database_settings

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OPENMIDAS_HOME"] = str(machine.home.folder)
    told = {
        **connections["default"].settings_dict,
        **database_settings(machine.home, machine.home.config()),
    }
    if machine.synchronous:
        options = dict(told["OPTIONS"])
        options["init_command"] += f"; PRAGMA synchronous={machine.synchronous}"
        told["OPTIONS"] = options
    connections.settings["default"] = told  # for threads that this process starts
    connections["default"] = load_backend(told["ENGINE"]).DatabaseWrapper(told, alias="default")
    do(*arguments)


def _make() -> None:
    from django.core.management import call_command

    from openmidas.nodes.services import open_own_journal

    call_command("migrate", verbosity=0)
    open_own_journal()


def _meet(folder: Path) -> None:
    from openmidas.journal import Actor
    from openmidas.nodes.identity import ThisNode, this_node
    from openmidas.nodes.services import enrol, meet

    card = ThisNode(NodeHome(folder)).card()
    if this_node().is_hq:
        enrol(card, actor=Actor())
    else:
        meet(card)


def _forget_clocks() -> None:
    from openmidas.nodes.local import Peer

    Peer.objects.update(clock_ahead=None)


def _write(pipe: int, early: bool) -> None:
    from bench.survival.writer import write

    write(lambda fact: os.write(pipe, f"{fact}\n".encode()), early=early)


def _look(pipe: Any) -> None:
    pipe.send_bytes(msgspec.msgpack.encode(look()))


def look() -> Seen:
    """What stands at this process's node."""
    from django.db import connection

    from openmidas.cli import main as midas
    from openmidas.crossings.models import Crossing
    from openmidas.exchange.status import exchange_status
    from openmidas.journal.entry import decode_body
    from openmidas.journal.models import JournalEntry

    whole = "ok"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            whole = str(cursor.fetchone()[0])
    entries: Counter[UUID] = Counter()
    times = []
    for entry in JournalEntry.objects.filter(kind="crossing.admitted").order_by("sequence"):
        body = decode_body(bytes(entry.body or b""))
        entries[body.read().inspection.id] += 1  # type: ignore[attr-defined]  # of that kind
        times.append(body.at)
    sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115  for the rest of its life
    status = midas(["journal", "verify"])
    return Seen(
        dict(entries),
        Crossing.objects.count(),
        status == 0 and whole == "ok",
        f"(integrity: {whole}, verify: {status})",
        tuple(times),
        any(peer.clock_differs for peer in exchange_status().peers),
    )
