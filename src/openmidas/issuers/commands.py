"""``midas issuers``: revocations and seal signers, brought in at the headquarters' terminal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from openmidas.documents.chip.downloads import MOST_DOWNLOAD_BYTES
from openmidas.documents.commands.field_words import about
from openmidas.documents.commands.languages import in_language
from openmidas.documents.commands.parsing import shown, why_not
from openmidas.documents.commands.trust_answers import as_lines, is_whole
from openmidas.documents.commands.words import COMMAND as READ
from openmidas.issuers.bringing import bring, found_in
from openmidas.issuers.given import BROUGHT
from openmidas.issuers.wording import language, refusal
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
        _("take in lists of revoked certificates, and certificates of seal signers"),
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
    for path in options.files:
        _bytes_of(path, 0)  # a name that is mistyped is told before anything is taken in
    brought = [_bring_one(path) for path in options.files]
    count, whole = sum(one for one, _ in brought), all(one for _, one in brought)
    sys.stdout.write(_("Taken in: %(count)s.") % {"count": count} + "\n")
    return int(not whole)


def _bring_one(path: Path) -> tuple[int, bool]:
    """How much of a file was taken in, and whether nothing of it was refused or could not be read.

    Each is read when its turn comes, and forgotten after it: a download has up to 128 MB.
    """
    found, count = found_in(path.name, _bytes_of(path, MOST_DOWNLOAD_BYTES + 1)), 0
    for line in as_lines(found.outcomes, language(), as_json=False, taken=False):
        sys.stdout.write(line + "\n")
    whole = is_whole(found.outcomes) and not found.kept_out
    for part, code in found.kept_out:
        _tell(part, Refused(code))
    if any(one.kind in ("list", "certificate") and one.accepted for one in found.outcomes):
        said = _("Master lists and authorities are taken on the page, by officers for lists.")
        sys.stdout.write(said + "\n")
        whole &= found.outcomes[0].kind in ("download", *BROUGHT)
    try:
        count = bring(AT_THE_TERMINAL, found.bringable) if found.bringable else 0
    except Refused as error:
        _tell(path.name, error)
        whole = False
    return count, whole


def _tell(name: str, refused: Refused) -> None:
    sys.stdout.write(about(shown(name), refusal(refused), "", language()) + "\n")


def _bytes_of(path: Path, most: int) -> bytes:
    """The bytes of a file, no more than so many. Raises `CommandFailed`."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        said = in_language(READ["no_file"], language())
        why = why_not(error, language())
        raise CommandFailed(said.format(path=shown(str(path)), reason=why)) from error
