"""``midas collect``: recording while the post cannot be opened, and taking it in afterwards."""

from __future__ import annotations

import argparse
import getpass
import os
import sys

from django.utils.translation import gettext as _
from rich.console import Console

from openmidas.nodes.collecting.opening import open_collected
from openmidas.nodes.collecting.settling import settle
from openmidas.nodes.collecting.store import CollectingStore
from openmidas.nodes.commanding import CommandFailed, Commands, add_command, add_group
from openmidas.nodes.home import this_home
from openmidas.nodes.identity import this_node
from openmidas.nodes.refusals import Refused
from openmidas.posts.collecting import prepare_collecting, set_pin
from openmidas.posts.signing_in import officers_called
from openmidas.posts.wording import word


def register(commands: Commands) -> None:
    """Add ``midas collect``."""
    group = add_group(commands, "collect", _("record while the post cannot be opened"))
    add_command(group, "prepare", _prepare, _("make ready for it, while the post is open"))
    pin = add_command(group, "pin", _pin, _("set the PIN by which an officer collects"))
    pin.add_argument("username")
    add_command(group, "status", _status, _("what waits in the second store"))
    add_command(group, "settle", _settle, _("take in what was collected; at the HQ, open it"))
    serve = add_command(group, "serve", _serve, _("serve the page that collects, and no other"))
    serve.add_argument("--web", default="", help=_("elsewhere than node.toml says: host:port"))


def _prepare(options: argparse.Namespace) -> None:
    if not prepare_collecting():
        raise CommandFailed(word(Refused("collecting.not_prepared")))
    store = CollectingStore(this_home())
    said = _("This post can collect. Officers with a PIN: %(number)d")
    Console().print(said % {"number": len(store.officers())})


def _pin(options: argparse.Namespace) -> None:
    called = officers_called(options.username)
    if not called:
        raise CommandFailed(_("No officer is called %(name)s.") % {"name": options.username})
    pin = _ask(_("PIN, typed by the officer:"))
    if _ask(_("Once more:")) != pin:
        raise CommandFailed(_("The two PINs differ. Nothing was changed."))
    try:
        set_pin(called[0], pin)
    except Refused as refused:
        raise CommandFailed(word(refused)) from refused
    Console().print(_("%(name)s can collect.") % {"name": called[0].name})


def _ask(text: str) -> str:
    return getpass.getpass(f"{text} ") if sys.stdin.isatty() else sys.stdin.readline().strip()


def _status(options: argparse.Namespace) -> None:
    store = CollectingStore(this_home())
    if not store.exists:
        raise CommandFailed(word(Refused("collecting.not_prepared")))
    waiting, sent = len(store.entries(settled=False)), len(store.entries(settled=True))
    Console().print(_("Collected, not in the journal yet: %(number)d") % {"number": waiting})
    Console().print(
        _("In the journal, not opened by headquarters yet: %(number)d") % {"number": sent}
    )


def _settle(options: argparse.Namespace) -> None:
    if this_node().is_hq:
        opened = 0
        while number := open_collected():
            opened += number
        Console().print(_("Opened: %(number)d") % {"number": opened})
        return
    done = settle()
    Console().print(
        _("Taken in: %(taken)d. Given back by headquarters: %(back)d. Waiting for it: %(waiting)d.")
        % {"taken": done.taken, "back": done.let_go, "waiting": done.waiting}
    )


def _serve(options: argparse.Namespace) -> None:
    if not CollectingStore(this_home()).exists:
        raise CommandFailed(word(Refused("collecting.not_prepared")))
    # In place of this process, whose settings are the node's own and have its database.
    address = options.web or this_home().config().web
    own = {"DJANGO_SETTINGS_MODULE": "openmidas.web.collecting.settings"}
    command = [sys.executable, "-m", "openmidas.web.collecting", address]
    os.execve(sys.executable, command, os.environ | own)  # noqa: S606  our own module
