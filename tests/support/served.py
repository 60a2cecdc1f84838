"""A post that is served as in the field: its own folder, sealed database, granian, killed at will.

Run as a module it fills the post of ``OPENMIDAS_HOME`` and prints the session of an officer at
lane 1: ``python -m tests.support.served``.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from openmidas.installation.answering import await_answer
from openmidas.journal.kinds import NodeKind
from openmidas.nodes.home import NodeConfig, NodeHome

SECONDS_TO_ANSWER = 30
PASSWORD = "baobab sous la pluie"
REPOSITORY = Path(__file__).parents[2]


class ServedPost:
    """The web server of a post, as a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        self.home = NodeHome(folder)
        self.home.write_config(
            NodeConfig(id=uuid4(), kind=NodeKind.POST, state="MLI", name="Kourémalé", web=address)
        )
        self.site = f"http://{address}"
        self._server: subprocess.Popen[bytes] | None = None

    def fill(self) -> tuple[str, str]:
        """Make the database and an officer; the name and value of the officer's session cookie."""
        printed = subprocess.run(
            [sys.executable, "-m", "tests.support.served"],
            env=self._environment(),
            cwd=REPOSITORY,
            check=True,
            stdout=subprocess.PIPE,
        ).stdout.decode()
        name, value = printed.split()
        return name, value

    def start(self) -> None:
        """Serve, and wait until it answers."""
        self._server = subprocess.Popen(
            [sys.executable, "-m", "openmidas.cli", "serve"],
            env=self._environment(),
            start_new_session=True,
        )
        config = self.home.config()
        assert await_answer(config, config.web, SECONDS_TO_ANSWER)

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = None

    def _environment(self) -> dict[str, str]:
        return os.environ | {"OPENMIDAS_HOME": str(self.home.folder)}


def main() -> None:
    """Fill the post of this process."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "openmidas.web.settings"
    django.setup()
    from django.conf import settings
    from django.test import Client

    from openmidas.journal import Actor
    from openmidas.nodes.commands import prepare
    from openmidas.nodes.identity import this_node
    from openmidas.posts.access import LANE_KEY
    from openmidas.posts.models import Post
    from openmidas.posts.passwords import set_password
    from openmidas.posts.roles import Role
    from openmidas.posts.services import enrol_officer

    prepare()
    officer = enrol_officer(
        Actor(), username="awa", name="Awa Koné", roles=[Role.PRIMARY], post=this_node().id
    )
    set_password(officer.id, PASSWORD)
    Post.objects.create(id=this_node().id, node=this_node().id, name="Kourémalé", lanes=["1"])
    client = Client()
    session = client.session
    session[LANE_KEY] = "1"
    session.save()
    client.force_login(officer, "openmidas.posts.signing_in.OfficerBackend")
    name = settings.SESSION_COOKIE_NAME
    sys.stdout.write(f"{name} {client.cookies[name].value}\n")


if __name__ == "__main__":
    main()
