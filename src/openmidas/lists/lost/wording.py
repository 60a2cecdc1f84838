"""Lost and stolen documents in the words of readers, for pages and the command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openmidas.lists.given import ImportRefused
from openmidas.lists.wording import word_error as word_list_error
from openmidas.screening import ListError
from openmidas.screening.lost import LostError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_ERRORS: Mapping[str, _StrPromise] = {
    "not_lost_numbers": gettext_lazy(
        "This is another kind of file: an edition of lost documents ends in .lost."
    ),
    "unknown_version": gettext_lazy(
        "The file is of version %(version)s, and this program knows %(known)s: upgrade it first."
    ),
    "truncated": gettext_lazy("The file ends in the middle: copy it again."),
    "damaged": gettext_lazy("The file is damaged: copy it again."),
    "other_key": gettext_lazy("The file was made with another key than this edition."),
    "other_base": gettext_lazy("These changes belong to another edition."),
    "other_digest": gettext_lazy("The file is not the one that was published."),
    "too_large": gettext_lazy("The file is larger than %(limit)s: this is no edition."),
    "not_this_list": gettext_lazy(
        "The first line names no columns that are known: number, type, issuer, date, reason."
        " It begins with “%(found)s”."
    ),
    "empty": gettext_lazy("There is no document in it that could be read."),
    "wrong_encoding": gettext_lazy(
        "The file is not in UTF-8. Save it as “CSV UTF-8”, or say its encoding: --encoding cp1252."
    ),
    "not_hq": gettext_lazy("Editions are made at the headquarters; this node is a post."),
    "no_edition": gettext_lazy("There is no edition yet: midas lists lost build FILE"),
    "changed_meanwhile": gettext_lazy(
        "More has changed meanwhile, or some changes are not here: nothing was published. Do it again."
    ),
    "not_published": gettext_lazy(
        "The headquarters has not told this node of this edition yet. Let the exchange, or a stick,"
        " bring its journal first; then import the file again."
    ),
}

_PROBLEMS: Mapping[str, _StrPromise] = {
    "too_long": gettext_lazy("line too long"),
    "unbalanced_quote": gettext_lazy("a quotation mark is never closed"),
    "missing": gettext_lazy("number or issuer missing"),
    "unknown_state": gettext_lazy("unknown State"),
    "unreadable_number": gettext_lazy("no number that identifies a document"),
    "unknown_type": gettext_lazy("unknown kind of document: taken for every kind"),
    "unknown_value": gettext_lazy("unknown reason: kept as “other”"),
    "unreadable_date": gettext_lazy("date not understood: kept without"),
}


def word_lost_error(error: ListError | LostError | ImportRefused | OSError, path: Path) -> str:
    """One sentence on why nothing was taken."""
    if isinstance(error, OSError) or error.code not in _ERRORS:
        assert not isinstance(error, LostError)  # noqa: S101  all of its codes are above
        return word_list_error(error, path)
    params = dict(error.params)
    if error.code == "too_large":
        params["limit"] = filesizeformat(params["limit"])
    return str(_ERRORS[error.code]) % params


def word_row_problem(code: str) -> str:
    """What is the matter with a row."""
    return str(_PROBLEMS.get(code, code))


def word_documents(count: int) -> str:
    """ "1 document", "20 documents"."""
    return ngettext("%(count)s document", "%(count)s documents", count) % {"count": count}


def word_left_out(count: int) -> str:
    """How many rows could not be read."""
    said = ngettext(
        "%(count)s row could not be read and is left out.",
        "%(count)s rows could not be read and are left out.",
        count,
    )
    return said % {"count": count}


def word_exactness(exact: bool) -> str:
    """Whether each month is kept."""
    if exact:
        return _("The month of each report is kept.")
    return _("For its size, months of reports are kept as spans.")
