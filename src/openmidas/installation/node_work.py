"""What an installation does in a node's name, as a process of the node's account.

``python -m openmidas.installation.node_work WORK …``, with OPENMIDAS_HOME. Never root: the folder
is the account's, and root follows no path that the account could lead elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Sequence

import django
import msgspec

from openmidas.installation.errors import InstallationError
from openmidas.installation.own_authority import lacks_https, make_own
from openmidas.installation.workstations import steps_of
from openmidas.nodes.home import NodeHome, this_home

COPIES = "before-upgrade"
"""The folder of the node that holds the copy of its database."""


def state_of_journals() -> str:
    """One hash of where all journals end: unequal as soon as an entry was written or received."""
    from openmidas.journal.models import Journal

    digest = hashlib.sha256()
    for journal in Journal.objects.order_by("node", "epoch"):
        place = (journal.node.hex, journal.epoch, journal.sequence, bytes(journal.hash).hex())
        digest.update(repr(place).encode())
    return digest.hexdigest()


def add_hosts(home: NodeHome, names: Sequence[str]) -> None:
    """Let the pages answer to these names and addresses, beside those that they answer to."""
    config = home.config()
    hosts = tuple(dict.fromkeys((*config.hosts, *names)))
    home.write_config(msgspec.structs.replace(config, hosts=hosts))


def _make_https(home: NodeHome, port: int) -> None:
    from openmidas.nodes.services import node_time

    if lacks_https(home, now := node_time()):
        make_own(home, port, now)


def work(home: NodeHome, name: str, words: Sequence[str]) -> None:
    """Do one thing. Raises `InstallationError`."""
    from openmidas.installation import copying

    copies = home.path(COPIES)
    if name == "hosts":
        add_hosts(home, words)
    elif name == "https":
        _make_https(home, int(words[0]))
    elif name == "workstation":
        sys.stdout.buffer.write(msgspec.json.encode(steps_of(home)))
    elif name == "can-copy":
        copying.can_copy(home)
    elif name == "copy":
        copying.copy_database(home, copies)
    elif name == "restore":
        copying.restore_database(home, copies)
    elif name == "forget":
        if copies.exists():
            shutil.rmtree(copies)
    elif name == "journals":
        sys.stdout.write(state_of_journals())
    else:
        raise InstallationError("run.failed", command=name, said="")


def main(arguments: Sequence[str]) -> int:
    """Do it; what is wrong goes out as a sentence in the language of the terminal."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "openmidas.web.settings"
    django.setup()
    from openmidas.installation.wording import word_error

    home = this_home()
    try:
        work(home, arguments[0], arguments[1:])
    except InstallationError as error:
        sys.stderr.write(f"{word_error(error)}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
