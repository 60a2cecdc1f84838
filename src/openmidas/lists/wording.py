"""Codes of the lists room in the words of its readers, for pages and the command line alike."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from openmidas.lists.building import BuildRefused
from openmidas.lists.given import ImportRefused
from openmidas.lists.in_use import EditionInUse
from openmidas.lists.services import ImportReport
from openmidas.screening import ListError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TITLES: Mapping[str, _StrPromise] = {
    "un": gettext_lazy("United Nations Security Council Consolidated List"),
    "lost": gettext_lazy("Lost and stolen documents"),
    "ofac": gettext_lazy("United States, OFAC: Specially Designated Nationals"),
    "eu": gettext_lazy("European Union: consolidated financial sanctions"),
    "uk": gettext_lazy("United Kingdom: financial sanctions"),
    "ftm": gettext_lazy("FollowTheMoney, as OpenSanctions publishes its lists"),
    "national": gettext_lazy("The State’s own list"),
}

_FILES: Mapping[str, _StrPromise] = {
    "un": gettext_lazy("consolidated.xml"),
    "ofac": gettext_lazy("sdn_advanced.xml, or sdn.xml, or sdn.csv with alt.csv and add.csv"),
    "eu": gettext_lazy("the XML file of schema 1.1"),
    "uk": gettext_lazy("ConList.csv of OFSI, or the UK Sanctions List as CSV"),
    "ftm": gettext_lazy(
        "entities as JSON lines: entities.ftm.json, targets.nested.json; or targets.simple.csv"
    ),
    "national": gettext_lazy(
        "a table, CSV or XLSX, headings in French or English (midas lists template)"
    ),
    "lost": gettext_lazy("a table, CSV: number, type, issuer, date, reason"),
}

PAGE = "page"
"""For `word_error`: a State's own table that was given on a page, where the encoding is chosen."""
_TEXTS = ("ftm", "national", "ofac", "uk")
"""Kinds whose files may be text that does not say its encoding."""

_COLUMNS: Mapping[str, _StrPromise] = {
    "": gettext_lazy("kept, and not understood"),
    "id": gettext_lazy("reference"),
    "kind": gettext_lazy("person or entity"),
    "surname": gettext_lazy("surname"),
    "given_names": gettext_lazy("given names"),
    "name": gettext_lazy("full name"),
    "alias": gettext_lazy("alias"),
    "weak_alias": gettext_lazy("weak alias"),
    "original_name": gettext_lazy("name in its own script"),
    "birth": gettext_lazy("date of birth"),
    "birth_place": gettext_lazy("place of birth"),
    "sex": gettext_lazy("sex"),
    "nationality": gettext_lazy("nationality"),
    "document_kind": gettext_lazy("type of document"),
    "number": gettext_lazy("number of a document"),
    "passport": gettext_lazy("number of a passport"),
    "national_id": gettext_lazy("number of an identity card"),
    "issuer": gettext_lazy("issuer"),
    "category": gettext_lazy("category"),
    "reason": gettext_lazy("reason"),
    "legal_basis": gettext_lazy("legal basis"),
    "authority": gettext_lazy("authority"),
    "action": gettext_lazy("action"),
    "listed_on": gettext_lazy("day of listing"),
    "review": gettext_lazy("day of review"),
    "address": gettext_lazy("address"),
    "title": gettext_lazy("title"),
    "designation": gettext_lazy("function"),
    "remarks": gettext_lazy("remarks"),
}

