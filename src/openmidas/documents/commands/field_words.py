"""The names of fields, and the references to paragraphs, for people. Programs get the names as they are."""

from __future__ import annotations

from collections.abc import Mapping

from openmidas.documents.commands.languages import Both, Language, in_language

FIELDS: Mapping[str, Both] = {
    "lines": ("lines", "lignes"),
    "document_code": ("document code", "code du document"),
    "issuer": ("issuer", "émetteur"),
    "name": ("name", "nom"),
    "surname": ("surname", "nom"),
    "given_names": ("given names", "prénoms"),
    "first_name": ("first name", "prénom"),
    "birth_name": ("name at birth", "nom de naissance"),
    "number": ("number", "numéro"),
    "nationality": ("nationality", "nationalité"),
    "birth": ("birth", "naissance"),
    "expiry": ("expiry", "expiration"),
    "sex": ("sex", "sexe"),
    "optional": ("optional data", "données facultatives"),
    "composite": ("composite check digit", "chiffre de contrôle global"),
    "file": ("file", "fichier"),
    "list": ("list", "liste"),
    "header": ("header", "en-tête"),
    "message": ("message", "message"),
    "signature": ("signature", "signature"),
    "seal": ("seal", "cachet"),
    "certificate": ("certificate", "certificat"),
    "chain": ("certificate of the State", "certificat de l’État"),
    "revocations": ("revoked certificates", "certificats révoqués"),
    "hashes": ("data groups", "groupes de données"),
    "active": ("active authentication", "authentification active"),
    "code": ("code", "code"),
    "key": ("key", "clé"),
    "kind": ("kind", "type"),
    "receipt": ("receipt", "reçu"),
    "state_key": ("key of the State", "clé de l’État"),
    "reference": ("reference", "référence"),
    "signer": ("signer", "signataire"),
    "features": ("features", "éléments"),
    "category": ("category", "catégorie"),
    "mrz": ("machine readable zone", "zone de lecture automatique"),
    "mrz_a": ("machine readable zone (MRV-A)", "zone de lecture automatique (MRV-A)"),
    "mrz_b": ("machine readable zone (MRV-B)", "zone de lecture automatique (MRV-B)"),
    "entry": ("entry", "entrée"),
    "entries": ("number of entries", "nombre d’entrées"),
    "duration_of_stay": ("duration of stay", "durée du séjour"),
    "passport_number": ("passport number", "numéro du passeport"),
    "visa_type": ("type of visa", "type de visa"),
    "additional": ("additional", "complément"),
    "document_number": ("document number", "numéro du document"),
    "sheet_number": ("number of the sheet", "numéro de la feuille"),
    "register_number": ("number in the register", "numéro au registre"),
    "social_insurance_number": ("social insurance number", "numéro de sécurité sociale"),
    "municipality": ("municipality", "commune"),
    "postal_code": ("postal code", "code postal"),
    "address": ("address", "adresse"),
    "profile": ("profile", "profil"),
    "at": ("at", "le"),
    "direction": ("direction", "sens"),
    "stay_until": ("may stay until", "séjour jusqu’au"),
    "document_ends_in": ("document ends in", "fin du numéro du document"),
    "post": ("post", "poste frontière"),
}
_PARAGRAPHS = (
    ("header zone", "zone d’en-tête"),
    ("message zone", "zone du message"),
    ("signature zone", "zone de la signature"),
    ("bar code format", "format du code"),
    ("certificates of seals", "certificats des cachets"),
    ("certificates and lists", "certificats et listes"),
    (", part ", ", partie "),
    (", annex ", ", annexe "),
    (" and -", " et -"),
)


def field_name(field: str, language: Language) -> str:
    """The name of a field; a file of a chip, such as DG2, is called so in every language."""
    both = FIELDS.get(field)
    return in_language(both, language) if both else field


def word_paragraph(paragraph: str, language: Language) -> str:
    """Where a rule stands."""
    if language == "fr":
        for english, french in _PARAGRAPHS:
            paragraph = paragraph.replace(english, french)
    return paragraph


def about(field: str, said: str, paragraph: str, language: Language, place: str = "") -> str:
    """A line about a field: its name, which of several it is, a sentence, and where the rule stands."""
    colon = " : " if language == "fr" else ": "
    where = f" ({word_paragraph(paragraph, language)})" if paragraph else ""
    name = f"{field_name(field, language)} {place}".rstrip()
    return f"  {name}{colon}{said}{where}"
