"""Codes of stays in words: ``{{ row.level|likeness }}``."""

from __future__ import annotations

from django import template

from openmidas.flows.stays.wording import LEVELS, OUTCOMES

register = template.Library()


@register.filter
def likeness(level: str) -> str:
    """How alike two travellers are."""
    return str(LEVELS.get(level, level))


@register.filter
def match_outcome(outcome: str) -> str:
    """What was decided on two crossings."""
    return str(OUTCOMES.get(outcome, outcome))
