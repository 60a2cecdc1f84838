"""``midas issuers``: revocations and certificates of who seals, brought in at the headquarters' terminal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openmidas.documents.chip.downloads import MOST_DOWNLOAD_BYTES
from openmidas.documents.commands.languages import Language
from openmidas.documents.commands.trust_answers import as_lines
from openmidas.issuers.bringing import bring, found_in
from openmidas.issuers.given import BROUGHT
from openmidas.issuers.wording import refusal
from openmidas.nodes.commanding import (
    AT_THE_TERMINAL,
    CommandFailed,
    Commands,
    add_command,
    add_group,
)
from openmidas.nodes.identity import this_node
from openmidas.posts.refusals import Refused


def register(commands: Commands) -> None:
    """Add ``midas issuers bring``."""
    group = add_group(commands, "issuers", _("whose signatures on chips and seals the State takes"))
    bring_in = add_command(
        group,
        "bring",
        _bring,
        _("take in lists of revoked certificates, and certificates of who seals"),
    )
    bring_in.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar=_("FILE"),
        help=_("a list (.crl), a certificate, or a download of ICAO’s directory (.ldif)"),
    )


def _bring(options: argparse.Namespace) -> int:
    """Master lists and authorities in a download are told, and left to two officers."""
    if not this_node().is_hq:
        raise CommandFailed(_("Only the headquarters takes these in: the posts get them from it."))
    language: Language = "en" if get_language() == "en" else "fr"
    count, refused = 0, False
    for path in options.files:
        try:
            with path.open("rb") as file:
                data = file.read(MOST_DOWNLOAD_BYTES + 1)
        except OSError as error:
            raise CommandFailed(f"{path}: {error.strerror}") from error
        outcomes, seen = found_in(path.name, data)
        for line in as_lines(outcomes, language, as_json=False):
            sys.stdout.write(line + "\n")
        refused |= any(not one.accepted for one in outcomes)
        if any(one.kind in ("list", "certificate") and one.accepted for one in outcomes):
            said = _("Master lists and authorities are taken on the page, by officers for lists.")
            sys.stdout.write(said + "\n")
            refused |= outcomes[0].kind not in ("download", *BROUGHT)
        try:
            count += bring(AT_THE_TERMINAL, seen) if seen else 0
        except Refused as error:
            raise CommandFailed(refusal(error)) from error
    sys.stdout.write(_("Taken in: %(count)s.") % {"count": count} + "\n")
    return int(refused)
