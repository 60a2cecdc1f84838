"""What there is to know about a seal, in sentences, in English and in French."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from openmidas.documents.commands.field_words import field_name
from openmidas.documents.commands.languages import Both, Language, in_language
from openmidas.documents.commands.parsing import shown
from openmidas.documents.commands.revocation_words import REVOCATIONS, with_reason
from openmidas.documents.reading import ReadingFinding

if TYPE_CHECKING:
    from openmidas.documents.seals import CannotSeal

SEAL_FINDINGS: Mapping[str, Both] = {
    "not_a_seal": ("This is no digital seal.", "Ce n’est pas un cachet numérique."),
    "no_code": ("There is no code in the picture.", "Il n’y a pas de code dans l’image."),
    "too_many_codes": (
        "There are more than {most} codes in the picture.",
        "L’image contient plus de {most} codes.",
    ),
    "took_too_long": ("Reading took too long.", "La lecture a pris trop de temps."),
    "reading_failed": (
        "Reading ended without an answer, as it does for codes made to break readers.",
        "La lecture s’est arrêtée sans réponse, comme avec un code fait pour nuire aux lecteurs.",
    ),
    "seal_too_long": (
        "{bytes} bytes are more than a seal has.",
        "{bytes} octets : un cachet n’en a pas autant.",
    ),
    "seal_cut_short": ("The seal is cut short.", "Le cachet est incomplet."),
    "version_unknown": (
        "The version of the seal is not known: “{read}”.",
        "La version du cachet est inconnue : « {read} ».",
    ),
    "header_malformed": (
        "The beginning of the seal is not as Doc 9303 has it.",
        "Le début du cachet n’est pas conforme au Doc 9303.",
    ),
    "length_malformed": (
        "The length of the feature {tag} is not written as it should.",
        "La longueur de l’élément {tag} est mal écrite.",
    ),
    "signature_malformed": (
        "The signature is not the last part of the seal, or it is empty.",
        "La signature n’est pas à la fin du cachet, ou elle est vide.",
    ),
    "date_not_allowed": ("This is no date.", "Ce n’est pas une date."),
    "kind_unknown": (
        "Seals of the kind {read} are not known here; what stands in it is shown as it is.",
        "Les cachets de type {read} ne sont pas connus ici ; le contenu est montré tel quel.",
    ),
    "feature_unknown": (
        "The feature {tag} is not known here; it is shown as it is.",
        "L’élément {tag} n’est pas connu ici ; il est montré tel quel.",
    ),
    "feature_malformed": (
        "This feature is not written as it should: “{read}”.",
        "Cet élément est mal écrit : « {read} ».",
    ),
    "feature_missing": ("This feature is missing.", "Cet élément manque."),
    "feature_twice": ("This feature stands there twice.", "Cet élément figure deux fois."),
    "not_json": ("This is no JSON.", "Ce n’est pas du JSON."),
    "json_too_deep": ("The JSON is nested too deep.", "Le JSON est trop imbriqué."),
    "json_name_twice": (
        "A name stands twice in the JSON: it could be read in two ways.",
        "Un nom figure deux fois dans le JSON : il pourrait être lu de deux façons.",
    ),
    "part_missing": (
        "The part “{part}” of the seal is missing.",
        "La partie « {part} » du cachet manque.",
    ),
    "part_unknown": (
        "The seal has a part that Doc 9303 does not know.",
        "Le cachet a une partie que le Doc 9303 ne connaît pas.",
    ),
    "part_malformed": (
        "The part “{part}” of the seal is not written as it should.",
        "La partie « {part} » du cachet est mal écrite.",
    ),
    "post_revoked": (
        "The receipt was signed after its State had ceased to trust the post, on {since}.",
        "Le reçu a été signé alors que son État ne faisait plus confiance au poste, depuis le {since}.",
    ),
    "signature_missing": (
        "The seal is not signed: anybody can have made it.",
        "Le cachet n’est pas signé : n’importe qui peut l’avoir fait.",
    ),
    "signing_date_missing": (
        "The seal does not say when it was signed, so nothing was checked.",
        "Le cachet ne dit pas quand il a été signé : rien n’a été vérifié.",
    ),
    "signature_wrong": (
        "The signature is wrong: the seal was changed or forged.",
        "La signature est fausse : le cachet a été modifié ou falsifié.",
    ),
    "certificate_missing": (
        "The certificate of {signer} is not at hand. This says nothing against the seal.",
        "Le certificat de {signer} n’est pas disponible. Cela ne dit rien contre le cachet.",
    ),
    "state_key_missing": (
        "The public key of this State is not at hand. This says nothing against the receipt.",
        "La clé publique de cet État n’est pas disponible. Cela ne dit rien contre le reçu.",
    ),
    "authority_missing": (
        "The signature is right, but who stands behind {signer} is not known here.",
        "La signature est juste, mais on ne sait pas ici qui répond de {signer}.",
    ),
    "certificate_malformed": (
        "The certificate in the seal cannot be read.",
        "Le certificat contenu dans le cachet est illisible.",
    ),
    "certificate_not_in_force": (
        "The certificate of {signer} was not in force on {day}.",
        "Le certificat de {signer} n’était pas en vigueur le {day}.",
    ),
    "certificate_purpose": (
        "The certificate of {signer} is not for seals of this kind.",
        "Le certificat de {signer} n’est pas destiné à ce type de cachet.",
    ),
    "chain_wrong": (
        "The authority behind {signer} was not in force on {day}.",
        "L’autorité qui répond de {signer} n’était pas en vigueur le {day}.",
    ),
    "certificate_revoked": REVOCATIONS["certificate_revoked"],
    "revocations_absent": (
        "Whether the certificate was revoked was not checked: no list of this State is here.",
        "On n’a pas vérifié si le certificat a été révoqué : aucune liste de cet État n’est ici.",
    ),
    "revocations_old": REVOCATIONS["revocations_old"],
    "state_differs": (
        "{signer} signs for the State {country}, and the seal says that it is of {issuer}.",
        "{signer} signe pour l’État {country}, et le cachet se dit de {issuer}.",
    ),
    "state_missing": (
        "The signer’s certificate or its authority’s names no State: nobody can tell whose seal it is.",
        "Le certificat du signataire ou de son autorité ne nomme pas d’État : on ne sait pas de qui est le "
        "cachet.",
    ),
    "zone_differs": (
        "{signer} signs for the State {country}, and the machine readable zone in the seal is of {issuer}.",
        "{signer} signe pour l’État {country}, et la zone de lecture automatique dans le cachet est de "
        "{issuer}.",
    ),
    "algorithm_unknown": (
        "Nothing was checked: the signature is of the kind “{read}”.",
        "Rien n’a été vérifié : la signature est du type « {read} ».",
    ),
    "key_unknown": (
        "Nothing was checked: keys of this kind are not known here ({read}).",
        "Rien n’a été vérifié : ce type de clé n’est pas connu ici ({read}).",
    ),
    "picture_unreadable": (
        "The picture cannot be read.",
        "L’image est illisible.",
    ),
    "picture_too_large": ("The picture is too large.", "L’image est trop grande."),
}
OUTCOMES: Mapping[str, Both] = {
    "valid": ("genuine", "authentique"),
    "invalid": ("NOT genuine", "PAS authentique"),
    "issuer_unknown": ("not checked: issuer unknown here", "non vérifié : émetteur inconnu ici"),
    "not_performed": ("not checked", "non vérifié"),
}
SEAL_COMMAND: Mapping[str, Both] = {
    "seal": (
        "read and check digital seals: visas, receipts of crossings, others of Doc 9303-13",
        "lire et vérifier des cachets numériques : visas, reçus de passage, autres du Doc 9303-13",
    ),
    "files": (
        "pictures (JPEG, PNG), or files with the bytes of a seal; - for standard input",
        "des images (JPEG, PNG), ou des fichiers avec les octets d’un cachet ; - pour l’entrée standard",
    ),
    "signer": (
        "certificates of signers that are believed as they are (PEM or DER)",
        "certificats de signataires auxquels on se fie tels quels (PEM ou DER)",
    ),
    "offered": (
        "certificates that are believed if an authority signed them",
        "certificats auxquels on se fie si une autorité les a signés",
    ),
    "authority": (
        "certificates of States’ authorities (CSCA)",
        "certificats des autorités des États (CSCA)",
    ),
    "state-key": (
        "the public key of a State whose posts give receipts, 64 hexadecimal figures",
        "la clé publique d’un État dont les postes donnent des reçus, 64 chiffres hexadécimaux",
    ),
    "no_certificate": (
        "“{path}” is no certificate.",
        "« {path} » n’est pas un certificat.",
    ),
    "no_key": (
        "“{path}” is no private key of a curve, in PEM without a password.",
        "« {path} » n’est pas une clé privée d’une courbe, en PEM sans mot de passe.",
    ),
    "state_key": (
        "A State’s key has 64 hexadecimal figures.",
        "La clé d’un État a 64 chiffres hexadécimaux.",
    ),
    "write": (
        "write a digital seal, signed, as a picture or as bytes",
        "écrire un cachet numérique signé, en image ou en octets",
    ),
    "what": (
        "what it says, as JSON: kind, issuer, issued, fields; - for standard input",
        "ce qu’il dit, en JSON : kind, issuer, issued, fields ; - pour l’entrée standard",
    ),
    "key": ("the private key (PEM)", "la clé privée (PEM)"),
    "certificate": ("the certificate of this key", "le certificat de cette clé"),
    "out": (
        "the file to write: a picture if its name ends in .png, else the bytes",
        "le fichier à écrire : une image si son nom finit par .png, sinon les octets",
    ),
    "code": ("the kind of code", "le type de code"),
    "not_written": (
        "This cannot be sealed. {field}: {reason}.",
        "Cela ne peut pas être mis dans un cachet. {field} : {reason}.",
    ),
    "too_large": (
        "“{path}” has more than {most} megabytes.",
        "« {path} » dépasse {most} mégaoctets.",
    ),
    "zone_wrong": (
        "This zone is not right and is not sealed:\n{problems}",
        "Cette zone n’est pas juste et n’est pas mise dans un cachet :\n{problems}",
    ),
    "zone_format": (
        "{field}: a zone of {wanted} belongs here, this is one of {read}.",
        "{field} : il faut ici une zone {wanted}, celle-ci est une zone {read}.",
    ),
    "not_understood": (
        "“{path}” does not say what to seal: {reason}",
        "« {path} » ne dit pas ce qu’il faut mettre dans le cachet : {reason}",
    ),
    "written": ("Written: {path}", "Écrit : {path}"),
    "not_writable": (
        "“{path}” cannot be written: {reason}.",
        "« {path} » ne peut pas être écrit : {reason}.",
    ),
}

CANNOT_SEAL: Mapping[str, Both] = {
    "curve": (
        "it is of a curve that is not for seals",
        "sa courbe n’est pas admise pour les cachets",
    ),
    "not_of_this_key": ("it belongs to another key", "il appartient à une autre clé"),
    "not_json": ("it cannot be written as JSON", "cela ne s’écrit pas en JSON"),
    "too_long": ("it is too long", "c’est trop long"),
    "name": (
        "its subject does not name a State and a signer, two letters each",
        "son sujet ne nomme pas un État et un signataire, deux lettres chacun",
    ),
    "not_in_force": ("it was not in force on that day", "il n’était pas en vigueur ce jour-là"),
    "unknown": ("it is not known here", "ce n’est pas connu ici"),
    "missing": ("it is missing", "cela manque"),
    "value": ("it is not written as it should", "c’est mal écrit"),
    "tag": (
        "a feature has a number that is none",
        "un élément porte un numéro qui n’en est pas un",
    ),
    "length": ("it is too long or too short", "c’est trop long ou trop court"),
    "range": ("it is not between 0 and 255", "ce n’est pas entre 0 et 255"),
    "characters": (
        "it has characters that no seal has",
        "il y a des caractères qu’aucun cachet ne porte",
    ),
    "not_of_this_kind": (
        "a receipt becomes an entry stamp, without further fields",
        "un reçu devient un cachet d’entrée, sans autres champs",
    ),
    "invalid": ("it is not genuine", "il n’est pas authentique"),
    "revoked": (
        "its State had ceased to trust the post",
        "son État ne faisait plus confiance au poste",
    ),
    "unreadable": ("it is no code of a receipt", "ce n’est pas le code d’un reçu"),
}


def word_cannot_seal(problem: CannotSeal, language: Language) -> str:
    """Why a seal was not written, as a sentence for a terminal."""
    both = CANNOT_SEAL.get(problem.code)
    reason = in_language(both, language) if both else problem.code
    said = in_language(SEAL_COMMAND["not_written"], language)
    name = field_name(problem.field, language)
    # As it stands in what was given, too, where whoever wrote it looks for it.
    field = name if name == problem.field else f"{name} ({problem.field})"
    return said.format(field=shown(field), reason=reason)


def word_seal_finding(finding: ReadingFinding, language: Language) -> str:
    """One thing to know about a seal, as a sentence."""
    params = with_reason(finding.code, finding.params, language)
    return in_language(SEAL_FINDINGS[finding.code], language).format(**params)
