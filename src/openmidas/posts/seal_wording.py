"""Where the share from outside came from that opened a post, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SHARES = {
    "hq": _("with the share that headquarters gave"),
    "token": _("with the share on a token"),
    "tpm": _("with the share that the machine unwraps by itself"),
    "unknown": _("not known with which share"),
}


def word_share(code: str) -> str:
    """The share, as part of a sentence; a code that a newer version knows is not known here."""
    return str(SHARES.get(code, SHARES["unknown"]))
