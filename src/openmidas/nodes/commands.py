"""``midas init``, ``prepare``, ``card``, ``enrol``, ``meet``: a machine becomes a node of its State."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from django.core.management import call_command
from django.utils.translation import gettext as _

from openmidas.documents import is_state
from openmidas.journal import NodeKind
from openmidas.journal.models import new_id
from openmidas.journal.partitions import add_partitions
from openmidas.nodes import (
    backup_commands,
    doctor_commands,
    epoch_commands,
    journal_commands,
)
from openmidas.nodes.commanding import AT_THE_TERMINAL, CommandFailed, Commands, add_command
from openmidas.nodes.home import NodeConfig, NodeHome, this_home
from openmidas.nodes.identity import NodeCard, this_node
from openmidas.nodes.keys import certificate_fingerprint
from openmidas.nodes.services import OldCard, enrol, meet, open_own_journal


def register(commands: Commands) -> None:
    """Add this room's commands."""
    init = add_command(
        commands, "init", _init, _("make this folder a post or a headquarters"), needs_node=False
    )
    init.add_argument("kind", choices=[kind.value for kind in NodeKind])
    init.add_argument(
        "--state", required=True, help=_("State code of three letters, as in passports")
    )
    init.add_argument("--name", required=True, help=_("what people call it"))
    init.add_argument("--database", default="sqlite", help=_("sqlite, or postgresql://…"))
    init.add_argument("--web", default="127.0.0.1:8000", help=_("where the pages are, host:port"))
    init.add_argument("--exchange", default="127.0.0.1:8400", help=_("where posts call, host:port"))
    init.add_argument("--time-zone", default="Africa/Bamako", help=_("where the node is"))
    for module in (journal_commands, doctor_commands, backup_commands, epoch_commands):
        module.register(commands)
    add_command(commands, "prepare", _prepare, _("bring database and pages up to date"))
    add_command(commands, "card", _card, _("print what another node must know of this one"))
    for name, run, help in (
        ("enrol", _enrol, _("at the headquarters: take a post into the network")),
        ("meet", _meet, _("at a post: exchange with this headquarters from now on")),
    ):
        add_command(commands, name, run, help).add_argument("card", type=Path)


def init_node(home: NodeHome, config: NodeConfig) -> None:
    """Make a node in a folder. Raises `CommandFailed` if there is one, or what it says cannot be."""
    if home.exists:
        raise CommandFailed(_("There is a node in %(folder)s already.") % {"folder": home.folder})
    if not is_state(config.state):
        raise CommandFailed(_("“%(state)s” is no State code.") % {"state": config.state})
    if wrong := config.wrong_field():
        raise CommandFailed(
            _("--%(option)s cannot be “%(value)s”.")
            % {"option": wrong.replace("_", "-"), "value": getattr(config, wrong)}
        )
    home.write_config(config)


def _init(options: argparse.Namespace) -> None:
    home = this_home()
    config = NodeConfig(
        id=new_id(),
        kind=NodeKind(options.kind),
        state=options.state.upper(),
        name=options.name,
        database=options.database,
        web=options.web,
        exchange=options.exchange,
        time_zone=options.time_zone,
    )
    init_node(home, config)
    sys.stdout.write(
        _("Made %(name)s in %(folder)s. Next: midas prepare")
        % {"name": config.name, "folder": home.folder}
        + "\n"
    )


def _prepare(options: argparse.Namespace) -> None:
    prepare()
    sys.stdout.write(_("Ready.") + "\n")


def prepare(*, pages: bool = True) -> None:
    """Bring the database and the collected pages up to date and open the journal. Harmless to repeat.

    ``pages`` False: somebody else sees to the pages.
    """
    this_home().close_to_others()
    call_command("migrate", interactive=False, verbosity=0)
    if pages:
        call_command("collectstatic", interactive=False, verbosity=0)
    add_partitions(datetime.now(UTC))
    open_own_journal()


def _card(options: argparse.Namespace) -> None:
    sys.stdout.buffer.write(this_node().card().encode() + b"\n")


def _enrol(options: argparse.Namespace) -> None:
    if not this_node().is_hq:
        raise CommandFailed(_("Only a headquarters enrols posts."))
    card = read_card(options.card)
    if card.kind is not NodeKind.POST:
        raise CommandFailed(_("This is the card of a headquarters, not of a post."))
    with _refusing_old():
        enrol(card, actor=AT_THE_TERMINAL)
    sys.stdout.write(_("Enrolled: %(name)s") % {"name": card.name} + "\n")


def _meet(options: argparse.Namespace) -> None:
    card = read_card(options.card)
    if card.kind is not NodeKind.HQ:
        raise CommandFailed(_("This is the card of a post, not of a headquarters."))
    with _refusing_old():
        meet(card)
    sys.stdout.write(_("From now on, exchanging with %(name)s.") % {"name": card.name} + "\n")


@contextmanager
def _refusing_old() -> Iterator[None]:
    try:
        yield
    except OldCard as error:
        raise CommandFailed(
            _(
                "This is an old card: the node is known in epoch %(epoch)s already. Print a new one"
                " there: midas card"
            )
            % {"epoch": error.known}
        ) from error


def read_card(path: Path) -> NodeCard:
    """A node's card from a file. Raises `CommandFailed` that says what is wrong."""
    try:
        card = NodeCard.decode(path.read_bytes())
        certificate_fingerprint(card.certificate)
    except OSError as error:
        raise CommandFailed(
            _("Cannot read %(path)s: %(reason)s") % {"path": path, "reason": error.strerror}
        ) from error
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError) as error:
        raise CommandFailed(
            _("%(path)s is no node's card: %(reason)s") % {"path": path, "reason": error}
        ) from error
    if card.state != this_node().config.state:
        raise CommandFailed(_("A node belongs to one State; this card is from another."))
    return card
