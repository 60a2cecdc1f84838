"""``midas lease``: at the headquarters, how long sealed posts may be read without being heard of."""

from __future__ import annotations

import argparse

from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from openmidas.exchange.leasing import set_days
from openmidas.exchange.seal_asking import moment, say
from openmidas.nodes.commanding import (
    AT_THE_TERMINAL,
    CommandFailed,
    Commands,
    add_command,
    add_group,
)
from openmidas.nodes.entries import LONGEST_REASON
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import HeldShare, Peer, PostLease
from openmidas.nodes.sealing.entries import MOST_DAYS


def register(commands: Commands) -> None:
    """Add ``midas lease``."""
    leases = add_group(
        commands, "lease", _("at the headquarters: how long sealed posts may be read")
    )
    add_command(leases, "list", _leases, _("the leases of all sealed posts"))
    days = add_command(leases, "set", _set, _("for how many days a post's lease is from now on"))
    days.add_argument("post", help=_("name or number of the post"))
    days.add_argument("days", type=int, help=_("0: it is not renewed any more"))
    days.add_argument("--reason", required=True, help=_("why; it stays in the journal"))


def _leases(options: argparse.Namespace) -> None:
    table = Table(_("Post"), _("Days"), _("Until"), _("Share given last"), _("Refused last"))
    leases = {lease.post: lease for lease in PostLease.objects.all()}
    for peer in Peer.objects.filter(id__in=leases).order_by("name"):
        lease = leases[peer.id]
        share = HeldShare.objects.filter(post=peer.id).order_by("-deposited_at").first()
        table.add_row(
            str(peer.name),
            _days(peer, lease, share),
            moment(lease.until),
            moment(share.released_at if share else None),
            moment(share.refused_at if share else None),
        )
    Console().print(table)


def _days(peer: Peer, lease: PostLease, share: HeldShare | None) -> str:
    """A machine that was replaced left no share, nor did an HQ that lost its own."""
    if peer.revoked:
        return _("revoked")
    return str(lease.days) if share else _("%(days)s (no share here)") % {"days": lease.days}


def _set(options: argparse.Namespace) -> None:
    if not this_node().is_hq:
        raise CommandFailed(_("Only a headquarters gives leases."))
    if not 0 <= options.days <= MOST_DAYS:
        raise CommandFailed(_("From 0 to %(most)s days.") % {"most": MOST_DAYS})
    posts = [peer for peer in Peer.objects.all() if options.post in (peer.name, str(peer.id))]
    if len(posts) != 1:
        raise CommandFailed(_("No node of this name is known here, or there are several."))
    reason = " ".join(options.reason.split())
    if not 3 <= len(reason) <= LONGEST_REASON:
        raise CommandFailed(
            _("Say why, in at most %(most)s characters.") % {"most": LONGEST_REASON}
        )
    set_days(posts[0].id, options.days, reason, actor=AT_THE_TERMINAL)
    say(
        _("%(post)s: %(days)s days from the next renewal on.")
        % {"post": posts[0].name, "days": options.days}
    )
