"""``midas officer``, ``midas post`` and ``midas join``: what a node's people and posts begin with."""

from __future__ import annotations

import argparse
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from openmidas.journal import NodeKind
from openmidas.nodes.commanding import (
    AT_THE_TERMINAL,
    CommandFailed,
    Commands,
    add_command,
    add_group,
)
from openmidas.nodes.local import Peer
from openmidas.nodes.models import EnrolledNode
from openmidas.posts import join_commands, replace_commands
from openmidas.posts.codes import issue_code
from openmidas.posts.finding import find_post
from openmidas.posts.invitations import invite
from openmidas.posts.layouts import layout_of
from openmidas.posts.models import Officer, Post
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.services import PostLayout, configure_post, enrol_officer, revoke_post
from openmidas.posts.signing_in import officers_called
from openmidas.posts.wording import word


def register(commands: Commands) -> None:
    """Add ``midas officer`` and ``midas post``."""
    officers = add_group(commands, "officer", _("officers of this node"))
    enrol = add_command(officers, "enrol", _enrol, _("take an officer on; prints a one-time code"))
    enrol.add_argument("username")
    enrol.add_argument("--name", required=True)
    enrol.add_argument("--role", action="append", required=True, choices=[r.value for r in Role])
    enrol.add_argument("--post", help=_("name or number of the post; without it, this node"))
    code = add_command(officers, "code", _code, _("print a new one-time code for an officer"))
    code.add_argument("username")
    add_command(officers, "list", _list, _("who works here"))

    posts = add_group(commands, "post", _("posts of the State"))
    layout = add_command(posts, "configure", _configure, _("lay out an enrolled post"))
    layout.add_argument("post", help=_("name or number of the post"))
    layout.add_argument("--lane", action="append", required=True, metavar="LANE")
    invited = add_command(
        posts, "invite", _invite, _("expect a new post; prints a code to join by")
    )
    invited.add_argument("name", help=_("what the post will be called"))
    invited.add_argument("--lane", action="append", default=[], metavar="LANE")
    invited.add_argument("--latitude", type=float, help=_("degrees north"))
    invited.add_argument("--longitude", type=float, help=_("degrees east"))

    revoked = add_command(
        posts, "revoke", _revoke, _("trust a post no more: its machine was stolen or lost")
    )
    revoked.add_argument("post", help=_("name or number of the post"))
    revoked.add_argument("--reason", required=True, help=_("why; it stays in the journal"))

    replace_commands.add_to(posts)
    join_commands.add_to(commands, posts)


def _enrol(options: argparse.Namespace) -> None:
    post = find_post(options.post) if options.post else None
    roles = [Role(role) for role in options.role]
    try:
        officer = enrol_officer(
            AT_THE_TERMINAL, username=options.username, name=options.name, roles=roles, post=post
        )
        code = issue_code(AT_THE_TERMINAL, officer.id)
    except Refused as error:
        raise CommandFailed(word(error)) from error
    Console().print(_("One-time code for %(name)s:") % {"name": officer.name}, code.text)


def _code(options: argparse.Namespace) -> None:
    called = officers_called(options.username)
    if not called:
        raise CommandFailed(_("No officer is called %(name)s.") % {"name": options.username})
    officer = called[0]
    try:
        code = issue_code(AT_THE_TERMINAL, officer.id)
    except Refused as error:
        raise CommandFailed(word(error)) from error
    Console().print(_("One-time code for %(name)s:") % {"name": officer.name}, code.text)


def _list(options: argparse.Namespace) -> None:
    table = Table(_("User name"), _("Name"), _("Roles"))
    for officer in Officer.objects.order_by("username"):
        table.add_row(officer.username, officer.name, ", ".join(officer.roles))
    Console().print(table)


def _configure(options: argparse.Namespace) -> None:
    post = find_post(options.post)
    known = Post.objects.filter(id=post).first()
    name = EnrolledNode.objects.get(id=post).name
    layout = layout_of(known) if known else PostLayout(name=name, lanes=())
    layout = msgspec.structs.replace(layout, lanes=tuple(options.lane))
    try:
        configure_post(AT_THE_TERMINAL, post, layout)
    except Refused as error:
        raise CommandFailed(word(error)) from error


def _revoke(options: argparse.Namespace) -> None:
    post = _trusted_post(options.post)
    try:
        revoke_post(AT_THE_TERMINAL, post, options.reason)
    except Refused as error:
        raise CommandFailed(word(error)) from error
    name = EnrolledNode.objects.get(id=post).name
    Console().print(
        _("%(name)s is trusted no more. Nothing is exchanged with it.") % {"name": name}
    )


def _invite(options: argparse.Namespace) -> None:
    layout = PostLayout(
        name=options.name,
        lanes=tuple(options.lane),
        latitude=options.latitude,
        longitude=options.longitude,
    )
    try:
        invitation = invite(AT_THE_TERMINAL, layout)
    except Refused as error:
        raise CommandFailed(word(error)) from error
    Console().print(_("Code for %(name)s to join by:") % {"name": invitation.name})
    Console().print(invitation.text)


def _trusted_post(text: str) -> UUID:
    """The one trusted post with this name or number. Raises `CommandFailed`, also where several are.

    A post and the machine that replaced it may bear one name: the wrong one must not be shut out.
    """
    trusted = Peer.objects.filter(kind=NodeKind.POST, revoked=False)
    found = [peer.id for peer in trusted if text in (peer.name, str(peer.id))]
    if len(found) > 1:
        said = _("Several posts are called %(name)s. Give the number: %(numbers)s")
        numbers = ", ".join(sorted(map(str, found)))
        raise CommandFailed(said % {"name": text, "numbers": numbers})
    return found[0] if found else find_post(text)
