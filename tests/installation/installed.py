"""A whole installation in a folder: environments made from wheels, a node, units. No systemd runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openmidas.installation import release, releasing
from openmidas.installation.places import Places
from tests.installation import releases

DRIVER = Path(__file__).with_name("interrupted.py")
SECONDS_FOR_ORPHANS = 60


class Installation:
    """Version 0.1.0 of the program, installed as a post in a folder that stands for a machine."""

    def __init__(self, folder: Path) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.folder = folder
        self.places = Places(folder / "machine")
        self.home = self.places.inside("/var/lib/openmidas")
        # The account of the services is root here: others may not enter the folders of tests.
        passwd = self.places.root / "etc" / "passwd"
        passwd.parent.mkdir(parents=True)
        passwd.write_text("root:x:0:0::/root:/bin/sh\nmidas:x:0:0::/:/usr/sbin/nologin\n")
        (folder / "key.pem").write_bytes(releasing.public_pem(self.key))
        first = self.release("0.1.0")
        release.make_environment(first, self.places.versions / "0.1.0", sys.executable)
        release.point(self.places.current, "0.1.0")

    def release(self, version: str, **more: str) -> Path:
        """A signed release. ``more``: files of the program that it adds, by module path."""
        folder = self.folder / f"stick-{version}-{len(more)}-{time.monotonic_ns()}"
        added = {path.replace("__", "/") + ".py": text for path, text in more.items()}
        releases.make(folder, version, self.key, added=added)
        return folder

    def midas(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run the installed `midas`, as its unit would."""
        python = self.places.current / "bin" / "python"
        done = subprocess.run(
            [str(python), "-I", "-m", "openmidas.cli", *words],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def ask(self, code: str) -> str:
        """What a line of Python prints in the installed program, with Django and its database."""
        lines = (
            "import os, django",
            "os.environ['DJANGO_SETTINGS_MODULE'] = 'openmidas.web.settings'",
            "django.setup()",
            "from django.db import connection",
            "from openmidas.journal.models import JournalEntry",
            code,
        )
        python = self.places.current / "bin" / "python"
        done = subprocess.run(
            [str(python), "-I", "-c", "\n".join(lines)],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def interrupt(
        self, stick: Path, step: str, moment: str, later: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Upgrade, or go on with it, and be killed there; waits for what the last kill left working."""
        python = self.places.current / "bin" / "python"
        line = [str(python), "-I", str(DRIVER), str(self.places.root), str(stick)]
        until = time.monotonic() + SECONDS_FOR_ORPHANS
        while True:
            done = subprocess.run(
                [*line, step, moment, str(later)],
                env=self.environment(),
                capture_output=True,
                text=True,
                check=False,
            )
            if "upgrade.busy" not in done.stderr or time.monotonic() > until:
                return done
            time.sleep(0.2)

    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith("OPENMIDAS")
        }
        return kept | {"OPENMIDAS_HOME": str(self.home), "OPENMIDAS_LANGUAGE": "en"}
