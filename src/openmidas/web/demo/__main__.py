"""``run.py demo``: a small country on this machine, posts and headquarters, until Ctrl+C.

Mali with two posts; with ``--all`` Guinea and Niger as well. Thirty days of history load in the
background while everything answers already, and travellers go on coming afterwards. With
``--check``: one traveller is driven through by HTTP, the crossing is seen at the HQ, and everything
stops again.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.markup import escape

from openmidas.nodes.localpostgres import LocalPostgresError
from openmidas.web.demo.check import CheckFailed, drive_one_traveller
from openmidas.web.demo.country import MALI, STATES
from openmidas.web.demo.layout import PASSWORD, DemoHomes
from openmidas.web.demo.specimens import CLEAR, LISTED
from openmidas.web.demo.starting import DemoFailed, start, start_living

FOLDER = Path(".midas/demo")

console = Console(stderr=True)

NO_POSTGRES = {
    "no_server": "Pas de serveur PostgreSQL sur cette machine. / This machine has no PostgreSQL server.",
    "in_use": "La démonstration tourne déjà. / The demonstration runs already.",
    "version": "Les données viennent d'une autre version de PostgreSQL : --fresh recommence. / "
    "The data are another PostgreSQL release's: --fresh starts anew.",
    "failed": "PostgreSQL ne démarre pas. / PostgreSQL does not start.",
}


def main() -> int:
    """Start, show or check, stop. 0 when all went well."""
    options = _options()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        with ExitStack() as stack:
            _run(options, stack)
    except KeyboardInterrupt:
        console.print("Arrêté. / Stopped.")
    except LocalPostgresError as error:
        console.print(
            f"[red]{NO_POSTGRES[error.code]}[/red]\n{escape(error.detail)}", highlight=False
        )
        return 1
    except (DemoFailed, CheckFailed) as error:
        console.print(f"[red]{error}[/red]")
        return 1
    return 0


def _run(options: argparse.Namespace, stack: ExitStack) -> None:
    started = time.monotonic()
    folder = FOLDER
    if options.check:
        folder = Path(tempfile.mkdtemp(prefix="openmidas-demo-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
    states = STATES if options.all else (MALI,)
    homes = start(
        folder.absolute(), stack, keep=not options.check, fresh=options.fresh, states=states
    )
    console.print(f"Prêt en {time.monotonic() - started:.0f} s. / Ready.")
    if options.check:
        drive_one_traveller(homes)
        return
    start_living(homes, stack)
    show(homes, open_browser=not options.no_browser)
    signal.pause() if hasattr(signal, "pause") else _sleep()


def show(homes: DemoHomes, *, open_browser: bool) -> None:
    """Print where to look and whom to sign in as."""
    for each in homes.states:
        for node, home in each.nodes():
            address = f"http://{home.config().web}/"
            console.print(f"\n[bold]{node.name}[/bold] ({each.state.code})  {address}")
            for one in node.officers:
                console.print(f"  {one.username:10}  {one.role}", highlight=False)
            if home is not each.hq:
                console.print(f"  voyageurs / travellers: {address}public/", highlight=False)
    console.print(f"\nMot de passe / Password: [bold]{PASSWORD}[/bold]\n", highlight=False)
    console.print(
        "Trente jours de franchissements se chargent en arrière-plan, puis des voyageurs arrivent.\n"
        "Thirty days of crossings load in the background; then travellers go on arriving.\n"
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
    parser.add_argument("--all", action="store_true", help="Guinea and Niger beside Mali")
    parser.add_argument("--check", action="store_true", help="drive one traveller through and stop")
    parser.add_argument("--no-browser", action="store_true", help="do not open the browser")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier starts recorded")
    return parser.parse_args()


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _sleep() -> None:
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    sys.exit(main())
