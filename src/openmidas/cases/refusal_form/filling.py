"""What stands on the form of a refusal, in one language.

After the standard form of the Schengen Borders Code (Annex V, part B): who, where, when, the reason,
the law it rests on, and what the traveller can do against it. Law and remedy are data of the State
(`crossings.rules`); what it has not published is left open, to be filled in by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from openmidas.crossings.facts import rules_in_force
from openmidas.crossings.inspection import Direction
from openmidas.crossings.models import Crossing
from openmidas.crossings.rules import RefusalLaw, Texts
from openmidas.crossings.words import REFUSAL_REASONS, state_in_words
from openmidas.nodes.identity import this_node

LANGUAGES: Mapping[str, str] = {
    "fr": "Français",
    "en": "English",
    "ar": "العربية",
    "pt": "Português",
}
"""The languages that the form is written in, each by its own name."""
BY_HAND = "." * 70


class Line(msgspec.Struct, frozen=True):
    """A field of the form and what stands in it."""

    label: str
    value: str


class Filled(msgspec.Struct, frozen=True, kw_only=True):
    """The form as it is set. ``right_to_left``: its direction of writing."""

    language: str
    right_to_left: bool
    title: str
    subtitle: str
    facts: tuple[Line, ...]
    sentence: str
    reason: str
    grounds: tuple[Line, ...]
    notices: tuple[str, ...]
    signatures: tuple[str, ...]


def fill(row: Crossing, language: str) -> Filled:
    """The form of a crossing that was refused, in one of `LANGUAGES`."""
    with override(language):
        return _filled(row, language)


def _filled(row: Crossing, language: str) -> Filled:
    entering = row.direction == Direction.ENTRY
    return Filled(
        language=language,
        right_to_left=language == "ar",
        title=_("Refusal of entry") if entering else _("Refusal of exit"),
        subtitle=_("Given to the traveller. This paper costs nothing."),
        facts=tuple(_facts(row)),
        sentence=_("You may not enter the territory, for this reason:")
        if entering
        else _("You may not leave the territory, for this reason:"),
        reason=str(REFUSAL_REASONS.get(row.refusal_reason, row.refusal_reason)),
        grounds=_grounds(row, language),
        notices=(
            _("You may ask for this to be explained in a language that you understand."),
            _("You may ask to call your consulate, your family or a lawyer."),
            _(
                "If you would be in danger where you have to go back to, say so now: it is examined"
                " before you are sent anywhere."
            ),
            _("Nobody may ask you for money. If somebody does, you can complain."),
        ),
        signatures=(_("Signature of the officer"), _("Signature of the traveller")),
    )


def _facts(row: Crossing) -> tuple[Line, ...]:
    decided = timezone.localtime(row.resolved_at or row.at)
    document = f"{row.document_issuer} {row.document_number}".strip()
    return (
        Line(_("Border post"), this_node().config.name),
        Line(_("Date and time"), _left_to_right(f"{decided:%Y-%m-%d %H:%M}")),
        Line(_("Number of this decision"), str(row.id)),
        Line(_("Surname"), row.surname or "–"),
        Line(_("Given names"), row.given_names or "–"),
        Line(_("Born"), row.birth or "–"),
        Line(_("Nationality"), state_in_words(row.nationality) if row.nationality else "–"),
        Line(_("Document"), _left_to_right(document) if document else "–"),
    )


def _left_to_right(text: str) -> str:
    """Keeps its order within Arabic (Unicode's isolates)."""
    return f"\u2066{text}\u2069"


def _grounds(row: Crossing, language: str) -> tuple[Line, ...]:
    in_force = rules_in_force()
    law = in_force.rules.refusal if in_force else RefusalLaw()
    basis = next((one.basis for one in law.bases if one.reason == row.refusal_reason), Texts())
    return (
        Line(_("Legal basis"), basis.of(language) or BY_HAND),
        Line(_("What you can do against it"), law.remedy.of(language) or BY_HAND),
        Line(_("Authority that decides on it"), law.authority.of(language) or BY_HAND),
    )
