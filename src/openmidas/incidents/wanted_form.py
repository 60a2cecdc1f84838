"""The form above a list of incidents: which to show."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.incidents import limits, wording
from openmidas.incidents.overview import Wanted

DAYS = (1, 7, 30, 90)


class State(TextChoices):
    """Whether an incident goes on."""

    OPEN = "open", pgettext_lazy("incidents", "open")
    CLOSED = "closed", pgettext_lazy("incidents", "closed")


ALL = pgettext_lazy("incidents", "all")
EVERY = pgettext_lazy("kinds, severities", "all")


class WantedForm(forms.Form):
    """Which incidents to show. ``posts``: among which to choose, none at a post."""

    post = forms.TypedChoiceField(label=_("Post"), required=False, coerce=UUID, empty_value=None)
    state = forms.ChoiceField(
        label=pgettext_lazy("incident", "State"),
        required=False,
        choices=[("", ALL), *State.choices],
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("incident", "Kind"),
        required=False,
        choices=[("", EVERY), *wording.KINDS.items()],
    )
    severity = forms.ChoiceField(
        label=pgettext_lazy("incident", "Severity"),
        required=False,
        choices=[("", EVERY), *wording.SEVERITIES.items()],
    )
    days = forms.TypedChoiceField(
        label=_("Reported in the last days"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", ALL), *((days, days) for days in DAYS)],
    )

    text = forms.CharField(
        label=_("Number or plate"),
        required=False,
        max_length=limits.PLATE,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, posts: list[tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  declared so above
        if posts is None:
            del self.fields["post"]
        else:
            field.choices = [("", ALL), *posts]

    def wanted(self) -> Wanted:
        """What a valid form asks for."""
        return Wanted(**self.cleaned_data)
