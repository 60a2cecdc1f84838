"""The codes of served refusals in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.cases.refusal_form.entries import Signed, Understood

Words = str | Promise

UNDERSTOOD: Mapping[str, Words] = {
    Understood.READ: _("The traveller read it"),
    Understood.READ_OUT: _("It was read out to them"),
    Understood.INTERPRETER: _("Through an interpreter"),
}
SIGNED: Mapping[str, Words] = {
    Signed.SIGNED: pgettext_lazy("form", "signed"),
    Signed.DECLINED: pgettext_lazy("form", "did not want to sign"),
    Signed.UNABLE: pgettext_lazy("form", "could not sign"),
}
SPOKEN: tuple[Words, ...] = (
    _("French"),
    _("Bambara"),
    _("Fulfulde"),
    _("Hausa"),
    _("Zarma or Songhay"),
    _("Tamasheq"),
    _("Soninke"),
    _("Malinke"),
    _("Wolof"),
    _("Arabic"),
    _("English"),
    _("Portuguese"),
)
"""The languages that are offered; any other is typed."""
REFUSALS: Mapping[str, Words] = {
    "refusal.unknown": _("No such refusal was decided at this post."),
    "refusal.language": _("Say which language the traveller understands."),
}
