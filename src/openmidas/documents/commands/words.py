"""What there is to know about a reading, in sentences, in French and in English.

No catalogue is loaded for it: whoever takes this package by itself has them, too.
"""

from __future__ import annotations

from collections.abc import Mapping

from openmidas.documents.commands.languages import Both, Language, in_language
from openmidas.documents.reading import ReadingFinding

FINDINGS: Mapping[str, Both] = {
    "not_mrz": (
        "This is no machine readable zone. Lines: {lines}; their characters: {lengths}.",
        "Ce n’est pas une zone de lecture automatique. Lignes : {lines} ; leurs caractères : {lengths}.",
    ),
    "lower_case": (
        "There are small letters; a zone has capitals only.",
        "Il y a des minuscules ; une zone n’a que des capitales.",
    ),
    "spaces": (
        "There were spaces in the lines; they were left out.",
        "Il y avait des espaces dans les lignes ; ils ont été laissés de côté.",
    ),
    "character_not_allowed": (
        "Line {line}, position {position}: “{character}” does not stand in a zone.",
        "Ligne {line}, position {position} : « {character} » n’a pas sa place dans une zone.",
    ),
    "document_code_not_allowed": (
        "“{read}” is no document code of this format.",
        "« {read} » n’est pas un code de document de ce format.",
    ),
    "state_code_unknown": (
        "“{read}” is no code of a State or organisation.",
        "« {read} » n’est le code d’aucun État ni d’aucune organisation.",
    ),
    "specimen": (
        "“{read}” is the code of specimens: no State issued this document.",
        "« {read} » est le code des spécimens : aucun État n’a délivré ce document.",
    ),
    "state_code_withdrawn": (
        "The code “{read}” is withdrawn; documents issued before may have it.",
        "Le code « {read} » est retiré ; des documents délivrés avant peuvent le porter.",
    ),
    "state_code_unlisted": (
        "The code “{read}” is in use, but in no list.",
        "Le code « {read} » est utilisé, mais ne figure dans aucune liste.",
    ),
    "state_code_of_persons": (
        "“{read}” says of a holder that no nationality is known; it is no issuer of documents.",
        "« {read} » dit d’un titulaire qu’aucune nationalité n’est connue ; il ne désigne pas qui délivre.",
    ),
    "name_missing": ("There is no name.", "Il n’y a pas de nom."),
    "surname_missing": (
        "There is no primary identifier before the given names.",
        "Il n’y a pas d’identifiant primaire devant les prénoms.",
    ),
    "name_form": (
        "The fillers in the name are not where they belong: “{read}”.",
        "Les caractères de remplissage du nom ne sont pas à leur place : « {read} ».",
    ),
    "name_character": (
        "There are figures in the name: “{read}”.",
        "Il y a des chiffres dans le nom : « {read} ».",
    ),
    "number_missing": ("There is no document number.", "Il n’y a pas de numéro de document."),
    "number_form": (
        "The document number begins with a filler: “{read}”.",
        "Le numéro de document commence par un caractère de remplissage : « {read} ».",
    ),
    "number_overflow_malformed": (
        "The document number goes on in the optional data, but not as it should: “{read}”.",
        "Le numéro de document continue dans les données facultatives, mais mal : « {read} ».",
    ),
    "expiry_absent": (
        "The document has no date of expiry.",
        "Le document n’a pas de date d’expiration.",
    ),
    "date_not_allowed": ("“{read}” is no date.", "« {read} » n’est pas une date."),
    "date_incomplete": (
        "A date of expiry is complete or absent: “{read}”.",
        "Une date d’expiration est complète ou absente : « {read} ».",
    ),
    "date_part_unused": (
        "A part of “{read}” has no meaning without the part before it.",
        "Une partie de « {read} » n’a pas de sens sans celle qui la précède.",
    ),
    "sex_not_allowed": (
        "“{read}” does not stand for a sex: F, M or the filler.",
        "« {read} » ne désigne pas un sexe : F, M ou le caractère de remplissage.",
    ),
    "check_digit_wrong": (
        "The check digit is {read} and should be {computed}.",
        "Le chiffre de contrôle est {read} et devrait être {computed}.",
    ),
    "repaired": (
        "“{read}” was taken for “{used}”.",
        "« {read} » a été pris pour « {used} ».",
    ),
}
COMMAND: Mapping[str, Both] = {
    "read": ("read travel documents", "lire des documents de voyage"),
    "documents": (
        "whose documents are trusted, and digital seals",
        "à quels documents se fier, et cachets numériques",
    ),
    "seals": ("digital seals", "cachets numériques"),
    "mrz": (
        "read machine readable zones: one JSON object a line",
        "lire des zones de lecture automatique : un objet JSON par ligne",
    ),
    "file": (
        "zones, a blank line between two; - for standard input",
        "des zones, une ligne vide entre deux ; - pour l’entrée standard",
    ),
    "json": (
        "answer in JSON, one line a document",
        "répondre en JSON, une ligne par document",
    ),
    "lang": ("the language of the sentences", "la langue des phrases"),
    "today": (
        "the day that decides the centuries, such as 2026-11-25; without it, today",
        "le jour qui décide des siècles, par exemple 2026-11-25 ; sans lui, aujourd’hui",
    ),
    "no_file": (
        "“{path}” cannot be read: {reason}.",
        "« {path} » ne peut pas être lu : {reason}.",
    ),
    "nothing_given": ("No zone was given.", "Aucune zone n’a été donnée."),
    "truncated": (
        "The name fills its place, so it may be cut short: look at the printed page.",
        "Le nom remplit sa place, il est peut-être abrégé : regardez la page imprimée.",
    ),
    "blind": (
        "Compare these characters with the printed page, no check digit proves them: {blind}.",
        "Comparez ces caractères avec la page imprimée, aucun chiffre de contrôle ne les prouve : {blind}.",
    ),
    "image": (
        "read the zones in photographs of documents: one JSON object a line",
        "lire les zones sur des photographies de documents : un objet JSON par ligne",
    ),
    "files": (
        "photographs: JPEG, PNG or WebP",
        "des photographies : JPEG, PNG ou WebP",
    ),
    "no_zone": (
        "No machine readable zone was found.",
        "Aucune zone de lecture automatique n’a été trouvée.",
    ),
    "accepted": ("certain", "certain"),
    "look": ("not certain: look at the document", "incertain : regarder le document"),
    "doubt": (
        "  line {line}, position {position}: “{read}”, perhaps {instead}",
        "  ligne {line}, position {position} : « {read} », peut-être {instead}",
    ),
    "ok": ("as Doc 9303 has it", "conforme au Doc 9303"),
    "not_ok": ("not as Doc 9303 has it", "non conforme au Doc 9303"),
}
IMAGE_ERRORS: Mapping[str, Both] = {
    "empty": ("The file is empty.", "Le fichier est vide."),
    "too_large": (
        "The file has more than 20 megabytes.",
        "Le fichier dépasse 20 mégaoctets.",
    ),
    "kind": (
        "The file is no picture in JPEG, PNG or WebP.",
        "Le fichier n’est pas une image JPEG, PNG ou WebP.",
    ),
    "too_many_pixels": (
        "The picture has more than 64 million pixels.",
        "L’image dépasse 64 millions de pixels.",
    ),
    "too_small": (
        "The picture is too small: one side has less than 64 pixels.",
        "L’image est trop petite : un côté a moins de 64 pixels.",
    ),
    "took_too_long": (
        "Unpacking the picture took too long, so nothing is known of it: a smaller one may be read.",
        "Décompresser l’image a pris trop de temps, on n’en sait donc rien : une plus petite peut se lire.",
    ),
    "broken": (
        "The picture is cut short or damaged.",
        "L’image est tronquée ou endommagée.",
    ),
}


def word_finding(finding: ReadingFinding, language: Language) -> str:
    """One thing to know about a reading, as a sentence."""
    params = dict(finding.params)
    if "lengths" in params:
        params["lengths"] = ", ".join(params["lengths"].split()) or "0"
    return in_language(FINDINGS[finding.code], language).format(**params)
