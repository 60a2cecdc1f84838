"""What a sealed post asks for: names, pass phrases, and a token where it is on no stick in the machine."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openmidas.nodes.sealing.sealed import Phrase
from openmidas.nodes.sealing.tokens import MOST_BYTES
from openmidas.web.gate.wording import NO_TOKEN_FILE


class UnsealForm(forms.Form):
    """Name and pass phrase of as many officers as it takes, one below the other."""

    def __init__(self, *args: Any, need: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._numbers = range(1, need + 1)
        for number in self._numbers:
            self.fields[f"officer_{number}"] = forms.CharField(
                label=_("Officer") if need == 1 else _("Officer %(number)s") % {"number": number},
                max_length=120,
                widget=forms.TextInput({"autocomplete": "off", "autofocus": number == 1}),
            )
            self.fields[f"phrase_{number}"] = forms.CharField(
                label=_("Pass phrase"),
                strip=False,
                max_length=256,
                widget=forms.PasswordInput({"autocomplete": "off"}),
            )
        self.fields["token"] = forms.FileField(
            label=_("Token"),
            required=False,
            help_text=_(
                "Only where its stick is in this workstation and not in the post’s machine."
            ),
        )

    def clean_token(self) -> bytes | None:
        """What the file holds."""
        file = self.cleaned_data["token"]
        if file is None:
            return None
        if file.size > MOST_BYTES:
            raise forms.ValidationError(NO_TOKEN_FILE)
        return bytes(file.read())

    def phrases(self) -> list[Phrase]:
        """What was typed."""
        said = self.cleaned_data
        return [Phrase(said[f"officer_{n}"], said[f"phrase_{n}"]) for n in self._numbers]
