"""The forms of incidents. They say what is not understood; the services say what cannot be."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.incidents import limits, wording
from openmidas.incidents.entries import Away, Bearing, IncidentKind, Place, Point, Severity, Told
from openmidas.incidents.entries import Source as WhoReports
from openmidas.incidents.linking import Links, plates_in
from openmidas.incidents.services import Report, Update, milliseconds
from openmidas.posts.refusals import Refused

FIELD_OF = {
    "incident.in_future": "happened_at",
    "incident.too_old": "happened_at",
    "incident.away_from_nowhere": "place",
    "plate.not_one": "plates",
    "link.too_many": "plates",
}
"""Beside which field it is told that something is refused; else above the form."""


class NumberField(forms.FloatField):
    """A number with a comma or a point in it, whichever the officer is used to."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]  # stubs say int
        typed = value.strip().replace(",", ".") if isinstance(value, str) else value
        return super().to_python(typed)


class ToldForm(forms.Form):
    """What can be said of an incident at first, or later.

    ``crossings``, ``others``: what may be linked, each with its words.
    """

    words = forms.CharField(
        label=_("What happened"),
        required=False,
        max_length=limits.WORDS,
        help_text=_("Name nobody who need not be named, and nothing on anybody’s health or faith."),
        widget=forms.Textarea({"rows": 3}),
    )
    happened_at = forms.DateTimeField(
        label=_("When it happened"),
        required=False,
        help_text=_("If it was not just now."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
    )
    people = forms.IntegerField(
        label=_("People involved"),
        required=False,
        min_value=0,
        max_value=limits.MOST_PEOPLE,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=limits.PLACE,
        help_text=_("Empty: at the post."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    kilometres = NumberField(
        label=_("Kilometres from there"),
        required=False,
        validators=[MinValueValidator(0.1), MaxValueValidator(limits.MOST_KILOMETRES)],
    )
    bearing = forms.ChoiceField(
        label=_("In which direction"),
        required=False,
        choices=[("", "–"), *wording.BEARINGS.items()],
    )
    latitude = NumberField(
        label=_("Latitude"),
        required=False,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = NumberField(
        label=_("Longitude"),
        required=False,
        help_text=_("In degrees, as a telephone or the map gives them: 11.957 and -8.781."),
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    plates = forms.CharField(
        label=_("Plates of vehicles"),
        required=False,
        max_length=limits.MOST_LINKED * (limits.PLATE + 2),
        help_text=_("A comma between two."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
    crossings = forms.TypedMultipleChoiceField(
        label=_("Crossings it has to do with"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.TypedMultipleChoiceField(
        label=_("Other incidents it has to do with"),
        required=False,
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        crossings: list[tuple[str, str]] | None = None,
        others: list[tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (("crossings", crossings), ("others", others)):
            field = self.fields[name]
            assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101  declared so above
            if offered:
                field.choices = offered
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A point has two numbers, and a distance a direction."""
        said = super().clean() or self.cleaned_data
        for one, other, told in (
            ("latitude", "longitude", _("A point on the map has a latitude and a longitude.")),
            ("kilometres", "bearing", _("Say both how far and in which direction.")),
        ):
            given = [said.get(one) not in (None, ""), said.get(other) not in (None, "")]
            if (
                any(given)
                and not all(given)
                and one not in self.errors
                and other not in self.errors
            ):
                self.add_error(other if given[0] else one, told)
        return said

    def told(self) -> Told:
        """What a valid form says."""
        said = self.cleaned_data
        happened_at = said["happened_at"]
        return Told(
            words=said["words"],
            happened_at=milliseconds(happened_at) if happened_at else None,
            place=self._place(),
            people=said["people"],
        )

    def links(self) -> Links:
        """What a valid form links. Raises `Refused` ``plate.not_one``."""
        said = self.cleaned_data
        return Links(
            crossings=tuple(said.get("crossings", ())),
            plates=plates_in(said["plates"]),
            others=tuple(said.get("others", ())),
        )

    def refuse(self, refused: Refused) -> None:
        """Tell beside its field, if it has one, why the form was refused."""
        self.add_error(FIELD_OF.get(refused.code), wording.refusal(refused))

    @property
    def says_more(self) -> bool:
        """Whether anything but the words is filled in or wrong: then it must be seen."""
        main = {"kind", "severity", "words"}
        return bool({*self.changed_data, *self.errors} - main - {"__all__"})

    def _place(self) -> Place | None:
        said = self.cleaned_data
        latitude, longitude = said["latitude"], said["longitude"]
        point = None if latitude is None else Point(latitude=latitude, longitude=longitude)
        far, bearing = said["kilometres"], said["bearing"]
        away = None if far is None else Away(kilometres=far, bearing=Bearing(bearing))
        if not said["place"] and point is None and away is None:
            return None
        return Place(name=said["place"], point=point, away=away)


class ReportForm(ToldForm):
    """A new incident: kind and severity are enough."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("incident", "Kind"),
        choices=list(wording.KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    severity = forms.ChoiceField(
        label=pgettext_lazy("incident", "Severity"),
        choices=list(wording.SEVERITIES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how bad it is.")},
    )
    source = forms.ChoiceField(
        label=_("Who reports it"),
        required=False,
        # What the public writes, the public writes.
        choices=[each for each in wording.SOURCES.items() if each[0] != WhoReports.PUBLIC],
        help_text=_("Of who wants to stay unknown write nothing that tells who it is."),
    )

    def report(self) -> Report:
        """What a valid form reports. Raises `Refused` ``plate.not_one``."""
        said = self.cleaned_data
        return Report(
            kind=IncidentKind(said["kind"]),
            severity=Severity(said["severity"]),
            source=WhoReports(said["source"] or WhoReports.OFFICER),
            told=self.told(),
            links=self.links(),
        )


class UpdateForm(ToldForm):
    """More of an incident."""

    severity = forms.ChoiceField(
        label=pgettext_lazy("incident", "Severity"),
        required=False,
        choices=[("", _("as it is")), *wording.SEVERITIES.items()],
    )

    def update(self) -> Update:
        """What a valid form adds. Raises `Refused` ``plate.not_one``."""
        severity = self.cleaned_data["severity"]
        return Update(
            severity=Severity(severity) if severity else None,
            told=self.told(),
            links=self.links(),
        )
