"""What is wrong with a journal, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDS = {
    "chain.broken": _(
        "entry %(sequence)s does not follow the one before it: something was changed"
    ),
    "chain.gap": _("entry %(expected)s is missing"),
    "chain.other_journal": _("entry %(sequence)s belongs to another journal"),
    "entry.back_dated": _("entry %(sequence)s has an earlier time than the one before it"),
    "entry.body_changed": _("what entry %(sequence)s says was changed"),
    "entry.kind_unknown": _(
        "this version does not know the kind %(kind)s; it waits for the upgrade"
    ),
    "entry.malformed": _("an entry cannot be read: %(reason)s"),
    "entry.misplaced": _("entry %(sequence)s stands at another's place"),
    "entry.not_authorised": _("a node of the kind %(node_kind)s may not write %(kind)s"),
    "entry.version_unknown": _("this version does not know %(kind)s, version %(version)s, yet"),
    "epoch.closed": _("closed: a later epoch goes on from here"),
    "head.elsewhere": _("the signed end is not where the entries end (entry %(sequence)s)"),
    "head.not_signed": _("the end of the journal is not signed by its writer"),
    "header.malformed": _("an entry's header cannot be read"),
    "journal.cut": _("entries are missing at the end, at least up to %(expected)s"),
    "journal.fork": _(
        "two different entries claim place %(sequence)s: a copied or altered machine"
    ),
    "journal.further_elsewhere": _(
        "a neighbour keeps a later end of the journal than is held here"
    ),
    "journal.incomplete": _(
        "the headquarters has not given all of it back yet; it goes on with the next exchange"
    ),
    "journal.missing": _("the whole journal is missing"),
    "journal.other_key": _("the journal bears another key than its node's: it was rewritten"),
    "journal.set_back": _("the journal was set back to an older state without a word"),
    "journal.stopped": _("this journal is not taken further: %(reason)s"),
    "journal.unknown": _("no such journal here"),
    "log.changed": _("the log of heads was changed before its entry %(size)s"),
    "log.cut": _("entries of the log of heads are missing, at least entry %(expected)s"),
    "log.damaged": _("the log of heads is damaged: what is kept of it does not fit its entries"),
    "log.lacks": _("the headquarters was restored, and its log lacks some of what it had"),
    "log.leaves_out": _("the log of heads leaves out what the headquarters gave a receipt for"),
    "log.not_included": _("the headquarters could not show that this journal is in its log"),
    "log.not_signed": _("the end of the log of heads is not signed by the headquarters"),
    "log.of_another_node": _("the log of another node was shown"),
    "log.other_history": _("the log of heads witnesses another history at entry %(sequence)s"),
    "log.rewritten": _("the log of heads was rewritten: it does not begin as it began before"),
    "log.set_back": _("the log of heads was set back to an older state without a word"),
    "receipt.not_signed": _("a receipt is not signed by the headquarters"),
    "receipt.other_history": _("the headquarters witnessed another history at entry %(sequence)s"),
    "receipt.witness_unknown": _("a receipt comes from a node that is not known here"),
    "receipt.withdrawn": _("the headquarters holds less than it gave a receipt for"),
    "segment.malformed": _("what arrived is no run of entries: %(reason)s"),
    "segment.too_large": _("what arrived is larger than %(limit)s bytes"),
}


class _Blank(dict[str, str]):
    """Parameters that an error may lack are shown as left out, not as a crash."""

    def __missing__(self, key: str) -> str:
        return "…"


def word_journal(code: str, params: dict[str, str] | None = None) -> str:
    """A code of `openmidas.journal` in the user's language; the code itself where it has no words."""
    return str(WORDS[code]) % _Blank(params or {}) if code in WORDS else code
