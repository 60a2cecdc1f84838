"""What the plain commands say to people, in French and in English; no catalogue is loaded for it."""

from __future__ import annotations

from collections.abc import Mapping

from openmidas.documents.commands.languages import Both, Language, in_language
from openmidas.screening.commands.asked import Wrong
from openmidas.screening.lost import LostError
from openmidas.screening.problems import ListError

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
_LIST: Mapping[str, Both] = {
    "too_large": (
        "it is larger than {limit} bytes.",
        "elle dépasse {limit} octets.",
    ),
    "too_many_rows": (
        "it has more than {limit} rows: give it in several files.",
        "elle compte plus de {limit} lignes : donnez-la en plusieurs fichiers.",
    ),
    "too_deep": (
        "it is nested more than {limit} levels deep.",
        "elle est imbriquée sur plus de {limit} niveaux.",
    ),
    "forbidden_markup": (
        "it declares entities of its own, as an attack would and a list never does.",
        "elle déclare ses propres entités, ce que fait une attaque et jamais une liste.",
    ),
    "wrong_encoding": (
        "it is not in {encoding}. Save it as UTF-8, or name the encoding of a text file:"
        " --encoding cp1252.",
        "elle n’est pas en {encoding}. Enregistrez-la en UTF-8, ou indiquez l’encodage d’un fichier"
        " texte : --encoding cp1252.",
    ),
    "truncated": (
        "it ends in the middle (line {line}): it was not copied or downloaded whole.",
        "elle s’arrête au milieu (ligne {line}) : elle n’a pas été copiée ou téléchargée en entier.",
    ),
    "malformed": (
        "it is damaged or of another kind: line {line}, column {column}, {detail}.",
        "elle est endommagée ou d’une autre nature : ligne {line}, colonne {column}, {detail}.",
    ),
    "not_this_list": (
        "this is another kind of file: it begins with “{found}”; expected was: {expected}.",
        "c’est un fichier d’une autre nature : il commence par « {found} » ; attendu : {expected}.",
    ),
    "undated": (
        "it does not say when it was made: “{found}”.",
        "elle n’indique pas sa date : « {found} ».",
    ),
    "empty": ("it is empty: nobody stands on it.", "elle est vide : personne n’y figure."),
    "no_columns": (
        "no heading of this table names a person: “{found}”. See: midas lists template.",
        "aucun titre de ce tableau ne désigne une personne : « {found} ». Voir : midas lists template.",
    ),
    "line_too_long": (
        "line {line} is longer than {limit} bytes.",
        "la ligne {line} dépasse {limit} octets.",
    ),
    "record_too_large": (
        "one listing of it, near line {line}, has more than {limit} parts.",
        "une inscription, vers la ligne {line}, compte plus de {limit} éléments.",
    ),
    "wrong_files": (
        "the file “{found}” does not go together with the others.",
        "le fichier « {found} » ne va pas avec les autres.",
    ),
}
_LOST_COLUMNS = "number, type, issuer, date, reason"
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
    "folder": ("“{path}” is a folder, not a file.", "« {path} » est un dossier, pas un fichier."),
    "unreadable": (
        "The file “{path}” cannot be read: {reason}.",
        "Le fichier « {path} » ne peut pas être lu : {reason}.",
    ),
    "list_error": (
        "The list “{path}” cannot be read: {what} [{code}]",
        "La liste « {path} » ne peut pas être lue : {what} [{code}]",
    ),
    "read_lost": (
        "“{path}”: {count} documents, {left_out} rows left out.",
        "« {path} » : {count} documents, {left_out} lignes écartées.",
    ),
    "ended": (
        "A process was ended by the system, perhaps for want of memory. Try with --processes 1.",
        "Un processus a été arrêté par le système, peut-être faute de mémoire. Essayez avec"
        " --processes 1.",
    ),
    "read": (
        "{title}, edition of {dated}: {count} listings, {problems} pieces not understood.",
        "{title}, édition du {dated} : {count} signalements, {problems} éléments non compris.",
    ),
}


def explain_error(wrong: Wrong, language: Language) -> str:
    """Why a line, or a field of it, was not understood."""
    return in_language(_WRONG[wrong.code], language).format(field=wrong.field, text=wrong.text)


def word_list_error(error: ListError, path: str, language: Language) -> str:
    """Why a list was not read: in a sentence, and the code of it for programs."""
    params = {"line": "?", "column": "?", "detail": "", "expected": _LOST_COLUMNS, **error.params}
    params = {name: value or "?" for name, value in params.items()}
    params["encoding"] = params.get("encoding", "").upper()
    what = in_language(_LIST[error.code], language).format_map(params)
    return word("list_error", language, path=path, what=what, code=error.code)


def word_lost_error(error: LostError, path: str, language: Language) -> str:
    """Why a list of documents was not read."""
    what = in_language(_LIST["too_large"], language).format_map({"limit": "?", **error.params})
    return word("list_error", language, path=path, what=what, code=error.code)


def word(code: str, language: Language, /, **params: str) -> str:
    """A sentence about the files of a command."""
    return in_language(_FILE[code], language).format(**params)
