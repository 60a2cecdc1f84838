"""The forms about systems. They say what is missing; the services say what is not allowed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.api.models import LONGEST_NAME, LONGEST_TEXT
from openmidas.api.scopes import Scope
from openmidas.api.services import LONGEST_LIFE, Admission
from openmidas.api.wording import SCOPE_NAMES, word
from openmidas.nodes.services import node_day
from openmidas.posts.refusals import Refused

USUAL_LIFE = timedelta(days=364)
_FIELDS = {
    "system.name_malformed": "name",
    "system.name_taken": "name",
    "system.responsible_missing": "responsible",
    "system.purpose_missing": "purpose",
    "system.scopes_missing": "scopes",
    "system.persons_alone": "scopes",
    "system.expiry_impossible": "last_day",
}


class AdmitForm(forms.Form):
    """A system that is to get a token."""

    name = forms.CharField(
        label=_("Name of the system"),
        max_length=LONGEST_NAME,
        help_text=_("And the service that runs it: “Visa system, Ministry of Foreign Affairs”."),
    )
    responsible = forms.CharField(
        label=_("Responsible there"),
        max_length=LONGEST_NAME,
        help_text=_("A person or an office that answers when something is wrong."),
    )
    purpose = forms.CharField(
        label=pgettext_lazy("token", "Purpose"),
        max_length=LONGEST_TEXT,
        help_text=_("What the system needs this for, and by which law or agreement."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("May ask for"),
        choices=[(scope.value, name) for scope, name in SCOPE_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    last_day = forms.DateField(
        label=_("Last day of the token"),
        help_text=_("At most a year from now."),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = node_day() + USUAL_LIFE

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if day > node_day() + LONGEST_LIFE:  # also keeps clear of the end of the calendar
            raise forms.ValidationError(word(Refused("system.expiry_impossible")))
        return day

    def admission(self) -> Admission:
        """What a valid form asks for."""
        data = self.cleaned_data
        end = datetime.combine(data["last_day"] + timedelta(days=1), time.min)
        return Admission(
            name=data["name"],
            responsible=data["responsible"],
            purpose=data["purpose"],
            scopes=frozenset(Scope(scope) for scope in data["scopes"]),
            expires=timezone.make_aware(end),
        )

    def refuse(self, refused: Refused) -> None:
        """Tell beside its field why no token was made."""
        self.add_error(_FIELDS.get(refused.code), word(refused))


class RevokeForm(forms.Form):
    """Why a system is shut out."""

    reason = forms.CharField(label=_("Reason"), max_length=LONGEST_TEXT)
