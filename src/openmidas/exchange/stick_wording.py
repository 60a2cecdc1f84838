"""What is said of sticks: why one is not taken, and what came of one that is."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openmidas.exchange.stick_file import StickRefused
from openmidas.exchange.stick_making import MadeStick
from openmidas.exchange.sticks import TakenStick
from openmidas.exchange.wording import word_problem

_REFUSED: dict[str, Promise] = {
    "not_one": gettext_lazy("This is no file of a stick of OpenMIDAS."),
    "too_large": gettext_lazy("The file is larger than %(most)s MiB. Nothing was taken."),
    "empty": gettext_lazy(
        "The file is empty: it was not copied. Copy it again from the machine that made it, or make it "
        "again there. Nothing was taken, nothing is lost."
    ),
    "cut_early": gettext_lazy(
        "The file is not whole: it ends after %(has)s bytes, at its very beginning. Copy it again from "
        "the machine that made it, or make it again there. Nothing was taken, nothing is lost."
    ),
    "cut": gettext_lazy(
        "The file is not whole: it has %(has)s bytes of %(of)s. Copy it again from the machine that "
        "made it, or make it again there. Nothing was taken, nothing is lost."
    ),
    "for_another": gettext_lazy("This stick is for another node. Nothing was taken."),
    "own": gettext_lazy("This node made this stick itself: it is for the other side."),
    "unknown_sender": gettext_lazy(
        "This stick comes from a node that is not enrolled here. Enrol it first; nothing was taken."
    ),
    "revoked": gettext_lazy(
        "This stick is of a machine of %(name)s that is trusted no more. Nothing was taken. An "
        "administrator at headquarters may decide to take it all the same, and says why."
    ),
    "reason_missing": gettext_lazy(
        "Say why this stick is to be taken, in 3 to 255 characters. Nothing was taken."
    ),
    "not_signed": gettext_lazy(
        "This stick was changed on its way, or made by another machine than it says. Nothing was taken."
    ),
    "other_key": gettext_lazy(
        "This stick is sealed to a key that this node does not have: it was made for the machine that "
        "stood here before. Have it made again; nothing was taken."
    ),
    "malformed": gettext_lazy("The file cannot be read: %(reason)s. Nothing was taken."),
}


def word_stick_refused(refused: StickRefused) -> str:
    """Why a file was not taken, and what to do."""
    return str(_REFUSED[refused.code]) % refused.params


def word_made(made: MadeStick) -> list[str]:
    """What is on a stick that was made."""
    said = [
        ngettext(
            "%(entries)s journal entry is on the stick, with receipts for what came from there.",
            "%(entries)s journal entries are on the stick, with receipts for what came from there.",
            made.entries,
        )
        % {"entries": made.entries}
    ]
    if made.left:
        left = ngettext(
            "%(left)s more did not fit: make another when the answer to this one is here.",
            "%(left)s more did not fit: make another when the answer to this one is here.",
            made.left,
        )
        said.append(left % {"left": made.left})
    return said


def word_taken(taken: TakenStick) -> list[str]:
    """What came of a stick, in sentences."""
    about = {"peer": taken.peer.name, "made": _time(taken.made)}
    said = [_("Stick of %(peer)s, made on %(made)s.") % about, _entries(taken)]
    if taken.newer is not None:
        newer = _("A later one, of %(newer)s, was taken in before: this one is old.")
        said.append(newer % {"newer": _time(taken.newer)})
    if taken.receipts:
        receipts = ngettext(
            "It brought the receipt for %(receipts)s more entry of ours.",
            "It brought the receipt for %(receipts)s more entries of ours.",
            taken.receipts,
        )
        said.append(receipts % {"receipts": taken.receipts})
    if taken.back:
        back = ngettext(
            "It gave %(back)s entry back that was written here before this machine.",
            "It gave %(back)s entries back that were written here before this machine.",
            taken.back,
        )
        said.append(back % {"back": taken.back})
    if taken.problem:
        problem = _("Not all was taken: %(problem)s.")
        said.append(problem % {"problem": word_problem(taken.problem)})
    return said


def _entries(taken: TakenStick) -> str:
    if not taken.entries:
        return _("It had no entry that was not here before.")
    if not taken.new and not taken.problem:
        known = ngettext(
            "Its %(entries)s entry was here already. Nothing was doubled.",
            "Its %(entries)s entries were all here already. Nothing was doubled.",
            taken.entries,
        )
        return known % {"entries": taken.entries}
    new = ngettext(
        "Of its %(entries)s entry, %(new)s was new and is stored.",
        "Of its %(entries)s entries, %(new)s were new and are stored.",
        taken.entries,
    )
    return new % {"entries": taken.entries, "new": taken.new}


def _time(moment: object) -> str:
    return date_format(timezone.localtime(moment), "Y-m-d H:i")  # type: ignore[arg-type]
