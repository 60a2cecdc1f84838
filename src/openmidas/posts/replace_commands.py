"""``midas post replace``: another machine becomes a post, under four eyes.

Whoever types says who they are: with the machine alone, one person could play two.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from uuid import UUID

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from openmidas.journal import Actor
from openmidas.nodes.commanding import CommandFailed, Commands, add_command, add_group
from openmidas.posts import replacements
from openmidas.posts.finding import find_post
from openmidas.posts.models import Officer, PostReplacement
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.signing_in import OfficerBackend
from openmidas.posts.wording import REPLACEMENT_STATES, word


def add_to(posts: Commands) -> None:
    """Add the group to ``midas post``."""
    group = add_group(posts, "replace", _("let another machine become a post, under four eyes"))
    propose = add_command(
        group, "propose", _propose, _("say that a post's machine is to be replaced, and why")
    )
    propose.add_argument("--reason", required=True, help=_("why; it stays in the journal"))
    approve = add_command(
        group, "approve", _approve, _("agree, as a second administrator; prints a code to join by")
    )
    withdraw = add_command(group, "withdraw", _withdraw, _("take a replacement back"))
    show = add_command(group, "show", _show, _("the replacements of a post, and how they stand"))
    for command in (propose, approve, withdraw, show):
        command.add_argument("post", help=_("name or number of the post"))
    for command in (propose, approve, withdraw):
        command.add_argument(
            "--as",
            dest="username",
            required=True,
            metavar=_("USER"),
            help=_("your user name; your password is asked for"),
        )


def _propose(options: argparse.Namespace) -> None:
    post = find_post(options.post)
    try:
        proposed = replacements.propose(_actor(options.username), post, options.reason)
    except Refused as error:
        raise CommandFailed(word(error)) from error
    said = _(
        "Proposed. Another administrator approves it until %(moment)s, on the page of the post "
        "or by: midas post replace approve"
    )
    Console().print(said % {"moment": f"{proposed.expires_at:%Y-%m-%d %H:%M} UTC"})


def _approve(options: argparse.Namespace) -> None:
    known = _under_way(find_post(options.post))
    try:
        code = replacements.approve(_actor(options.username), known.id)
    except Refused as error:
        raise CommandFailed(word(error)) from error
    Console().print(
        _("The machine before is trusted no more. Code for the new machine of %(name)s:")
        % {"name": code.name}
    )
    Console().print(code.text)


def _withdraw(options: argparse.Namespace) -> None:
    known = _under_way(find_post(options.post))
    try:
        replacements.withdraw(_actor(options.username), known.id)
    except Refused as error:
        raise CommandFailed(word(error)) from error
    Console().print(_("Taken back. A machine that was shut out stays so."))


def _show(options: argparse.Namespace) -> None:
    table = Table(_("Proposed"), _("By"), _("Approved by"), _("Reason"), _("State"))
    names = {officer.id: officer.name for officer in Officer.objects.all()}
    for one, state in replacements.replacements_of(find_post(options.post)):
        table.add_row(
            f"{one.proposed_at:%Y-%m-%d %H:%M}",
            _name(names, one.proposed_by),
            _name(names, one.approved_by),
            one.reason,
            str(REPLACEMENT_STATES[state]),
        )
    Console().print(table)


def _name(names: dict[UUID, str], officer: UUID | None) -> str:
    return names.get(officer, str(officer)) if officer else ""


def _under_way(post: UUID) -> PostReplacement:
    known = replacements.open_replacement(post)
    if known is None:
        raise CommandFailed(_("No replacement of this post is under way."))
    return known


def _actor(username: str) -> Actor:
    """The administrator who types, known by the password that they sign in with."""
    officer = OfficerBackend().authenticate(None, username, _password())
    if officer is None:
        raise CommandFailed(_("User name and password do not fit together."))
    return Actor(officer.id, Role.ADMINISTRATOR)


def _password() -> str:
    """From the keyboard, unseen; from what is piped in, its first line."""
    if sys.stdin.isatty():
        return getpass.getpass(_("Password: "))
    return sys.stdin.readline().rstrip("\n")