_ERRORS: Mapping[str, _StrPromise] = {
    "too_large": gettext_lazy("The file is larger than %(limit)s: this is not the list."),
    "too_many_rows": gettext_lazy(
        "The table has more than %(limit)s rows: give it in several files."
    ),
    "too_deep": gettext_lazy(
        "The file is nested more than %(limit)s levels deep: this is not the list."
    ),
    "forbidden_markup": gettext_lazy(
        "The file declares entities of its own, as an attack would and a list never does. It was not read."
    ),
    "wrong_encoding": gettext_lazy("The file is not in the encoding that it says it is in."),
    "text_encoding": gettext_lazy(
        "The file is not in UTF-8. Save it as “CSV UTF-8”, or say its encoding: --encoding cp1252."
    ),
    "page_encoding": gettext_lazy(
        "The file is not in this encoding. Save it as “CSV UTF-8”, or choose the other encoding."
    ),
    "truncated": gettext_lazy(
        "The file ends in the middle: it was not copied or downloaded whole."
    ),
    "malformed": gettext_lazy(
        "The file is damaged or of another kind: line %(line)s, column %(column)s."
    ),
    "damaged": gettext_lazy("The compressed file is damaged."),
    "not_this_list": gettext_lazy(
        "This is another kind of file: it begins with “%(found)s”; expected was: %(expected)s."
    ),
    "undated": gettext_lazy("The list does not say when it was made: “%(found)s”."),
    "no_columns": gettext_lazy(
        "No heading of this table names a person: “%(found)s”. See: midas lists template."
    ),
    "line_too_long": gettext_lazy("Line %(line)s is longer than %(limit)s: this is not the list."),
    "record_too_large": gettext_lazy(
        "One listing, near line %(line)s, has more than %(limit)s parts: this is not the list."
    ),
    "truncated_at": gettext_lazy(
        "The file ends in the middle, at line %(line)s: it was not copied or downloaded whole."
    ),
    "wrong_files": gettext_lazy("The file “%(found)s” does not go together with the others."),
    "kind": gettext_lazy("There is no kind of list “%(kind)s”."),
    "files": gettext_lazy("A list of this kind is in 1 to %(most)s files."),
    "list_code": gettext_lazy(
        "“%(list_code)s” cannot be the code of a list: write small letters, figures and hyphens."
    ),
    "four_eyes": gettext_lazy(
        "The State’s own listings need two officers: propose them on the page of the list."
    ),
    "other_list": gettext_lazy("“%(list_code)s” is the code of another kind of list."),
    "title": gettext_lazy("The name of a list has at most %(most)s characters."),
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

_BUILD_REFUSED: Mapping[str, _StrPromise] = {
    "not_hq": gettext_lazy("Editions are built at the headquarters; this node is a post."),
    "no_edition": gettext_lazy("This node holds no edition of a list “%(list)s”."),
    "unreadable": gettext_lazy(
        "The edition in use of the list “%(list)s” cannot be read here: import the list again."
    ),
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
    "unreadable_line": gettext_lazy("line not understood, left out"),
    "unknown_column": gettext_lazy("unknown column, kept as a note"),
    "wrong_count": gettext_lazy("another number of listings than the list says"),
    "not_given": gettext_lazy("file not given: part of the list is missing"),
    "not_listed": gettext_lazy("not on the list itself, left out"),
}


def word_title(list_code: str, title: str) -> str:
    """The name of a list in the reader's language; its own where we have no other."""
    return str(TITLES.get(list_code, title))


def word_files(kind: str) -> str:
    """The files that a kind of list is read from."""
    return str(_FILES.get(kind, ""))


def word_column(meaning: str) -> str:
    """What a column of a table was taken for."""
    return str(_COLUMNS.get(meaning, meaning))


def word_error(error: ListError | ImportRefused | OSError, path: Path, kind: str = "un") -> str:
    """One sentence on why a file was not imported."""
    if isinstance(error, OSError):
        return _word_os_error(error, path)
    code, params = error.code, {"expected": "", **error.params}
    if code == "wrong_encoding" and kind in _TEXTS:
        code = "text_encoding"
    if code == "wrong_encoding" and kind == PAGE:
        code = "page_encoding"
    if code == "line_too_long":
        params["limit"] = filesizeformat(params["limit"])
    if code == "truncated" and params.get("line"):
        code = "truncated_at"
    if code == "malformed" and not params.get("line"):
        code = "damaged"
    if code == "too_large":
        params["limit"] = filesizeformat(params["limit"])
    return str(_ERRORS[code]) % params


def word_build_refused(error: BuildRefused) -> str:
    """One sentence on why no edition was built."""
    return str(_BUILD_REFUSED[error.code]) % error.params


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
