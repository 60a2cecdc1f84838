"""``{% beside_the_traveller crossing %}``: what rooms above show at the second line."""

from __future__ import annotations

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from openmidas.crossings.beside import sections_for
from openmidas.crossings.models import Crossing
from openmidas.posts.access import signed_in

register = template.Library()


@register.simple_tag(takes_context=True)
def beside_the_traveller(context: Context, crossing: Crossing) -> SafeString:
    """The sections of all rooms above, one below the other."""
    request = context["request"]
    parts = (
        (render_to_string(one.template, dict(one.context), request),)
        for one in sections_for(signed_in(request), crossing)
    )
    return format_html_join("", "{}", parts)
