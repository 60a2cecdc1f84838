"""The forms of displacements. They say what is not understood; the services say what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openmidas.crossings.inspection import Direction
from openmidas.crossings.overview import EARLIEST, LATEST
from openmidas.displacements import limits, wording
from openmidas.displacements.entries import Cause, Need, People, Special
from openmidas.displacements.models import PEOPLE, SPECIAL, DisplacementCount
from openmidas.displacements.services import Count, Opening
from openmidas.posts.refusals import Refused

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_MOMENT = "%Y-%m-%dT%H:%M"
_FIELD_OF = {
    "displacement.origin_missing": "origin",
    "displacement.hours": "since",
    "displacement.nobody": "women",
}
"""Beside which field it is told that something is refused; else above the form."""
_PLAIN = {"autocomplete": "off"}


class RefusableForm(forms.Form):
    """A form that says why a service refused what stands in it."""

    def refuse(self, refused: Refused) -> None:
        """Tell it beside the field that it is about, or above all fields."""
        field = _FIELD_OF.get(refused.code)
        self.add_error(field if field in self.fields else None, wording.refusal(refused))


class OpeningForm(RefusableForm):
    """A new displacement. ``incidents``: those that may have told of it, each with its words."""

    origin = forms.CharField(
        label=_("Where they come from"),
        max_length=limits.PLACE,
        widget=forms.TextInput(_PLAIN),
        error_messages={"required": _("Say where these people come from.")},
    )
    destination = forms.CharField(
        label=_("Where they go"),
        required=False,
        max_length=limits.PLACE,
        widget=forms.TextInput(_PLAIN),
    )
    since = forms.DateField(
        label=_("Since when"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        error_messages={"required": _("Give the day when they began to arrive.")},
    )
    cause = forms.ChoiceField(
        label=_("Why they had to leave"),
        choices=list(wording.CAUSES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why they had to leave.")},
    )
    direction = forms.ChoiceField(label=_("Direction"), choices=list(wording.DIRECTIONS.items()))
    incident = forms.TypedChoiceField(
        label=_("Incident that told of it"), required=False, coerce=UUID, empty_value=None
    )
    words = forms.CharField(
        label=_("In a few words"),
        required=False,
        max_length=limits.WORDS,
        help_text=_("Name nobody."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, incidents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["incident"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  declared so above
        field.choices = [("", "–"), *incidents]

    def opening(self) -> Opening:
        """What a valid form says."""
        said = self.cleaned_data
        return Opening(
            **said | {"cause": Cause(said["cause"]), "direction": Direction(said["direction"])}
        )


class NumberOfPeople(forms.IntegerField):
    """People of one group; nothing typed is nobody."""

    def __init__(self, label: _StrPromise) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=0,
            max_value=limits.MOST_PEOPLE,
            widget=forms.TextInput({"inputmode": "numeric", "maxlength": 7, **_PLAIN}),
            error_messages={"invalid": _("Give the number in digits.")},
        )

    def clean(self, value: Any) -> int:
        """The number. Raises `ValidationError`."""
        return super().clean(value) or 0


class CountForm(RefusableForm):
    """A count: a number for each group of people, what they need, when and where."""

    needs = forms.MultipleChoiceField(
        label=_("What they lack"),
        required=False,
        choices=list(wording.NEEDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    about = forms.BooleanField(label=_("About: an estimate"), required=False)
    since = forms.DateTimeField(
        label=_("Counted since"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, _MOMENT),
    )
    until = forms.DateTimeField(
        label=_("Counted until"),
        required=False,
        help_text=_("Empty: now."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, _MOMENT),
    )
    place = forms.CharField(
        label=_("Place"),
        required=False,
        max_length=limits.PLACE,
        help_text=_("Empty: at the post."),
        widget=forms.TextInput(_PLAIN),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for words in (wording.GROUPS, wording.SPECIAL):
            for name, label in words.items():
                self.fields[name] = NumberOfPeople(label)

    @property
    def groups(self) -> list[forms.BoundField]:
        """The fields of `entries.People`."""
        return [self[name] for name in wording.GROUPS]

    @property
    def special(self) -> list[forms.BoundField]:
        """The fields of `entries.Special`."""
        return [self[name] for name in wording.SPECIAL]

    def count(self, instead_of: UUID | None) -> Count:
        """What a valid form says. ``instead_of``: the count that it corrects."""
        said = self.cleaned_data
        return Count(
            people=People(**{name: said[name] for name in PEOPLE}),
            special=Special(**{name: said[name] for name in SPECIAL}),
            needs=tuple(Need(need) for need in said["needs"]),
            since=said["since"],
            until=said["until"],
            place=said["place"],
            about=said["about"],
            instead_of=instead_of,
        )


def values_of(row: DisplacementCount) -> dict[str, Any]:
    """A count as the form has it, so that it can be corrected."""
    numbers = {name: getattr(row, name) or "" for name in (*PEOPLE, *SPECIAL)}
    return {
        **numbers,
        "needs": row.needs,
        "about": row.about,
        "since": timezone.localtime(row.since) if row.since else None,
        "until": timezone.localtime(row.until),
        "place": row.place,
    }
