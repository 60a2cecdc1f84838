"""The words of complaints, for templates."""

from __future__ import annotations

from django import template

from openmidas.rights.wording import OUTCOMES, SHORT_KINDS

register = template.Library()


@register.filter
def complaint_words(code: str, of: str) -> str:
    """The words for a code, ``of``: "kind" or "outcome"; the code where a newer HQ knows more."""
    words = SHORT_KINDS if of == "kind" else OUTCOMES
    return str(words.get(code, code))
