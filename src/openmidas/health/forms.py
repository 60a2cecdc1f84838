"""The forms of health checks. They say what is not understood; the services say what cannot be."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.crossings.limits import PLACE
from openmidas.health import limits
from openmidas.health.contacts import Asked
from openmidas.health.definitions import Definition, Symptom
from openmidas.health.entries import Contact, Visit
from openmidas.health.services import Checked
from openmidas.health.wording import CONTACTS, SYMPTOMS, name_of, refusal
from openmidas.incidents.forms import NumberField
from openmidas.posts.refusals import Refused

USUAL_DAYS = 21
"""Where no definitions are published: the longest usual incubation time."""
USUAL_MINUTES = 15
ROWS = range(1, limits.MOST_PLACES + 1)
SHOWN = limits.MOST_PLACES // 2
"""Rows of places that the form shows at first."""
FIELD_OF = {
    "health.temperature": "temperature",
    "health.other": "words",
    "health.visit": "place_1",
    "health.days": "days_1",
    "health.nothing_said": "temperature",
}
"""Beside which field it is told that something is refused; else above the form."""


class CheckForm(forms.Form):
    """One check. ``days``: within which contact and places count."""

    temperature = NumberField(label=_("Temperature (°C)"), required=False)
    symptoms = forms.TypedMultipleChoiceField(
        label=_("Signs that you see or are told"),
        required=False,
        coerce=Symptom,
        choices=list(SYMPTOMS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    contact = forms.TypedChoiceField(
        coerce=Contact,
        choices=[(code, CONTACTS[code]) for code in Contact],
        initial=Contact.UNKNOWN,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=pgettext_lazy("health check", "In words"),
        required=False,
        max_length=limits.WORDS,
        help_text=_("What was seen, since when. No diagnosis."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, days: int = USUAL_DAYS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = _("Contact with a sick or dead person in the last %(days)s days")
        self.fields["contact"].label = asked % {"days": days}
        for row in ROWS:
            self.fields[f"place_{row}"] = forms.CharField(
                label=_("Place"),
                required=False,
                max_length=PLACE,
                widget=forms.TextInput({"autocomplete": "off", "list": "places"}),
            )
            self.fields[f"days_{row}"] = forms.IntegerField(
                label=_("Days ago"),
                required=False,
                min_value=0,
                max_value=limits.FURTHEST_BACK,
                widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the itinerary, two and two."""
        return [(self[f"place_{row}"], self[f"days_{row}"]) for row in ROWS[:SHOWN]]

    @property
    def more_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Those for whoever was in more places."""
        return [(self[f"place_{row}"], self[f"days_{row}"]) for row in ROWS[SHOWN:]]

    @property
    def more_said(self) -> bool:
        """Whether something was typed there."""
        return any(place.value() or days.value() for place, days in self.more_rows)

    def clean(self) -> dict[str, Any]:
        """To each place belongs how many days ago, and to each a place."""
        data = super().clean() or {}
        for row in ROWS:
            place, days = data.get(f"place_{row}", ""), data.get(f"days_{row}")
            if f"days_{row}" not in self.errors and bool(place) != (days is not None):
                missing = f"days_{row}" if place else f"place_{row}"
                self.add_error(missing, str(refusal(Refused("health.visit"))))
        return data

    def said(self, check: UUID) -> Checked:
        """The check, of a valid form."""
        data = self.cleaned_data
        visits = (
            Visit(place=data[f"place_{row}"], days_ago=data[f"days_{row}"])
            for row in ROWS
            if data[f"place_{row}"]
        )
        return Checked(
            check=check,
            temperature=data["temperature"],
            symptoms=tuple(data["symptoms"]),
            contact=data["contact"],
            itinerary=tuple(visits),
            words=data["words"],
        )

    def refuse(self, refused: Refused) -> None:
        """Tell at its field, or above the form, why it is not possible."""
        self.add_error(FIELD_OF.get(refused.code), str(refusal(refused)))


class ContactsForm(forms.Form):
    """How far contacts are looked for: as a definition says, or in minutes and days of one's own."""

    days = forms.IntegerField(
        label=_("Days before and after"),
        min_value=1,
        max_value=limits.FURTHEST_BACK,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    minutes = forms.IntegerField(
        label=_("Minutes apart at the lane"),
        min_value=0,
        max_value=limits.MOST_MINUTES,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def asked(self) -> Asked:
        """How far, of a valid form."""
        return Asked(days=self.cleaned_data["days"], minutes=self.cleaned_data["minutes"])


def usual(met: list[Definition]) -> Asked:
    """How far contacts are looked for at first: the widest of the definitions that were met."""
    return Asked(
        days=max((one.days for one in met), default=USUAL_DAYS),
        minutes=max((one.minutes for one in met), default=USUAL_MINUTES),
    )


def names_of(met: list[Definition]) -> str:
    """The names of these definitions, for saying whose window it is."""
    return ", ".join(name_of(one.name) for one in met)
