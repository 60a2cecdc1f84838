"""What the plain commands say to people, in French and in English; no catalogue is loaded for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from openmidas.screening.commands.asked import Wrong
from openmidas.screening.problems import ListError

Language = Literal["fr", "en"]
Both = tuple[str, str]
"""English and French."""

LANGUAGES: tuple[Language, ...] = ("fr", "en")

_WRONG: Mapping[str, Both] = {
    "not_json": ("This line is no JSON: “{text}”", "Cette ligne n’est pas du JSON : « {text} »"),
    "not_an_object": (
        "This line is no JSON object: “{text}”",
        "Cette ligne n’est pas un objet JSON : « {text} »",
    ),
    "no_name": (
        "There is neither a name nor a document number.",
        "Il n’y a ni nom ni numéro de document.",
    ),
    "no_date": (
        "The field “{field}” is no date: “{text}”. Write 1974, 1974-08 or 1974-08-12.",
        "Le champ « {field} » n’est pas une date : « {text} ». Écrivez 1974, 1974-08 ou 1974-08-12.",
    ),
    "no_text": (
        "The field “{field}” is no text: “{text}”",
        "Le champ « {field} » n’est pas un texte : « {text} »",
    ),
    "no_sex": (
        "The field “sex” is “{text}”. Write F, M or X.",
        "Le champ « sex » est « {text} ». Écrivez F, M ou X.",
    ),
    "too_long": ("The field “{field}” is too long.", "Le champ « {field} » est trop long."),
    "no_pair": (
        "A pair needs two objects: “a” and “b”.",
        "Une paire comporte deux objets : « a » et « b ».",
    ),
}
_FILE: Mapping[str, Both] = {
    "no_file": ("There is no file “{path}”.", "Il n’y a pas de fichier « {path} »."),
    "no_kind": (
        "“{path}” names no kind of list. Write KIND:FILE, the kind being one of: {kinds}.",
        "« {path} » ne nomme pas de type de liste. Écrivez TYPE:FICHIER, avec l’un des types : {kinds}.",
    ),
    "no_list": (
        "Say which list to ask: --list KIND:FILE, the kind being one of: {kinds}.",
        "Indiquez la liste à interroger : --list TYPE:FICHIER, avec l’un des types : {kinds}.",
    ),
    "no_queries": (
        "Say which file the questions are in, or - for standard input.",
        "Indiquez le fichier des questions, ou - pour l’entrée standard.",
    ),
    "list_error": (
        "The list “{path}” cannot be read: {what} {params}",
        "La liste « {path} » ne peut pas être lue : {what} {params}",
    ),
    "read": (
        "{title}, edition of {dated}: {count} listings, {problems} pieces not understood.",
        "{title}, édition du {dated} : {count} signalements, {problems} éléments non compris.",
    ),
}


def in_language(both: Both, language: Language) -> str:
    """A text in one of the two languages."""
    return both[1 if language == "fr" else 0]


def explain_error(wrong: Wrong, language: Language) -> str:
    """Why a line, or a field of it, was not understood."""
    return in_language(_WRONG[wrong.code], language).format(field=wrong.field, text=wrong.text)


def word_list_error(error: ListError, path: str, language: Language) -> str:
    """Why a list was not read: its code and what belongs to it, for the people who run programs."""
    params = ", ".join(f"{name}: {value}" for name, value in error.params.items() if value)
    return word("list_error", language, path=path, what=error.code, params=f"({params})")


def word(code: str, language: Language, **params: str) -> str:
    """A sentence about the files of a command."""
    return in_language(_FILE[code], language).format(**params)
