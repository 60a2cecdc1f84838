"""The forms of the State's own lists. They read what was typed; the services say what is not allowed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from openmidas.lists.national.categories import Action, Category
from openmidas.lists.national.entries import MOST_LIMIT_DAYS, Said
from openmidas.lists.national.lines import (
    LineError,
    births_text,
    documents_text,
    names_text,
    read_births,
    read_documents,
    read_names,
    read_states,
)
from openmidas.lists.national.models import NationalList
from openmidas.lists.national.owners import READERS, list_officers
from openmidas.lists.national.wording import ACTIONS, CATEGORIES, SEXES, word
from openmidas.posts.refusals import Refused
from openmidas.posts.wording import ROLE_NAMES

# Which field of the form a refusal is told beside.
_FIELDS = {
    "said.expires_past": "expires_on",
    "said.expires_late": "expires_on",
    "said.nobody": "names",
    "said.state": "nationalities",
    "said.many": "names",
    "reason.missing": "why",
    "list.code_taken": "code",
}


class Refusing(forms.Form):
    """A form that tells beside a field why it was refused, or at its top."""

    def refuse(self, refused: Refused) -> None:
        """Say why, at the field that it is about."""
        field = _FIELDS.get(refused.code, refused.code.rpartition(".")[2])
        self.add_error(field if field in self.fields else None, word(refused))


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "dir": "auto", "autocomplete": "off"})


class ListingForm(Refusing):
    """A listing, as an owner of the list writes it."""

    category = forms.ChoiceField(
        label=_("Category"), choices=[("", "–"), *((str(c), w) for c, w in CATEGORIES.items())]
    )
    action = forms.ChoiceField(
        label=_("What the post does"),
        choices=[("", "–"), *((str(c), w) for c, w in ACTIONS.items())],
    )
    expires_on = forms.DateField(
        label=_("Review date"),
        help_text=_("The last day that it holds, unless it is prolonged before."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    discreet = forms.BooleanField(
        label=_("Discreet: nobody at the lane notices more than what the action asks"),
        required=False,
    )
    names = forms.CharField(
        label=_("Names"),
        help_text=_("One a line, the main one first. None: the document alone is listed."),
        required=False,
        max_length=12_000,
        widget=_area(3),
    )
    births = forms.CharField(
        label=_("Born"),
        help_text=_("One a line: 1974-03-12, 1974-03, 1974, ~1974 (about), 1970..1975."),
        required=False,
        max_length=12_000,
        widget=_area(3),
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", "–"), *SEXES.items()])
    nationalities = forms.CharField(
        label=_("Nationalities"),
        help_text=_("Three letters each: MLI, NER."),
        required=False,
        max_length=400,
    )
    documents = forms.CharField(
        label=_("Documents"),
        help_text=_("One a line: AA1234567, MLI, P. P is a passport, I an identity card."),
        required=False,
        max_length=20_000,
        widget=_area(3),
    )
    told = forms.CharField(
        label=_("What the second line is told"),
        help_text=_("All that a post reads of it, beside category and action."),
        required=False,
        max_length=500,
        widget=_area(2),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Stays at headquarters."),
        max_length=2_000,
        widget=_area(2),
    )
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=200)
    authority = forms.CharField(label=_("Authority"), max_length=200)
    why = forms.CharField(label=_("Why this is proposed"), max_length=200, required=False)

    def clean_names(self) -> Any:
        """One name a line."""
        return self._read("names", read_names)

    def clean_births(self) -> Any:
        """One birth a line."""
        return self._read("births", read_births)

    def clean_documents(self) -> Any:
        """One document a line."""
        return self._read("documents", read_documents)

    def said(self) -> Said:
        """What the listing is to say, of a valid form."""
        data = self.cleaned_data
        return Said(
            category=Category(data["category"]),
            action=Action(data["action"]),
            discreet=data["discreet"],
            expires_on=data["expires_on"],
            reason=data["reason"].strip(),
            legal_basis=data["legal_basis"].strip(),
            authority=data["authority"].strip(),
            told=data["told"].strip(),
            names=data["names"],
            births=data["births"],
            sex=data["sex"] or None,
            nationalities=read_states(data["nationalities"]),
            documents=data["documents"],
        )

    def _read(self, field: str, read: Callable[[str], Any]) -> Any:
        try:
            return read(self.cleaned_data[field])
        except LineError as error:
            said = _("This line was not understood: %(line)s")
            raise forms.ValidationError(said % {"line": error}) from error


def typed(said: Said) -> dict[str, Any]:
    """A listing as the form has it, to be changed."""
    return {
        "category": str(said.category),
        "action": str(said.action),
        "expires_on": said.expires_on,
        "discreet": said.discreet,
        "names": names_text(said.names),
        "births": births_text(said.births),
        "sex": said.sex or "",
        "nationalities": ", ".join(said.nationalities),
        "documents": documents_text(said.documents),
        "told": said.told,
        "reason": said.reason,
        "legal_basis": said.legal_basis,
        "authority": said.authority,
    }


class ListForm(Refusing):
    """A list of the State's own: its name, who keeps it, who may look into it."""

    code = forms.CharField(
        label=_("Short name"),
        help_text=_(
            "Small letters, figures, hyphens. It stays. The lane shows it: let it tell nothing."
        ),
        max_length=32,
    )
    title = forms.CharField(
        label=_("Name"),
        help_text=_("Posts show it, at the lane too: choose one that tells nothing."),
        max_length=200,
    )
    owners = forms.MultipleChoiceField(
        label=_("Owners"),
        help_text=_(
            "They propose, approve and publish: two at least. None: all officers for lists."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    readers = forms.MultipleChoiceField(
        label=_("Readers beside them"),
        required=False,
        choices=[(str(role), ROLE_NAMES[role]) for role in READERS],
        widget=forms.CheckboxSelectMultiple,
    )
    limit_days = forms.IntegerField(
        label=_("Stale after so many days"), min_value=1, max_value=MOST_LIMIT_DAYS, initial=14
    )

    def __init__(self, *args: Any, known: NationalList | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = [(str(officer.id), officer.name) for officer in list_officers()]
        self.fields["owners"] = forms.MultipleChoiceField(
            label=self.fields["owners"].label,
            help_text=self.fields["owners"].help_text,
            required=False,
            choices=officers,
            widget=forms.CheckboxSelectMultiple,
        )
        if known is not None:
            del self.fields["code"]

    def settings(self) -> dict[str, Any]:
        """What `publishing.configure` takes, of a valid form."""
        data = self.cleaned_data
        return {
            "code": data.get("code", ""),
            "title": data["title"],
            "owners": tuple(UUID(owner) for owner in data["owners"]),
            "readers": tuple(data["readers"]),
            "limit_days": data["limit_days"],
        }


class WhyForm(Refusing):
    """Why a listing is to go, or a proposal is refused."""

    why = forms.CharField(label=_("Why"), max_length=200, required=False)
