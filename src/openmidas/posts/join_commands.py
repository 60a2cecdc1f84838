"""``midas join`` at a post, and ``midas post admit`` at the HQ where there is no link."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console

from openmidas.nodes.commanding import CommandFailed, Commands, add_command
from openmidas.nodes.identity import NodeCard, this_node
from openmidas.posts.join_client import join
from openmidas.posts.join_stick import admit_by_stick, join_by_stick
from openmidas.posts.refusals import Refused
from openmidas.posts.wording import word


def add_to(commands: Commands, posts: Commands) -> None:
    """Add the commands to ``midas`` and to ``midas post``."""
    joining = add_command(commands, "join", _join, _("at a post: join the headquarters by a code"))
    joining.add_argument("address", help=_("of the headquarters' pages, as in a browser"))
    joining.add_argument("code", nargs="?", help=_("asked for where it is not given"))
    joining.add_argument(
        "--by-stick",
        action="store_true",
        help=_("there is no link: ADDRESS is the folder of a stick that goes there and back"),
    )
    admit = add_command(
        posts, "admit", _admit, _("answer a post that asks to join on a stick, by its code")
    )
    admit.add_argument("folder", type=Path, help=_("of the stick"))


def _join(options: argparse.Namespace) -> None:
    before = this_node()
    if before.is_hq:
        raise CommandFailed(word(Refused("join.not_a_post")))
    code = options.code or input(_("Code that headquarters gave you:") + " ")
    try:
        card = _by_stick(options.address, code) if options.by_stick else join(options.address, code)
    except Refused as error:
        raise CommandFailed(word(error)) from error
    if card is None:
        said = _(
            "The request is on the stick. At headquarters: midas post admit FOLDER. Then this "
            "command again, with the same code."
        )
        Console().print(said)
        return
    Console().print(_("Joined. From now on, exchanging with %(name)s.") % {"name": card.name})
    if this_node().id != before.id:
        said = _(
            "This machine is %(name)s from now on, in epoch %(epoch)s. Start the node anew, "
            "so that all its programs know: sudo systemctl restart midas.target"
        )
        about = {"name": this_node().config.name, "epoch": this_node().epoch}
        Console().print(said % about)


def _by_stick(folder: str, code: str) -> NodeCard | None:
    try:
        return join_by_stick(Path(folder), code)
    except OSError as error:
        raise _cannot(error) from error


def _admit(options: argparse.Namespace) -> None:
    try:
        admit_by_stick(options.folder)
    except Refused as error:
        raise CommandFailed(word(error)) from error
    except OSError as error:
        raise _cannot(error) from error
    Console().print(_("The answer is on the stick. Take it back to the post."))


def _cannot(error: OSError) -> CommandFailed:
    return CommandFailed(
        _("Cannot use %(path)s: %(reason)s") % {"path": error.filename, "reason": error.strerror}
    )
