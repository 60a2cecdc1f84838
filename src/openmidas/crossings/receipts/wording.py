"""The words of a receipt, and of its check."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from openmidas.crossings.words import Words
from openmidas.documents.receipts import CrossingReceipt

FACTS: dict[str, Words] = {
    "number": pgettext_lazy("receipt", "Number"),
    "post": pgettext_lazy("receipt", "Post"),
    "at": pgettext_lazy("receipt", "Time"),
    "digits": pgettext_lazy("receipt", "Document ending in"),
    "stay": pgettext_lazy("receipt", "May stay until"),
}
CHOICES: dict[str, tuple[Words, Words]] = {
    "entry": (pgettext_lazy("receipt", "Direction"), pgettext_lazy("receipt", "Entry")),
    "exit": (pgettext_lazy("receipt", "Direction"), pgettext_lazy("receipt", "Exit")),
    "free": (pgettext_lazy("receipt", "Stay"), pgettext_lazy("receipt", "no limit of days")),
}
NOTHING_TO_PAY = pgettext_lazy("receipt", "Nothing to pay")
COMPLAIN = _(
    "Did anybody ask for money, or treat you badly? Complain with this number at the kiosk of the"
    " post. The post cannot read it: it goes to the oversight at headquarters."
)
TITLE = _("Receipt of a border crossing")
CHECK = _("The code can be checked by anybody, without a network, with the page of the State.")
NO_CODE = _("Without a code: headquarters has not certified the key of this post yet.")


class Said(msgspec.Struct, frozen=True):
    """The same words in one language."""

    language: str
    text: str


class Line(msgspec.Struct, frozen=True):
    """One line of a receipt. ``values``: one for all languages, or one in each."""

    labels: tuple[Said, ...]
    values: tuple[Said, ...]


def in_each(words: Words, languages: Sequence[str]) -> tuple[Said, ...]:
    """Words in several languages, in this order; a language that says the same is left out."""
    said: list[Said] = []
    for language in languages:
        with override(language):
            text = str(words)
        if text not in [one.text for one in said]:
            said.append(Said(language, text))
    return tuple(said)


def lines_of(receipt: CrossingReceipt, post: str, languages: Sequence[str]) -> list[Line]:
    """What a receipt says, line by line."""
    direction = CHOICES["exit" if receipt.exit else "entry"]
    lines = [
        _line(FACTS["number"], receipt.number, languages),
        _line(FACTS["post"], post, languages),
        _line(FACTS["at"], f"{receipt.at:%Y-%m-%d %H:%M}", languages),
        Line(*(in_each(words, languages) for words in direction)),
    ]
    if receipt.stay_until:
        lines.append(_line(FACTS["stay"], receipt.stay_until.isoformat(), languages))
    elif receipt.no_limit:
        lines.append(Line(*(in_each(words, languages) for words in CHOICES["free"])))
    if receipt.digits:
        lines.append(_line(FACTS["digits"], f"…{receipt.digits}", languages))
    return lines


def _line(label: Words, value: str, languages: Sequence[str]) -> Line:
    return Line(in_each(label, languages), (Said("", value),))
