"""The form of a file of listings: the file, and what is said once for all of its rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openmidas.lists.national.categories import Action, Category
from openmidas.lists.national.entries import Said
from openmidas.lists.national.forms import ListingForm
from openmidas.lists.national.previewing import TableFile

ENCODINGS = [("", "UTF-8, UTF-16"), ("cp1252", "Windows-1252 (cp1252)")]


class UploadForm(ListingForm):
    """A listing's form without who is listed, which the file says."""

    field_order = ("file", "encoding")
    names = births = sex = nationalities = documents = None  # type: ignore[assignment]  # Django: gone
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX, headings in French or English: the empty table has them."),
    )
    encoding = forms.ChoiceField(
        label=_("Encoding of a CSV file"),
        help_text=_("If accents come out wrong, it is the other one."),
        choices=ENCODINGS,
        required=False,
    )

    def table(self) -> TableFile:
        """The file, of a valid form."""
        given = self.cleaned_data["file"]
        return TableFile(given.name, given.read(), self.cleaned_data["encoding"])

    def said(self) -> Said:
        """What holds for every row that does not say otherwise, of a valid form."""
        data: dict[str, Any] = self.cleaned_data
        return Said(
            category=Category(data["category"]),
            action=Action(data["action"]),
            discreet=data["discreet"],
            expires_on=data["expires_on"],
            reason=data["reason"].strip(),
            legal_basis=data["legal_basis"].strip(),
            authority=data["authority"].strip(),
            told=data["told"].strip(),
        )
