"""``run.py demo``: a post and its headquarters on this machine, until Ctrl+C.

With ``--check``: one traveller is driven through by HTTP, the crossing is seen at the HQ, and
everything stops again.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from urllib.error import URLError

from rich.console import Console
from rich.markup import escape

from openmidas.nodes.home import NodeHome
from openmidas.nodes.localpostgres import LocalPostgres, LocalPostgresError
from openmidas.web.demo.check import CheckFailed, drive_one_traveller
from openmidas.web.demo.layout import HQ, KOUREMALE, OFFICERS, PASSWORD, DemoHomes, environment
from openmidas.web.demo.specimens import CLEAR, LISTED

FOLDER = Path(".midas/demo")
SECONDS_TO_ANSWER = 60

console = Console(stderr=True)

NO_POSTGRES = {
    "no_server": "Pas de serveur PostgreSQL sur cette machine. / This machine has no PostgreSQL server.",
    "in_use": "La démonstration tourne déjà. / The demonstration runs already.",
    "version": "Les données viennent d'une autre version de PostgreSQL : --fresh recommence. / "
    "The data are another PostgreSQL release's: --fresh starts anew.",
    "failed": "PostgreSQL ne démarre pas. / PostgreSQL does not start.",
}


class DemoFailed(Exception):  # noqa: N818  reads as a sentence where it is raised
    """The demonstration cannot start; the text says why."""


def main() -> int:
    """Start, show or check, stop. 0 when all went well."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="openmidas-demo-")) if options.check else FOLDER
    signal.signal(signal.SIGTERM, _interrupt)
    started = time.monotonic()
    try:
        with ExitStack() as stack:
            if options.check:
                stack.callback(shutil.rmtree, folder, ignore_errors=True)
            homes = start(folder.absolute(), stack, keep=not options.check, fresh=options.fresh)
            console.print(f"Prêt en {time.monotonic() - started:.0f} s. / Ready.")
            if options.check:
                drive_one_traveller(homes)
                return 0
            show(homes, open_browser=not options.no_browser)
            signal.pause() if hasattr(signal, "pause") else _sleep()
    except KeyboardInterrupt:
        console.print("Arrêté. / Stopped.")
        return 0
    except LocalPostgresError as error:
        console.print(
            f"[red]{NO_POSTGRES[error.code]}[/red]\n{escape(error.detail)}", highlight=False
        )
        return 1
    except (DemoFailed, CheckFailed) as error:
        console.print(f"[red]{error}[/red]")
        return 1
    return 0


def start(folder: Path, stack: ExitStack, *, keep: bool, fresh: bool = False) -> DemoHomes:
    """Prepare both nodes and start them; they stop when the stack unwinds.

    ``fresh``: forget what earlier starts recorded.
    """
    folder.mkdir(parents=True, exist_ok=True)
    console.print("PostgreSQL…")
    server = LocalPostgres()
    server.start(folder / "postgres", keep=keep, fresh=fresh)
    stack.callback(server.stop)
    if fresh:  # only now: the server's folder is held, so no other demonstration runs on these
        for node in ("hq", "kouremale"):
            shutil.rmtree(folder / node, ignore_errors=True)
    homes = DemoHomes(folder, server.createdb("hq"))
    console.print("Bases de données, listes, agents… / Databases, lists, officers…")
    _all_must_succeed(
        [_step("hq", homes.hq, homes.post), _step("post", homes.post, homes.hq)],
    )
    nodes: list[subprocess.Popen[bytes]] = []
    for home in (homes.hq, homes.post):
        nodes.append(_up(home, stack))
    stack.callback(_stop, nodes)
    _all_must_succeed(
        [_step("passwords", homes.hq, homes.hq), _step("passwords", homes.post, homes.hq)],
    )
    for home in (homes.hq, homes.post):
        _wait_until_healthy(home)
    return homes


def show(homes: DemoHomes, *, open_browser: bool) -> None:
    """Print where to look and whom to sign in as."""
    for home, node in ((homes.post, KOUREMALE), (homes.hq, HQ)):
        config = home.config()
        console.print(f"\n[bold]{config.name}[/bold]  http://{config.web}/", soft_wrap=True)
        for one in OFFICERS:
            if one.node == node:
                console.print(f"  {one.username:10}  {one.role}", highlight=False)
    console.print(f"\nMot de passe / Password: [bold]{PASSWORD}[/bold]\n", highlight=False)
    console.print(
        "Ctrl+C arrête tout. / Ctrl+C stops all.\n"
        "Passeport d'essai, à coller au guichet / a specimen to paste at the counter:\n"
    )
    console.print(CLEAR, markup=False, highlight=False)
    console.print("\n(liste de l'ONU / on the UN list)", markup=False)
    console.print(LISTED, markup=False, highlight=False)
    if open_browser:
        webbrowser.open(f"http://{homes.post.config().web}/")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py demo", description=__doc__)
    parser.add_argument("--check", action="store_true", help="drive one traveller through and stop")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier starts recorded")
    return parser.parse_args()


def _step(name: str, home: NodeHome, other: NodeHome) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "openmidas.web.demo.seed", name, str(other.folder)]
    return subprocess.Popen(command, env=environment(home))  # noqa: S603  our own module


def _all_must_succeed(steps: list[subprocess.Popen[bytes]]) -> None:
    statuses = [step.wait() for step in steps]
    if any(statuses):
        raise DemoFailed("La préparation a échoué, voir ci-dessus. / Could not prepare, see above.")


def _up(home: NodeHome, stack: ExitStack) -> subprocess.Popen[bytes]:
    log = stack.enter_context((home.folder / "node.log").open("ab"))
    node = subprocess.Popen(
        [sys.executable, "-m", "openmidas.cli", "up"],
        env=environment(home),
        stdout=log,
        stderr=log,
        start_new_session=True,  # Ctrl+C comes to us; we stop the nodes in their order
    )
    stack.callback(_down, node)
    return node


def _stop(nodes: list[subprocess.Popen[bytes]]) -> None:
    """Tell all before waiting for any."""
    for node in nodes:
        node.terminate()


def _down(node: subprocess.Popen[bytes]) -> None:
    node.terminate()
    try:
        node.wait(timeout=20)
    except subprocess.TimeoutExpired:
        node.kill()
        node.wait()


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


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _sleep() -> None:
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    sys.exit(main())
