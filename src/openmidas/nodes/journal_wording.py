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
    "journal.missing": _("the whole journal is missing"),
    "journal.other_key": _("the journal bears another key than its node's: it was rewritten"),
    "journal.stopped": _("this journal is not taken further: %(reason)s"),
    "journal.unknown": _("no such journal here"),
    "receipt.not_signed": _("a receipt is not signed by the headquarters"),
    "receipt.other_history": _("the headquarters witnessed another history at entry %(sequence)s"),
    "receipt.witness_unknown": _("a receipt comes from a node that is not known here"),
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
