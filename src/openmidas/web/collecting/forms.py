"""What is written down of a traveller while the post is shut, and who writes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openmidas.crossings import limits
from openmidas.crossings.birth import NotADateError, read_birth
from openmidas.crossings.collecting import Sheet
from openmidas.crossings.entries import CollectedOutcome
from openmidas.crossings.inspection import Direction, Document, Journey, Traveller
from openmidas.crossings.reading import document_of, read_document, traveller_of
from openmidas.crossings.words import DIRECTIONS, OUTCOMES, SEXES, states_to_choose
from openmidas.documents import PartialDate

_TYPED = {"autocomplete": "off", "spellcheck": "false"}


class CollectorForm(forms.Form):
    """Number, PIN, and the lane at a post that has lanes."""

    number = forms.CharField(
        label=_("User name"),
        max_length=64,
        widget=forms.TextInput({**_TYPED, "autocapitalize": "none", "autofocus": True}),
    )
    pin = forms.CharField(
        label=_("PIN"),
        max_length=12,
        widget=forms.PasswordInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    lane = forms.ChoiceField(label=_("Lane"), required=False)

    def __init__(self, *args: Any, lanes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lane"] = forms.ChoiceField(
            label=_("Lane"), required=False, choices=[("", "–"), *((lane, lane) for lane in lanes)]
        )


class SheetForm(forms.Form):
    """A traveller: the lines of a document, or what is typed, or both; what is typed holds."""

    zone = forms.CharField(
        label=_("Machine readable lines"),
        required=False,
        max_length=200,
        help_text=_("Scan the document here, or leave this empty and type."),
        widget=forms.Textarea(
            {**_TYPED, "rows": 3, "class": "mono", "dir": "ltr", "autofocus": True}
        ),
    )
    surname = forms.CharField(label=_("Surname"), required=False, max_length=limits.NAME)
    given_names = forms.CharField(label=_("Given names"), required=False, max_length=limits.NAME)
    number = forms.CharField(
        label=_("Number of the document"), required=False, max_length=limits.NUMBER
    )
    nationality = forms.ChoiceField(label=_("Nationality"), required=False)
    birth = forms.CharField(
        label=_("Born"),
        required=False,
        max_length=40,
        help_text=_("1974, March 1974, 12/03/1974, 30 years"),
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False)
    direction = forms.ChoiceField(label=_("Direction"))
    outcome = forms.ChoiceField(
        label=_("Decision"), error_messages={"required": _("Say what you decided.")}
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=limits.NOTE, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        states = states_to_choose()
        choices: dict[str, list[Any]] = {
            "nationality": [
                ("", _("unknown")),
                (_("Region"), list(states.region)),
                (_("World"), list(states.world)),
            ],
            "sex": [("", "–"), *SEXES.items()],
            "direction": list(DIRECTIONS.items()),
            # Nothing is chosen beforehand: nobody shall be admitted because a field was passed over.
            "outcome": [
                ("", _("Choose the decision")),
                *((code.value, OUTCOMES[code.value]) for code in CollectedOutcome),
            ],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so above
            field.choices = offered
        for name in ("surname", "given_names", "number", "birth"):
            self.fields[name].widget.attrs.update(_TYPED)

    def clean_birth(self) -> PartialDate | None:
        """The date, as far as it was given."""
        try:
            return read_birth(self.cleaned_data["birth"], today=self._today)
        except NotADateError as error:
            raise forms.ValidationError(
                _("Birth date not understood. Try: 1974, March 1974, 12/03/1974, 30 years.")
            ) from error

    def clean(self) -> dict[str, Any]:
        """Read the lines. Somebody must be named, by them or by what was typed."""
        said = super().clean() or self.cleaned_data
        reading = read_document(said["zone"], self._today) if said.get("zone") else None
        if said.get("zone") and reading is None:
            self.add_error(
                "zone", _("These are no machine readable lines. Type the traveller instead.")
            )
        elif reading is None and not (said.get("surname") or said.get("given_names")):
            self.add_error("surname", _("Type the traveller's names."))
        said["reading"] = reading
        return said

    def sheet(self) -> Sheet:
        """What was written down."""
        said, reading = self.cleaned_data, self.cleaned_data["reading"]
        read = traveller_of(reading) if reading else Traveller()
        document = document_of(reading) if reading else Document(issuer=said["nationality"])
        if said["number"]:
            document = _with_number(document, said["number"].upper().replace(" ", ""))
        return Sheet(
            traveller=Traveller(
                surname=" ".join(said["surname"].split()) or read.surname,
                given_names=" ".join(said["given_names"].split()) or read.given_names,
                birth=said["birth"] or read.birth,
                sex=said["sex"] or read.sex,
                nationality=said["nationality"] or read.nationality,
            ),
            document=document if document.number else Document(),
            journey=Journey(direction=Direction(said["direction"])),
            outcome=CollectedOutcome(said["outcome"]),
            note=said["note"],
        )


def _with_number(document: Document, number: str) -> Document:
    """The document with a number that was typed: then it is one that was not read by a machine."""
    if document.number == number:
        return document
    return Document(
        code=document.code, number=number, issuer=document.issuer, expiry=document.expiry
    )
