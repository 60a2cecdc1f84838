"""Codes of the lists room in the words of its readers, for pages and the command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openmidas.lists.in_use import EditionInUse
from openmidas.lists.services import ImportRefused, ImportReport
from openmidas.screening import ListError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TITLES: Mapping[str, _StrPromise] = {
    "un": gettext_lazy("United Nations Security Council Consolidated List"),
    "lost": gettext_lazy("Lost and stolen documents"),
}

_ERRORS: Mapping[str, _StrPromise] = {
    "too_large": gettext_lazy("The file is larger than %(limit)s: this is not the list."),
    "too_deep": gettext_lazy(
        "The file is nested more than %(limit)s levels deep: this is not the list."
    ),
    "forbidden_markup": gettext_lazy(
        "The file declares entities of its own, as an attack would and a list never does. It was not read."
    ),
    "wrong_encoding": gettext_lazy("The file is not in the encoding that it says it is in."),
    "truncated": gettext_lazy(
        "The file ends in the middle: it was not copied or downloaded whole."
    ),
    "malformed": gettext_lazy("The file is not valid XML: line %(line)s, column %(column)s."),
    "damaged": gettext_lazy("The compressed file is damaged."),
    "not_this_list": gettext_lazy(
        "This is another kind of file: it begins with “%(found)s”, the UN list with “CONSOLIDATED_LIST”."
    ),
    "undated": gettext_lazy("The list does not say when it was made (dateGenerated: “%(found)s”)."),
    "empty": gettext_lazy("There is nobody on this list: this is not the whole file."),
    "not_hq": gettext_lazy("Lists are imported at the headquarters; this node is a post."),
    "limit": gettext_lazy("The age limit is between 1 and %(most)s days."),
    "older": gettext_lazy(
        "This edition is of %(dated)s, older than the one in use (%(current)s). It was not taken."
    ),
    "no_file": gettext_lazy("There is no file “%(path)s”."),
    "no_regular_file": gettext_lazy("“%(path)s” is a folder, not a file."),
    "file_unreadable": gettext_lazy("The file “%(path)s” cannot be read: %(reason)s."),
}

_PROBLEMS: Mapping[str, _StrPromise] = {
    "missing": gettext_lazy("missing"),
    "duplicate": gettext_lazy("stands twice; the first is used"),
    "too_long": gettext_lazy("too long, cut"),
    "unknown_field": gettext_lazy("unknown field"),
    "unknown_state": gettext_lazy("unknown State"),
    "unknown_value": gettext_lazy("unknown value"),
    "unreadable_date": gettext_lazy("date not understood"),
    "unreadable_number": gettext_lazy("number not understood"),
    "unreadable_note": gettext_lazy("note not understood"),
}


def word_title(list_code: str, title: str) -> str:
    """The name of a list in the reader's language; its own where we have no other."""
    return str(TITLES.get(list_code, title))


def word_error(error: ListError | ImportRefused | OSError, path: Path) -> str:
    """One sentence on why a file was not imported."""
    if isinstance(error, OSError):
        return _word_os_error(error, path)
    code, params = error.code, dict(error.params)
    if code == "malformed" and not params.get("line"):
        code = "damaged"
    if code == "too_large":
        params["limit"] = filesizeformat(params["limit"])
    return str(_ERRORS[code]) % params


def word_report(report: ImportReport) -> str:
    """What an import came to."""
    about = {
        "title": word_title(report.list_code, report.title),
        "dated": report.dated.isoformat(),
        "persons": report.persons,
        "entities": report.entities,
        "limit": word_limit(report.limit_days),
    }
    if report.repeated:
        return _("%(title)s, edition of %(dated)s: in use already. Nothing changes.") % about
    said = _(
        "%(title)s, edition of %(dated)s: %(persons)s persons, %(entities)s entities. "
        "Stale after %(limit)s. On its way to the posts."
    )
    return said % about


def word_not_understood(count: int) -> str:
    """How much of a list was not understood."""
    said = ngettext(
        "%(count)s piece of the list was not understood; it is kept word for word.",
        "%(count)s pieces of the list were not understood; they are kept word for word.",
        count,
    )
    return said % {"count": count}


def word_problem(code: str) -> str:
    """What is the matter with a piece of a list."""
    return str(_PROBLEMS.get(code, code))


def word_age(edition: EditionInUse) -> str:
    """The age of an edition: “12 days old”."""
    if edition.age_days == 0:
        return _("of today")
    return ngettext("%(days)s day old", "%(days)s days old", edition.age_days) % {
        "days": edition.age_days
    }


def word_limit(days: int) -> str:
    """An age limit: “7 days”."""
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _word_os_error(error: OSError, path: Path) -> str:
    code = {FileNotFoundError: "no_file", IsADirectoryError: "no_regular_file"}.get(
        type(error), "file_unreadable"
    )
    return str(_ERRORS[code]) % {"path": path, "reason": error.strerror or type(error).__name__}
