"""The forms of certificates: a file, and the few words that go with each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.issuers import limits

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class FileForm(forms.Form):
    """A file of certificates."""

    file = forms.FileField(
        label=pgettext_lazy("certificates", "File"),
        help_text=_(
            "The certificate of an authority of a State, CSCA, or of a seal signer (.cer, .der, .pem), a "
            "master list (.ml), a list of revoked certificates (.crl), or a download of ICAO’s directory "
            "(.ldif)."
        ),
    )


def _words(label: _StrPromise, help_text: _StrPromise | str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        min_length=limits.SHORTEST,
        max_length=limits.WORDS,
        widget=forms.Textarea({"rows": 2, "dir": "auto", "autocomplete": "off"}),
    )


class ObtainedForm(forms.Form):
    """How a certificate came here."""

    words = _words(
        _("How it was obtained"),
        _(
            "From which office, by which way, on which day. No name of a person: every post gets this."
        ),
    )


class CertificateForm(ObtainedForm):
    """The same of a certificate that comes without a list, and whether lists are taken under it."""

    signs_lists = forms.BooleanField(
        label=_("It may sign master lists"),
        help_text=_(
            "Lists signed under it will be taken by one officer, with authorities of any State. "
            "Leave this empty where only documents of this State are to be checked."
        ),
        required=False,
    )


class ReasonForm(forms.Form):
    """Why something is not taken, or taken off."""

    words = _words(pgettext_lazy("certificate", "Why"))
