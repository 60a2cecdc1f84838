"""What is set aside, in words: why, what that means, what to do next; and what an entry is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Why(msgspec.Struct, frozen=True):
    """Why entries are set aside, and what to do about it."""

    said: _StrPromise
    next: _StrPromise


_UPGRADE = _(
    "Bring headquarters to the version that the post has. They are tried again by themselves when "
    "the programs start."
)
_NOT_THEIRS = _(
    "A sound post writes nothing like it. Ask the head of post what was done to the machine, and look "
    "at its journal; only then try again."
)
_REPORT = _(
    "It is a fault of a program. Open one of them, send the error text to whoever looks after the "
    "program, and try again after an upgrade."
)
_WAIT = _(
    "Wait until all that the post wrote is here, then try again: most of them will be used then."
)

WHY: dict[str, Why] = {
    "entry.kind_unknown": Why(_("This version of the program does not know what it is"), _UPGRADE),
    "entry.version_unknown": Why(_("It was written by a newer version of the program"), _UPGRADE),
    "entry.malformed": Why(_("What it says cannot be read"), _REPORT),
    "entry.not_authorised": Why(_("A post may not decide this"), _NOT_THEIRS),
    "officer.not_authorised": Why(
        _("Its writer may not decide this about an officer"), _NOT_THEIRS
    ),
    "row.not_owned": Why(_("It changes what another post has written"), _NOT_THEIRS),
    "edition.changed": Why(_("It changes a list that was published already"), _NOT_THEIRS),
    "row.missing": Why(_("It completes something that is not here"), _WAIT),
    "projection.failed": Why(_("The program failed on it"), _REPORT),
    "collected.broken": Why(_("It does not follow what the post collected before"), _NOT_THEIRS),
    "collected.erased": Why(
        _("It was erased before it could be opened"), _("Nothing: somebody ordered that.")
    ),
    "collected.fork": Why(_("The post collected something else under this number"), _NOT_THEIRS),
    "collected.kind": Why(_("It is nothing that may be collected"), _NOT_THEIRS),
    "collected.other_key": Why(
        _("It is sealed with a key that headquarters does not have"),
        _(
            "Bring the keys of headquarters' earlier epochs back from a backup, then try again. Nobody "
            "else can read it, and it stays at the post."
        ),
    ),
    "collected.waits": Why(_("What the post collected before it is not here yet"), _WAIT),
    "entry.body_changed": Why(_("What it says was changed after it was collected"), _NOT_THEIRS),
    "head.not_signed": Why(_("It is not signed by the post that sent it"), _NOT_THEIRS),
    "header.malformed": Why(_("Its header cannot be read"), _NOT_THEIRS),
}
OTHERWISE = Why(_("It does not fit what is here"), _REPORT)

# By its kind, or by the first word of it: a kind that this version does not know has one, too.
ABOUT: dict[str, _StrPromise] = {
    "code": _("An officer's one-time code"),
    "collected": _("What a post collected while it was shut"),
    "collecting": _("A key of a post for what it collects"),
    "crossing": _("A crossing"),
    "edition": _("A list"),
    "entries": _("An erasure"),
    "epoch": _("A new beginning of a journal"),
    "inspection": _("A cancelled scan"),
    "issuer": _("A certificate of a State, or a master list"),
    "lookup": _("A look-up of a person"),
    "node": _("A report on how a post is"),
    "officer": _("An officer"),
    "post": _("A post's layout"),
    "post.unsealed": _("An opening of a sealed post"),
    "rules": _("Rules of stay"),
}


def why(code: str) -> Why:
    """The words of a reason."""
    return WHY.get(code, OTHERWISE)


def about(kind: str) -> str:
    """What an entry of a kind is about, as far as its name tells."""
    first = ABOUT.get(kind.partition(".")[0], _("Something that has no name here yet"))
    return str(ABOUT.get(kind, first))
