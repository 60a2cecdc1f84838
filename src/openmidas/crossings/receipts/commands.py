"""``midas receipts``: the page by which anybody checks receipts."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils.translation import gettext as _
from rich.console import Console

from openmidas.crossings.receipts.issuing import state_keys
from openmidas.crossings.receipts.revoked import revoked_keys
from openmidas.crossings.receipts.static_page import static_page
from openmidas.nodes.commanding import CommandFailed, Commands, add_command, add_group
from openmidas.nodes.identity import this_node


def register(commands: Commands) -> None:
    """Add ``midas receipts``."""
    group = add_group(commands, "receipts", _("receipts of crossings"))
    page = add_command(
        group, "page", _page, _("write the page that checks receipts, for telephones and websites")
    )
    page.add_argument("--out", type=Path, required=True, help=_("the file to write, HTML"))


def _page(options: argparse.Namespace) -> None:
    keys = state_keys()
    if not keys:
        raise CommandFailed(
            _("This post has not met its headquarters: the State's key is missing.")
        )
    page = static_page(this_node().config.state, keys, revoked_keys())
    try:
        options.out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise CommandFailed(
            _("Cannot write %(path)s: %(reason)s") % {"path": options.out, "reason": error.strerror}
        ) from error
    Console().print(_("Written: %(path)s") % {"path": options.out}, soft_wrap=True)
