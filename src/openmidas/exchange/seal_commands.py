"""``midas seal`` and ``midas unseal``: a post is sealed, and opened again."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.translation import gettext as _

from openmidas.exchange.contact import find_hq
from openmidas.exchange.seal_asking import ask, given_token, hand_out, names, new_phrase, say, when
from openmidas.exchange.unsealing import deposit, hq_address, unseal
from openmidas.nodes.commanding import CommandFailed, Commands, add_command, add_group
from openmidas.nodes.home import this_home
from openmidas.nodes.sealing.database import is_sealed
from openmidas.nodes.sealing.lease import Lease, new_lease, write_lease
from openmidas.nodes.sealing.memory import forget_key, read_key, swaps_to_disk
from openmidas.nodes.sealing.roster import add_officer, change_phrase, remove_officer, roster_of
from openmidas.nodes.sealing.sealed import Holder, SealFailed, read_sealed, write_sealed
from openmidas.nodes.sealing.standing import standing
from openmidas.nodes.sealing.telling import tell_unsealings
from openmidas.nodes.sealing.tokens import find_token
from openmidas.nodes.sealing.turning import (
    Prepared,
    check_can_be_sealed,
    key_of_open,
    renew_token,
    take_off,
)
from openmidas.nodes.sealing.wording import word_standing
from openmidas.nodes.sealing.wrapping import at_hq, new_outside


def register(commands: Commands) -> None:
    """Add both commands."""
    seal = add_group(commands, "seal", _("whose pass phrases open this post, and with which share"))
    on = add_command(seal, "on", _on, _("seal this post; the node must be stopped"))
    on.add_argument("--officer", action="append", required=True, metavar=_("NAME"))
    on.add_argument("--need", type=int, default=1, help=_("how many of them it takes (1)"))
    on.add_argument("--token", type=Path, help=_("write a share to this folder, on a stick"))
    on.add_argument(
        "--without-hq", action="store_true", help=_("no share at headquarters, and no lease")
    )
    add_command(seal, "status", _status, _("how this post stands"))
    add_command(seal, "close", _close, _("shut the post at once, until officers unseal it"))
    add_command(seal, "off", _off, _("the key lies beside the database again"))
    for name, run, help in (
        ("add", _add, _("one more officer who can unseal; the post must be open")),
        ("phrase", _phrase, _("another pass phrase for an officer; the post must be open")),
        ("remove", _remove, _("an officer who cannot unseal any more")),
    ):
        add_command(seal, name, run, help).add_argument("officer")
    token = add_command(seal, "token", _token, _("a new token; the one before opens nothing"))
    token.add_argument("folder", type=Path)
    add_command(seal, "hq", _hq, _("a new share at headquarters instead of the one before"))

    opening = add_command(commands, "unseal", _unseal, _("open a sealed post with pass phrases"))
    opening.add_argument("--officer", action="append", default=[], metavar=_("NAME"))
    opening.add_argument("--token", type=Path, help=_("the token's file, where it is not found"))


def _on(options: argparse.Namespace) -> None:
    home = this_home()
    check_can_be_sealed(home)
    hq = None if options.without_hq else find_hq()
    if options.token is None and hq is None:
        raise CommandFailed(
            _("Where does the share from outside go? --token FOLDER, or meet a headquarters first.")
        )
    phrases = [new_phrase(name) for name in options.officer]
    prepared = Prepared(home, phrases, options.need)
    lease: Lease | None = None
    if options.token is not None:
        hand_out(prepared.share_for(Holder.TOKEN), options.token)
    if hq is not None:
        share = prepared.share_for(Holder.HQ)
        prepared.sealed = at_hq(prepared.sealed, hq_address(hq))
        lease = new_lease(deposit(home, hq_address(hq), share, prepared.secret))
    _close_connections()
    prepared.carry_out(lease)
    say(_("This post is sealed, and open until the power goes or it is closed: midas seal close"))


def _status(options: argparse.Namespace) -> None:
    home, now = this_home(), standing()
    lines = [word_standing(now.reason)]
    if now.until is not None:
        lines.append(_("The lease lasts until %(until)s.") % {"until": when(now.until)})
    if now.reason != "never_sealed":
        sealed = read_sealed(home)
        words = {Holder.HQ: _("headquarters"), Holder.TOKEN: _("token")}
        held = ", ".join(words[each.holder] for each in sealed.outside)
        lines.append(_("Shares from outside: %(held)s") % {"held": held})
        lines.append(
            _("%(need)s of %(officers)s officers open it.")
            % {"need": sealed.need, "officers": len(sealed.officers)}
        )
        if (key := read_key(sealed.node)) is not None:
            names = ", ".join(each.name for each in roster_of(sealed, key).members)
            lines.append(_("Officers: %(names)s") % {"names": names})
        if swaps_to_disk():
            lines.append(
                _("Careful: this machine swaps to a disk, and a key in memory may end there.")
            )
    say(*lines)


def _close(options: argparse.Namespace) -> None:
    home = this_home()
    if not is_sealed(home):
        raise SealFailed("seal.none")
    forget_key(home.config().id)
    say(_("This post is shut."))


def _off(options: argparse.Namespace) -> None:
    tell_unsealings()  # while the key is known that the notes are kept under
    take_off(this_home())
    say(_("This post is not sealed any more: its key lies beside the database."))


def _add(options: argparse.Namespace) -> None:
    home = this_home()
    key = key_of_open(home)
    write_sealed(home, add_officer(read_sealed(home), key, new_phrase(options.officer)))
    say(_("%(officer)s can unseal this post.") % {"officer": options.officer})


def _phrase(options: argparse.Namespace) -> None:
    home = this_home()
    key = key_of_open(home)
    write_sealed(home, change_phrase(read_sealed(home), key, new_phrase(options.officer)))
    say(_("%(officer)s has another pass phrase.") % {"officer": options.officer})


def _remove(options: argparse.Namespace) -> None:
    home = this_home()
    write_sealed(home, remove_officer(read_sealed(home), key_of_open(home), options.officer))
    say(
        _("%(officer)s cannot unseal this post any more.") % {"officer": options.officer},
        _("For old copies of the disk: midas seal hq, midas seal token"),
        _("Whoever may have a copy of it: seal the post anew, midas seal off and midas seal on"),
    )


def _token(options: argparse.Namespace) -> None:
    renew_token(this_home(), lambda token: hand_out(token, options.folder))


def _hq(options: argparse.Namespace) -> None:
    home, hq = this_home(), find_hq()
    if hq is None:
        raise CommandFailed(_("This post has met no headquarters yet."))
    key = key_of_open(home)
    sealed, share = new_outside(read_sealed(home), key, Holder.HQ)
    lease = new_lease(deposit(home, hq_address(hq), share, roster_of(sealed, key).secret))
    write_sealed(home, at_hq(sealed, hq_address(hq)))
    write_lease(home, lease)
    say(_("Headquarters keeps a new share of this post."))


def _unseal(options: argparse.Namespace) -> None:
    home = this_home()
    sealed = read_sealed(home)
    if standing().is_open:
        raise CommandFailed(_("This post is open."))
    token = given_token(options.token, home) if options.token else find_token(sealed.node)
    phrases = [ask(name) for name in names(options.officer, sealed.need)]
    unseal(home, phrases, token)
    say(_("The post is open."))


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
