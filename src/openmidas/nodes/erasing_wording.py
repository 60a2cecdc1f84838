"""Erasures in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import NotErasable, Standing

REASONS = {
    ErasureReason.REQUEST: _("the person asked for it"),
    ErasureReason.RETENTION: _("it was kept as long as the law allows"),
    ErasureReason.MISTAKE: _("it was recorded by mistake"),
    ErasureReason.AUTHORITY: _("a court or the supervisory authority ordered it"),
}

STANDINGS = {
    Standing.NOT_THERE: _("does not have the order yet"),
    Standing.THERE: _("has the order, has not reported the end"),
    Standing.DONE: _("done"),
    Standing.REVOKED: _("trusted no more: it gets no order"),
}

_REFUSALS = {
    "not_hq": _("Only the headquarters orders an erasure; its posts follow."),
    "missing": _("There is no entry %(sequence)s in epoch %(epoch)s of %(node)s here."),
    "lasting": _(
        "Entry %(sequence)s (%(kind)s) cannot be erased: others are checked by it. It holds no"
        " traveller's data."
    ),
    "nothing": _("Entry %(sequence)s in epoch %(epoch)s of %(node)s has no body here any more."),
}


def word_not_erasable(error: NotErasable) -> str:
    """Why an entry cannot be erased."""
    return str(_REFUSALS[error.code]) % error.params


def word_reason(code: str) -> str:
    """The reason of an order; the code of one that this version does not know."""
    return str(REASONS[ErasureReason(code)]) if code in set(ErasureReason) else code
