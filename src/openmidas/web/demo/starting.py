"""Preparing and starting the nodes of the demonstration, each in processes of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.error import URLError

from rich.console import Console

from openmidas.nodes.home import NodeHome
from openmidas.nodes.localpostgres import LocalPostgres
from openmidas.web.demo.country import MALI, STATES, DemoState
from openmidas.web.demo.layout import DemoHomes, environment
from openmidas.web.demo.seed import PREPARED

SECONDS_TO_ANSWER = 60
NOT_PREPARED = "La préparation a échoué, voir ci-dessus. / Could not prepare, see above."
MODULE = "openmidas.web.demo"

console = Console(stderr=True)


class DemoFailed(Exception):  # noqa: N818  reads as a sentence where it is raised
    """The demonstration cannot start; the text says why."""


def start(
    folder: Path,
    stack: ExitStack,
    *,
    keep: bool,
    fresh: bool = False,
    states: Sequence[DemoState] = (MALI,),
) -> DemoHomes:
    """Prepare the nodes of these States and start them; they stop when the stack unwinds.

    ``fresh``: forget what earlier starts recorded. Raises `DemoFailed`, `LocalPostgresError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    console.print("PostgreSQL…")
    server = LocalPostgres()
    server.start(folder / "postgres", keep=keep, fresh=fresh)
    stack.callback(server.stop)
    if fresh:  # only now: the server's folder is held, so no other demonstration runs on these
        for node in (node for state in STATES for node in state.nodes):
            shutil.rmtree(folder / node.folder, ignore_errors=True)
    databases = {state.code: server.createdb(state.hq.folder) for state in states}
    homes = DemoHomes(folder, databases, states)
    homes.introduce()
    console.print("Bases de données, listes, agents… / Databases, lists, officers…")
    posts = _prepare(homes)
    nodes = [_up(home, stack) for home in homes.all()]
    stack.callback(_stop, nodes)
    _all_must_succeed(posts)
    for home in homes.all():
        _wait_until_healthy(home)
    return homes


def start_living(homes: DemoHomes, stack: ExitStack) -> None:
    """Load the history of every post, then let travellers come: in the background, until stopped."""
    living = [
        _background([sys.executable, "-m", f"{MODULE}.living"], post, "living.log", stack)
        for each in homes.states
        for post in each.posts
    ]
    stack.callback(_stop, living)


def _prepare(homes: DemoHomes) -> list[subprocess.Popen[bytes]]:
    """Fill all databases at once; what the posts still do when their officers have arrived."""
    headquarters = [_step("hq", each.hq, *each.posts) for each in homes.states]
    posts = [_step("post", post, each.hq) for each in homes.states for post in each.posts]
    ready = [step.stdout.readline() for step in posts if step.stdout is not None]
    _all_must_succeed(headquarters)
    if any(said.strip() != PREPARED.encode() for said in ready):
        raise DemoFailed(NOT_PREPARED)
    for each in homes.states:
        for post in each.posts:
            shutil.copytree(each.hq.path("static"), post.path("static"), dirs_exist_ok=True)
    return posts


def _step(name: str, home: NodeHome, *others: NodeHome) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"{MODULE}.seed", name]
    command += [str(other.folder) for other in others]
    return subprocess.Popen(  # noqa: S603  our own module
        command, env=environment(home), stdout=subprocess.PIPE
    )


def _all_must_succeed(steps: list[subprocess.Popen[bytes]]) -> None:
    statuses = [step.wait() for step in steps]
    for step in steps:
        if step.stdout is not None:
            step.stdout.close()
    if any(statuses):
        raise DemoFailed(NOT_PREPARED)


def _up(home: NodeHome, stack: ExitStack) -> subprocess.Popen[bytes]:
    return _background([sys.executable, "-m", "openmidas.cli", "up"], home, "node.log", stack)


def _background(
    command: list[str], home: NodeHome, log_name: str, stack: ExitStack
) -> subprocess.Popen[bytes]:
    log = stack.enter_context((home.folder / log_name).open("ab"))
    process = subprocess.Popen(  # noqa: S603  our own modules
        command,
        env=environment(home),
        stdout=log,
        stderr=log,
        start_new_session=True,  # Ctrl+C comes to us; we stop them in their order
    )
    stack.callback(_down, process)
    return process


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """Tell all before waiting for any."""
    for process in processes:
        process.terminate()


def _down(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_until_healthy(home: NodeHome) -> None:
    address = f"http://{home.config().web}/health/"
    until = time.monotonic() + SECONDS_TO_ANSWER
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError) as error:
            if time.monotonic() > until:
                raise DemoFailed(f"{address}: {error}; {home.folder / 'node.log'}") from error
        time.sleep(0.2)
