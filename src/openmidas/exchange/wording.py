"""What is wrong between two nodes, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openmidas.exchange.contact import OURS
from openmidas.nodes.journal_wording import WORDS as JOURNAL_WORDS
from openmidas.nodes.journal_wording import word_journal

# A problem is noted by its code alone, so codes of the journal whose words have blanks to fill in
# are worded here again without. Each holds whichever of the two nodes it is said of.
WORDS = {
    "attachment.damaged": _(
        "the bytes of a list came over the link and are not what was published"
    ),
    "attachment.malformed": _("a piece of a list does not fit the pieces before it"),
    "attachment.unknown": _("the bytes of a list that was published are not there any more"),
    "chain.broken": _("the journal's entries do not follow one another (something was changed)"),
    "chain.gap": _("entries are missing in between; they are asked for again"),
    "chain.other_journal": _("entries of different journals arrived mixed up"),
    "database.busy": _("the database there is busy or failing; another attempt follows"),
    "disk.full": _("the disk there is full; nothing is taken until there is room again"),
    "entry.body_changed": _("what an entry says was changed after it was written"),
    "entry.malformed": _("an entry cannot be read"),
    "entry.not_urgent": _("an entry was sent ahead that is not urgent, or too long"),
    "epoch.followed": _(
        "the headquarters was put back to an older state and goes on in a new epoch; this post gives"
        " back what it lacks"
    ),
    "epoch.not_signed": _("a new epoch is not signed with the key of the one before"),
    "epoch.of_another_node": _("a new epoch of another node was announced"),
    "epoch.two_keys": _(
        "two machines opened the same epoch with different keys (two were restored from one backup)"
    ),
    "epoch.unknown_before": _("a new epoch follows one that is not known here"),
    "head.elsewhere": _("the signed end is not where the entries end"),
    "head.of_another_node": _("the end of another node's journal was shown"),
    "journal.behind": _(
        "the journal ends before entries that the other side holds already (the machine was put back"
        " to an older state)"
    ),
    "journal.fork": _(
        "two different histories of the journal were signed (the machine was copied, or its past"
        " rewritten)"
    ),
    "journal.further_elsewhere": _(
        "a neighbour keeps a later end of the journal than the headquarters has: the headquarters lost"
        " entries, or the post has more to send"
    ),
    "journal.no_such_place": _("an entry is missing from the journal"),
    "journal.stopped": _(
        "nothing more is taken from the journal until an administrator has looked into it"
    ),
    "node.revoked": _(
        "the headquarters trusts this machine no more: it was reported stolen or lost"
    ),
    "link.broken_off": _("the connection broke off"),
    "link.certificate": _(
        "the connection is not trusted (one of the two certificates is not the expected one)"
    ),
    "link.not_understood": _(
        "the answer is not understood (another version, or another machine at this address)"
    ),
    "link.timeout": _("no answer came in time"),
    "link.unreachable": _(
        "no connection (the other machine is off, the network is down or the address is wrong)"
    ),
    "log.other_history": _("the log of heads at the headquarters witnesses another history"),
    "message.malformed": _("a message cannot be read (the two may run different versions)"),
    "message.unknown": _(
        "a question is not understood: the side that asked runs a newer version; it is passed over"
    ),
    "node.unknown": _("this node is not enrolled there"),
    "receipt.not_signed": _("a receipt is not signed by the node that gives it"),
    "receipt.other_journal": _("a receipt was given for the journal of another node"),
    "receipt.wrong_witness": _("a receipt was given in the name of another node"),
    "segment.format_newer": _(
        "it is written in a newer way than is read there: the machine that reads must be upgraded first"
    ),
    "segment.format_older": _(
        "it is written in an older way than is still read there: the machine that wrote it must be"
        " upgraded first"
    ),
    "share.no_lease": _("headquarters does not renew the lease of this post"),
    "share.not_proved": _("a share was asked for without the pass phrases that belong to it"),
    "share.unknown": _("headquarters keeps no such share of this post"),
    "segment.malformed": _("what arrived is no run of entries"),
    "segment.not_receipted": _("entries were brought and no receipt was given for them"),
    "segment.of_another_node": _("entries of another node's journal were brought"),
    "segment.too_large": _("more was brought at once than is taken"),
    "segment.too_long": _("more entries were brought at once than are taken"),
    "version.hq_too_old": _(
        "the headquarters must be upgraded first: its version is too old for that of the post; nothing"
        " is lost, and all is brought afterwards"
    ),
    "version.post_too_old": _(
        "this post must be upgraded first: its version is too old for that of the headquarters; nothing"
        " is lost, and all is brought afterwards"
    ),
}
OUR_OWN = _("the other side finds fault with our own journal: %(words)s")
UNKNOWN = _("a problem that this version has no words for")


def word_problem(code: str) -> str:
    """The code of a peer's problem, or of why its journal is stopped, in the user's language.

    Without a capital and a full stop, to stand behind a colon. A peer may run a newer version and
    tell codes that are not known here: show the code beside the words.
    """
    if code.startswith(OURS):
        return str(OUR_OWN) % {"words": word_problem(code.removeprefix(OURS))}
    if code in WORDS:
        return str(WORDS[code])
    return word_journal(code) if code in JOURNAL_WORDS else str(UNKNOWN)
