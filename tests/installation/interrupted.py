"""An upgrade that is killed at one place, run by the installed version's own Python.

``python interrupted.py ROOT RELEASE STEP MOMENT [MILLISECONDS]``: begins the upgrade to RELEASE, or
goes on with the one under way, and kills itself (as a power cut would) at the moment before ("do")
or after ("done") a step, or so many milliseconds later. STEP "none" kills nowhere.
Prints how it ended: ``upgraded`` or ``undone``.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import django

from openmidas.installation.accepting import accept
from openmidas.installation.commands import _one_at_a_time
from openmidas.installation.places import Places
from openmidas.installation.progress import read_progress
from openmidas.installation.upgrading import Upgrade


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(root: str, folder: str, step: str, moment: str, later: str = "0") -> None:
    places = Places(Path(root))

    def told(at: str, when: str) -> None:
        if (at, when) == (step, moment):
            if later == "0":
                die()
            threading.Timer(int(later) / 1000, die).start()

    with _one_at_a_time(places):
        upgrade = Upgrade(places, told=told, wait=60)
        progress = read_progress(places.versions)
        if progress is None:
            manifest = accept(Path(folder), places)
            progress = upgrade.begin(str(places.version), manifest.version, with_copy=True)
        ended = upgrade.run(progress)
    sys.stdout.write(f"{'undone' if ended.back else 'upgraded'} {ended.why}\n")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "openmidas.web.settings"
    django.setup()
    main(*sys.argv[1:])
