"""A real node in a process of its own that does what it is told: writes, exchanges, is tampered with, proves.

Everything after `begin` happens in one transaction, which `undo` takes back: the next tampering
starts from the same tables.
"""

from __future__ import annotations

import os
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec


class Done(msgspec.Struct, frozen=True):
    """What was done: to which journal ("log": the log of heads), and the first place that it touched.

    ``cut``: only the end was taken away, and what is left is as it once was.
    """

    what: str
    first: int
    cut: bool = False
    thorough: bool = True


class Node:
    """The handle of a node: calls what `_Work` can do, by name."""

    def __init__(self, folder: Path, kind: str, name: str) -> None:
        context = get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_serve, args=(there, str(folder), kind, name), daemon=True
        )
        self._process.start()
        self.id: UUID = self.do("identity")

    def do(self, what: str, *arguments: Any) -> Any:
        """Have something done there; what came of it. Raises `RuntimeError` where it failed."""
        self._pipe.send((what, arguments))
        well, answer = self._pipe.recv()
        if not well:
            raise RuntimeError(f"{what}: {answer}")
        return answer

    def end(self) -> None:
        """Stop the process."""
        self._pipe.close()
        self._process.join(timeout=10)


def _serve(pipe: Connection, folder: str, kind: str, name: str) -> None:
    import logging
    import traceback

    os.environ["OPENMIDAS_HOME"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "openmidas.web.settings"
    work = _made(folder, kind, name)
    logging.disable(logging.CRITICAL)  # alarms are counted here, not read
    while True:
        try:
            what, arguments = pipe.recv()
        except EOFError:
            return
        try:
            pipe.send((True, getattr(work, what)(*arguments)))
        except Exception:  # noqa: BLE001  the other process is to say what went wrong here
            pipe.send((False, traceback.format_exc()))


def _made(folder: str, kind: str, name: str) -> Any:
    import django
    from uuid_utils.compat import uuid7

    from openmidas.journal.kinds import NodeKind
    from openmidas.nodes.home import NodeConfig, NodeHome

    NodeHome(Path(folder)).write_config(
        NodeConfig(
            id=uuid7(), kind=NodeKind(kind), state="MLI", name=name, database="sqlite",
            exchange="127.0.0.1:1",
        )
    )  # fmt: skip
    django.setup()
    from bench.witness.work import Work

    return Work()
