"""A comparison in words: each piece of evidence in a line, and all of it in a sentence.

For the counter, the second line and the command line alike. Weights are in bits: each doubles, or
halves, the odds that the two are one person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from openmidas.screening import Evidence, Field, How, Level, NamePart, PartHow

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Less than this says nothing worth a word, for or against.
_TELLING_BITS = 0.5

LEVELS: Mapping[Level | None, _StrPromise] = {
    "strong": gettext_lazy("Very likely the same person."),
    "possible": gettext_lazy("Possibly the same person."),
    "weak": gettext_lazy("Resembles the listed person; that alone proves nothing."),
    None: gettext_lazy("Little speaks for the same person."),
}

_FIELDS: Mapping[Field, _StrPromise] = {
    "name": gettext_lazy("name"),
    "birth": gettext_lazy("birth date"),
    "sex": gettext_lazy("sex"),
    "nationality": gettext_lazy("nationality"),
    "number": gettext_lazy("document number"),
}

PARTS: Mapping[PartHow, _StrPromise] = {
    "same": pgettext_lazy("part of a name", "the same"),
    "same_sound": gettext_lazy("same name, other spelling"),
    "same_name": gettext_lazy("same name, other form"),
    "same_consonants": gettext_lazy("same consonants, other vowels"),
    "one_slip": gettext_lazy("one letter apart"),
    "near": gettext_lazy("much alike"),
    "far": gettext_lazy("somewhat alike"),
    "initial": gettext_lazy("an initial that fits"),
    "start": gettext_lazy("one begins like the other"),
    "clash": gettext_lazy("another name"),
    "extra": gettext_lazy("stands on one side only"),
    "cut": gettext_lazy("beyond the end of a name that was cut off"),
    "low_quality": gettext_lazy("the list itself calls this name uncertain"),
    "together": gettext_lazy("often borne together, which tells less"),
}

_HOWS: Mapping[How, _StrPromise] = {
    "all_parts": gettext_lazy("the whole name agrees"),
    "some_parts": gettext_lazy("part of the name agrees"),
    "different": gettext_lazy("differs"),
    "same": gettext_lazy("agrees"),
    "same_day": gettext_lazy("the same day"),
    "same_period": gettext_lazy("agrees, as far as known"),
    "swapped": gettext_lazy("day and month change places"),
    "one_figure": gettext_lazy("differs in one figure"),
    "near": gettext_lazy("close"),
    "not_known": gettext_lazy("not stated"),
    "other_issuer": gettext_lazy("same number, other State"),
}

_FOR: Mapping[How, _StrPromise] = {
    "all_parts": gettext_lazy("the whole name"),
    "some_parts": gettext_lazy("part of the name"),
    "same_day": gettext_lazy("the day of birth"),
    "same_period": gettext_lazy("the birth date as far as it is known"),
    "swapped": gettext_lazy("the birth date, day and month having changed places"),
    "one_figure": gettext_lazy("the birth date but for one figure"),
    "near": gettext_lazy("a birth date close to it"),
}
_AGAINST: Mapping[Field, _StrPromise] = {
    "name": gettext_lazy("another name"),
    "birth": gettext_lazy("another birth date"),
    "sex": gettext_lazy("another sex"),
    "nationality": gettext_lazy("another nationality"),
    "number": gettext_lazy("another document number"),
}


def word_weight(bits: float) -> str:
    """A weight with its sign: “+4.1”, “−6.0”."""
    figure = number_format(abs(bits), 1)
    return f"−{figure}" if round(bits, 1) < 0 else f"+{figure}"


def word_part(part: NamePart) -> str:
    """A piece of the evidence of a name: “DIALLO ~ JALLOW: same name, other form, +4.1”."""
    said = {"how": str(PARTS[part.how]), "weight": word_weight(part.weight)}
    if not (part.ours or part.theirs):
        return _("%(how)s, %(weight)s") % said
    if part.how == "extra":
        said["how"] = _("only with the traveller") if part.ours else _("only on the list")
    sign = {"same": "=", "clash": "≠"}.get(part.how, "~")
    said["parts"] = f" {sign} ".join(side for side in (part.ours, part.theirs) if side)
    return _("%(parts)s: %(how)s, %(weight)s") % said


def word_evidence(item: Evidence) -> str:
    """What one field says: “birth date 1974-08-12 against 1991-03-14: differs, −6.0”."""
    said = {
        "field": str(_FIELDS[item.field]),
        "ours": item.ours or "–",
        "theirs": item.theirs or "–",
        "how": str(_HOWS[item.how]),
        "weight": word_weight(item.weight),
    }
    if _not_asked(item):
        return _("name not asked")
    if item.how == "not_known":
        return _("%(field)s: %(how)s") % said
    return _("%(field)s %(ours)s against %(theirs)s: %(how)s, %(weight)s") % said


def word_lines(evidence: Iterable[Evidence]) -> list[str]:
    """Each piece of evidence in a line, the parts of a name after the name."""
    lines = []
    for item in evidence:
        lines.append(word_evidence(item))
        lines += [word_part(part) for part in item.parts]
    return lines


def word_sentence(level: Level | None, evidence: Iterable[Evidence]) -> str:
    """What it comes to: how sure, what speaks for it, what against it, and what is not known."""
    items = list(evidence)
    speaks_for = [
        _for(item)
        for item in items
        if item.weight >= _TELLING_BITS or (item.agrees and item.weight > 0)
    ]
    against = [text for item in items for text in _against(item)]
    unknown = [
        str(_FIELDS[item.field])
        for item in items
        if item.how == "not_known" and not _not_asked(item)
    ]
    said = [str(LEVELS[level])]
    for sentence, texts in (
        (_("For it: %(what)s."), speaks_for),
        (_("Against it: %(what)s."), against),
        (_("Not known: %(what)s."), unknown),
    ):
        if texts:
            said.append(sentence % {"what": ", ".join(texts)})
    if any(map(_not_asked, items)):
        said.append(_("The name was not asked."))
    return " ".join(said)


def _not_asked(item: Evidence) -> bool:
    """Whether who asked named nobody: that is another thing than a list that does not say."""
    return item.field == "name" and item.how == "not_known" and not item.ours


def _for(item: Evidence) -> str:
    return str(_FOR.get(item.how, _FIELDS[item.field]))


def _against(item: Evidence) -> list[str]:
    clashes = [
        _("%(ours)s is not %(theirs)s") % {"ours": part.ours, "theirs": part.theirs}
        for part in item.parts
        if part.how == "clash"
    ]
    if item.weight <= -_TELLING_BITS:
        return clashes or [str(_AGAINST[item.field])]
    return clashes
