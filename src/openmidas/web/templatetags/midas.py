"""What every template may use: icons, names of States, the links that an officer may follow."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from openmidas.crossings.words import state_in_words
from openmidas.web.icons import ICONS
from openmidas.web.navigation import Navigation, navigation_for

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of `openmidas.web.icons`, inline, hidden from screen readers."""
    return format_html(
        '<svg class="icon icon--{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        name,
        mark_safe(ICONS[name]),  # noqa: S308  # drawings of our own
    )


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> Navigation:
    """The pages that the signed-in officer may open, in the order of the work."""
    return navigation_for(context["request"])


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """The languages that officers may choose."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


@register.filter
def state(code: str) -> str:
    """The name of a State in the language of the page; its code where there is no name."""
    return state_in_words(code)
