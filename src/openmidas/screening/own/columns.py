"""What the columns of a State's own list mean, told from their headings in French or English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from openmidas.screening.problems import ColumnRead

_NUMBERED = re.compile(r"\s*[(#]?(\d{1,2})\)?$")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column that is known: its code, its heading in English and in French, other spellings."""

    code: str
    english: str
    french: str
    others: tuple[str, ...] = ()


MEANINGS = (
    Meaning(
        "id",
        "Reference",
        "Référence",
        (
            "id",
            "ref",
            "no",
            "numero",
            "number of listing",
            "numero de signalement",
            "listing",
            "code",
        ),
    ),
    Meaning("kind", "Kind", "Nature", ("subject type", "person or entity", "personne ou entite")),
    Meaning(
        "surname",
        "Surname",
        "Nom",
        ("family name", "last name", "lastname", "noms", "nom de famille", "patronyme"),
    ),
    Meaning(
        "given_names",
        "Given names",
        "Prénoms",
        ("given name", "first name", "firstname", "first names", "forename", "forenames", "prenom"),
    ),
    Meaning(
        "name",
        "Full name",
        "Nom complet",
        ("name", "whole name", "nom et prenom", "nom et prenoms", "noms et prenoms", "identite"),
    ),
    Meaning(
        "alias",
        "Alias",
        "Autre nom",
        ("aka", "a k a", "aliases", "autres noms", "other name", "other names", "dit", "ex nom"),
    ),
    Meaning(
        "weak_alias",
        "Nickname",
        "Surnom",
        ("weak alias", "alias faible", "sobriquet", "surnoms", "nom de guerre", "nicknames"),
    ),
    Meaning(
        "original_name",
        "Name in its own script",
        "Nom en écriture d’origine",
        ("original script", "arabic name", "name in arabic", "nom en arabe", "nom arabe"),
    ),
    Meaning(
        "birth",
        "Date of birth",
        "Date de naissance",
        (
            *(
                "birth date",
                "birthdate",
                "dob",
                "born",
                "birth",
                "year of birth",
                "ne le",
                "nee le",
            ),
            *("ne e le", "naissance", "annee de naissance", "date naissance", "ddn"),
        ),
    ),
    Meaning(
        "birth_place",
        "Place of birth",
        "Lieu de naissance",
        ("birth place", "birthplace", "pob", "lieu naissance"),
    ),
    Meaning("sex", "Sex", "Sexe", ("gender", "genre")),
    Meaning(
        "nationality",
        "Nationality",
        "Nationalité",
        ("nationalities", "citizenship", "nationalites", "citoyennete", "country of nationality"),
    ),
    Meaning(
        "document_kind",
        "Document type",
        "Type de document",
        ("type of document", "nature du document", "type de piece", "nature de la piece"),
    ),
    Meaning(
        "number",
        "Document number",
        "Numéro de document",
        (
            *("document no", "no document", "numero du document", "numero de piece", "no de piece"),
            *("numero de la piece", "n de piece", "n document", "number of document"),
        ),
    ),
    Meaning(
        "passport",
        "Passport number",
        "Numéro de passeport",
        ("passport", "passport no", "passeport", "no de passeport", "no passeport", "n passeport"),
    ),
    Meaning(
        "national_id",
        "Identity card number",
        "Numéro de carte d’identité",
        ("national id", "id card", "cni", "no cni", "nina", "numero cni", "carte d identite"),
    ),
    Meaning(
        "issuer",
        "Issued by",
        "Délivré par",
        (
            "issuer",
            "issuing state",
            "issuing country",
            "etat emetteur",
            "pays emetteur",
            "emetteur",
        ),
    ),
    Meaning("category", "Category", "Catégorie", ("programme", "program", "type de signalement")),
    Meaning("reason", "Reason", "Motif", ("reasons", "motifs", "raison", "grounds")),
    Meaning("legal_basis", "Legal basis", "Base légale", ("fondement juridique", "base juridique")),
    Meaning("authority", "Authority", "Autorité", ("requesting authority", "autorite requerante")),
    Meaning("action", "Action", "Conduite à tenir", ("action to take", "mesure", "cat")),
    Meaning(
        "listed_on",
        "Listed on",
        "Inscrit le",
        ("date listed", "date d inscription", "listing date"),
    ),
    Meaning(
        "review",
        "Review on",
        "À revoir le",
        ("review date", "expires", "expire le", "date de revision"),
    ),
    Meaning("address", "Address", "Adresse", ("residence", "domicile", "addresses")),
    Meaning("title", "Title", "Titre", ("titles", "titres", "civilite")),
    Meaning(
        "designation",
        "Function",
        "Fonction",
        ("occupation", "profession", "position", "designation"),
    ),
    Meaning(
        "remarks",
        "Remarks",
        "Observations",
        ("comments", "notes", "note", "remarques", "commentaires"),
    ),
)
"""In the order in which the template has them."""


def fold_heading(text: str) -> str:
    """A heading without accents, case and signs: "N° de passeport" is "no de passeport"."""
    plain = text.replace("’", " ").replace("'", " ").replace("°", "o")
    bare = unicodedata.normalize("NFKD", plain.casefold())
    return " ".join(_NOT_LETTERS.sub(" ", bare.encode("ascii", "ignore").decode()).split())


_BY_HEADING = {
    heading: meaning.code
    for meaning in MEANINGS
    for heading in (
        fold_heading(meaning.english),
        fold_heading(meaning.french),
        meaning.code.replace("_", " "),
        *meaning.others,
    )
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `code` "" is a heading that nobody knows; `which`: "Alias 2" is the 2."""

    at: int
    heading: str
    code: str
    which: str = ""


def columns_of(row: Sequence[str]) -> list[Column]:
    """What the cells of a row would mean if it held the headings; empty cells are no columns."""
    return [_column(at, " ".join(cell.split())) for at, cell in enumerate(row) if cell.strip()]


def are_headings(columns: Sequence[Column]) -> bool:
    """Whether a row can be the headings: it names a person, and half of its cells are known."""
    codes = {column.code for column in columns if column.code}
    named = not codes.isdisjoint({"name", "surname", "given_names", "original_name"})
    return named and 2 * sum(bool(column.code) for column in columns) >= len(columns)


def as_read(columns: Sequence[Column]) -> tuple[ColumnRead, ...]:
    """The columns as they are reported."""
    return tuple(ColumnRead(column.heading, column.code) for column in columns)


def _column(at: int, heading: str) -> Column:
    known = _BY_HEADING.get(fold_heading(heading))
    if known:
        return Column(at, heading, known)
    numbered = _NUMBERED.search(heading)
    if numbered:
        known = _BY_HEADING.get(fold_heading(heading[: numbered.start()]))
        if known:
            return Column(at, heading, known, numbered[1])
    return Column(at, heading, "")
