"""A comparison in words, in French and in English: the same words as on the pages of a node.

They stand here a second time because a node's words come out of its catalogues, which need Django;
a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from openmidas.documents.commands.languages import Both, Language, in_language
from openmidas.screening.evidence import Evidence, Field, How, Level, NamePart, PartHow

# Less than this says nothing worth a word, for or against.
_TELLING_BITS = 0.5

LEVELS: Mapping[Level | None, Both] = {
    "strong": ("Very likely the same person.", "Très probablement la même personne."),
    "possible": ("Possibly the same person.", "Peut-être la même personne."),
    "weak": (
        "Resembles the listed person; that alone proves nothing.",
        "Ressemble à la personne signalée ; cela seul ne prouve rien.",
    ),
    None: (
        "Little speaks for the same person.",
        "Peu d’éléments indiquent la même personne.",
    ),
}
FIELDS: Mapping[Field, Both] = {
    "name": ("name", "nom"),
    "birth": ("birth date", "date de naissance"),
    "sex": ("sex", "sexe"),
    "nationality": ("nationality", "nationalité"),
    "number": ("document number", "numéro de document"),
}
PARTS: Mapping[PartHow, Both] = {
    "same": ("the same", "identique"),
    "same_sound": ("same name, other spelling", "même nom, autre graphie"),
    "same_name": ("same name, other form", "même nom, autre forme"),
    "same_consonants": ("same consonants, other vowels", "mêmes consonnes, autres voyelles"),
    "one_slip": ("one letter apart", "une lettre de différence"),
    "near": ("much alike", "très ressemblants"),
    "far": ("somewhat alike", "assez ressemblants"),
    "initial": ("an initial that fits", "initiale qui correspond"),
    "start": ("one begins like the other", "l’un commence comme l’autre"),
    "clash": ("another name", "autre nom"),
    "extra": ("stands on one side only", "d’un côté seulement"),
    "cut": ("beyond the end of a name that was cut off", "au-delà de la fin d’un nom tronqué"),
    "low_quality": (
        "the list itself calls this name uncertain",
        "la liste elle-même dit ce nom incertain",
    ),
    "together": (
        "often borne together, which tells less",
        "souvent portés ensemble, ce qui en dit moins",
    ),
}
HOWS: Mapping[How, Both] = {
    "all_parts": ("the whole name agrees", "le nom entier concorde"),
    "some_parts": ("part of the name agrees", "une partie du nom concorde"),
    "different": ("differs", "diffère"),
    "same": ("agrees", "concorde"),
    "same_day": ("the same day", "même jour"),
    "same_period": ("agrees, as far as known", "compatible"),
    "swapped": ("day and month change places", "jour et mois intervertis"),
    "one_figure": ("differs in one figure", "diffère d’un chiffre"),
    "near": ("close", "proche"),
    "not_known": ("not stated", "non indiqué"),
    "other_issuer": ("same number, other State", "même numéro, autre État"),
}
_FOR: Mapping[How, Both] = {
    "all_parts": ("the whole name", "le nom entier"),
    "some_parts": ("part of the name", "une partie du nom"),
    "same_day": ("the day of birth", "le jour de naissance"),
    "same_period": (
        "the birth date as far as it is known",
        "la date de naissance, pour ce qu’on en sait",
    ),
    "swapped": (
        "the birth date, day and month having changed places",
        "la date de naissance, jour et mois intervertis",
    ),
    "one_figure": (
        "the birth date but for one figure",
        "la date de naissance à un chiffre près",
    ),
    "near": ("a birth date close to it", "une date de naissance proche"),
}
_AGAINST: Mapping[Field, Both] = {
    "name": ("another name", "autre nom"),
    "birth": ("another birth date", "autre date de naissance"),
    "sex": ("another sex", "autre sexe"),
    "nationality": ("another nationality", "autre nationalité"),
    "number": ("another document number", "autre numéro de document"),
}
_SAID: tuple[Both, ...] = (
    ("For it: {what}.", "Pour : {what}."),
    ("Against it: {what}.", "Contre : {what}."),
    ("Not known: {what}.", "Inconnu : {what}."),
)
_IS_NOT: Both = ("{ours} is not {theirs}", "{ours} n’est pas {theirs}")
_ONLY_OURS: Both = ("only with the traveller", "chez le voyageur seulement")
_ONLY_THEIRS: Both = ("only on the list", "sur la liste seulement")
_FIELD: Both = (
    "{field} {ours} against {theirs}: {how}, {weight}",
    "{field} {ours} contre {theirs} : {how}, {weight}",
)
_NOT_KNOWN: Both = ("{field}: {how}", "{field} : {how}")
_NAME_NOT_ASKED: Both = ("name not asked", "nom non demandé")
_SAID_NOT_ASKED: Both = ("The name was not asked.", "Le nom n’a pas été demandé.")
_PART: Both = ("{parts}: {how}, {weight}", "{parts} : {how}, {weight}")
_BARE_PART: Both = ("{how}, {weight}", "{how}, {weight}")


def sentence(level: Level | None, evidence: Sequence[Evidence], language: Language) -> str:
    """What it comes to: how sure, what speaks for it, what against it, and what is not known."""
    speaks_for = [
        _for(item, language)
        for item in evidence
        if item.weight >= _TELLING_BITS or (item.agrees and item.weight > 0)
    ]
    against = [text for item in evidence for text in _against(item, language)]
    not_asked = [item for item in evidence if _not_asked(item)]
    unknown = [
        _field(item, language)
        for item in evidence
        if item.how == "not_known" and item not in not_asked
    ]
    said = [in_language(LEVELS[level], language)]
    for both, texts in zip(_SAID, (speaks_for, against, unknown), strict=True):
        if texts:
            said.append(in_language(both, language).format(what=", ".join(texts)))
    if not_asked:
        said.append(in_language(_SAID_NOT_ASKED, language))
    return " ".join(said)


def word_evidence(item: Evidence, language: Language) -> str:
    """What one field says: “birth date 1974-08-12 against 1991-03-14: differs, −6.0”."""
    if _not_asked(item):
        return in_language(_NAME_NOT_ASKED, language)
    return in_language(_NOT_KNOWN if item.how == "not_known" else _FIELD, language).format(
        field=_field(item, language),
        ours=item.ours or "–",
        theirs=item.theirs or "–",
        how=in_language(HOWS[item.how], language),
        weight=word_weight(item.weight, language),
    )


def word_part(part: NamePart, language: Language) -> str:
    """A piece of the evidence of a name: “DIALLO ~ JALLOW: same name, other form, +4.1”."""
    how = in_language(PARTS[part.how], language)
    if part.how == "extra":
        how = in_language(_ONLY_OURS if part.ours else _ONLY_THEIRS, language)
    sign = {"same": "=", "clash": "≠"}.get(part.how, "~")
    parts = f" {sign} ".join(side for side in (part.ours, part.theirs) if side)
    said = in_language(_PART if parts else _BARE_PART, language)
    return said.format(parts=parts, how=how, weight=word_weight(part.weight, language))


@lru_cache(8_192)
def word_weight(bits: float, language: Language) -> str:
    """A weight with its sign: “+4.1”, “−6.0”; in French with a comma."""
    figure = f"{abs(bits):.1f}"
    if language == "fr":
        figure = figure.replace(".", ",")
    return f"−{figure}" if round(bits, 1) < 0 else f"+{figure}"


def _not_asked(item: Evidence) -> bool:
    """Whether who asked named nobody: that is another thing than a list that does not say."""
    return item.field == "name" and item.how == "not_known" and not item.ours


def _field(item: Evidence, language: Language) -> str:
    return in_language(FIELDS[item.field], language)


def _for(item: Evidence, language: Language) -> str:
    return in_language(_FOR.get(item.how, FIELDS[item.field]), language)


def _against(item: Evidence, language: Language) -> list[str]:
    clashes = [
        in_language(_IS_NOT, language).format(ours=part.ours, theirs=part.theirs)
        for part in item.parts
        if part.how == "clash"
    ]
    if item.weight <= -_TELLING_BITS:
        return clashes or [in_language(_AGAINST[item.field], language)]
    return clashes
