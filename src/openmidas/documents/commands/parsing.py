"""Command lines in the language of the terminal: what `argparse` says, days, and why a file does not open."""

from __future__ import annotations

import argparse
import errno
import gettext
import unicodedata
from collections.abc import Mapping
from datetime import date

from openmidas.documents.commands.languages import Both, Language, in_language, terminal_language

_FRENCH: Mapping[str, str] = {
    "usage: ": "usage : ",
    "positional arguments": "arguments",
    "options": "options",
    "show this help message and exit": "montrer cette aide et terminer",
    "%(prog)s: error: %(message)s\n": "%(prog)s : erreur : %(message)s\n",
    "argument %(argument_name)s: %(message)s": "argument %(argument_name)s : %(message)s",
    "unrecognized arguments: %s": "arguments non reconnus : %s",
    "not allowed with argument %s": "ne va pas avec l’argument %s",
    "ignored explicit argument %r": "l’argument %r n’a pas sa place ici",
    "the following arguments are required: %s": "il manque : %s",
    "one of the arguments %s is required": "il faut l’un des arguments %s",
    "expected one argument": "une valeur est attendue",
    "expected at most one argument": "une valeur au plus est attendue",
    "expected at least one argument": "une valeur au moins est attendue",
    "expected %s argument": "%s valeur est attendue",
    "expected %s arguments": "%s valeurs sont attendues",
    "ambiguous option: %(option)s could match %(matches)s": (
        "option ambiguë : %(option)s peut être %(matches)s"
    ),
    "invalid %(type)s value: %(value)r": "%(value)r n’est pas une valeur de type %(type)s",
    "invalid choice: %(value)r (choose from %(choices)s)": (
        "choix impossible : %(value)r (choisir parmi %(choices)s)"
    ),
}
_NOT_A_DAY: Both = (
    "“{text}” is no day; write it as 2026-11-25",
    "« {text} » n’est pas un jour ; l’écrire comme 2026-11-25",
)
_REASONS: Mapping[int, Both] = {
    errno.ENOENT: ("there is no such file", "il n’existe pas"),
    errno.EACCES: ("it may not be opened by this account", "ce compte n’y a pas accès"),
    errno.EPERM: ("it may not be opened by this account", "ce compte n’y a pas accès"),
    errno.EISDIR: ("it is a folder", "c’est un dossier"),
    errno.ENOTDIR: ("it is no folder", "ce n’est pas un dossier"),
    errno.EEXIST: ("it is there already", "il existe déjà"),
    errno.ENOSPC: ("there is no room left", "il n’y a plus de place"),
    errno.EADDRINUSE: ("another program has it", "un autre programme l’occupe"),
}


def speak(language: Language) -> None:
    """Let `argparse` speak this language from now on.

    It asks `gettext` for its words, of which Python brings no catalogue, and has no other place to hand
    them in than these two names of its module.
    """
    french = language == "fr"
    vars(argparse)["_"] = _word if french else gettext.gettext
    vars(argparse)["ngettext"] = _words if french else gettext.ngettext


def _word(english: str) -> str:
    return _FRENCH.get(english, english)


def _words(one: str, several: str, count: int) -> str:
    return _word(one if count < 2 else several)


def day(text: str) -> date:
    """A day of the command line. Raises `argparse.ArgumentTypeError` with a sentence."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        said = in_language(_NOT_A_DAY, terminal_language()).format(text=shown(text))
        raise argparse.ArgumentTypeError(said) from error


def why_not(error: OSError, language: Language) -> str:
    """Why a file or a port cannot be had; the system's own words where we have none."""
    known = _REASONS.get(error.errno or 0)
    return in_language(known, language) if known else str(error.strerror or error)


def shown(text: str) -> str:
    """Text of strangers for a terminal: what is no visible character as its number.

    An escape character would let a document move the cursor, recolour an answer or write over it; a mark of
    direction would let it show its letters in another order.
    """
    if text.isprintable():
        return text
    return "".join(
        repr(one)[1:-1] if unicodedata.category(one)[0] == "C" or one in "\u2028\u2029" else one
        for one in text
    )
