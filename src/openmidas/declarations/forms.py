"""The forms of declarations. They say what is not understood; the services say what cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.crossings.inspection import Conveyance, Direction
from openmidas.crossings.words import CONVEYANCES, DIRECTIONS
from openmidas.declarations import limits, wording
from openmidas.declarations.entries import (
    Animal,
    Animals,
    Certificate,
    Currency,
    GoodsDeclared,
    GoodsKind,
    HerdDeclared,
    Load,
    Unit,
    Vaccinated,
)
from openmidas.declarations.services import Declarer
from openmidas.incidents.forms import NumberField
from openmidas.posts.refusals import Refused

QUIET = {"autocomplete": "off", "spellcheck": "false"}
NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


class DeclareForm(forms.Form):
    """What every declaration says. ``crossings``: those that it may have come with, each in words."""

    direction = forms.ChoiceField(
        label=pgettext_lazy("declaration", "Direction"),
        choices=list(DIRECTIONS.items()),
        widget=forms.RadioSelect,
    )
    origin = forms.CharField(
        label=pgettext_lazy("declaration", "Comes from"),
        required=False,
        max_length=limits.PLACE,
        widget=forms.TextInput({**QUIET, "dir": "auto"}),
    )
    destination = forms.CharField(
        label=pgettext_lazy("declaration", "Goes to"),
        required=False,
        max_length=limits.PLACE,
        widget=forms.TextInput({**QUIET, "dir": "auto"}),
    )
    crossing = forms.TypedChoiceField(
        label=_("Came with this crossing"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=_(
            "If it is known: then it goes when the crossing is erased, and the numbers stay."
        ),
    )

    def __init__(
        self, *args: Any, crossings: Sequence[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["crossing"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  declared so above
        field.choices = [("", "–"), *crossings]

    def refuse(self, refused: Refused) -> None:
        """Tell above the form why it was refused."""
        self.add_error(None, wording.refusal(refused))


class HerdForm(DeclareForm):
    """A herd: how many of which animals, on which way, with which papers."""

    herders = forms.IntegerField(
        label=_("Herders"),
        required=False,
        min_value=0,
        max_value=limits.MOST_HERDERS,
        widget=forms.TextInput(NUMBER),
    )
    owner = forms.CharField(
        label=pgettext_lazy("herd", "Owner"),
        required=False,
        max_length=limits.OWNER,
        widget=forms.TextInput({**QUIET, "dir": "auto"}),
    )
    route = forms.CharField(
        label=_("Places between"),
        required=False,
        max_length=limits.ROUTE,
        help_text=_("In the order in which they are passed, a comma between two."),
        widget=forms.TextInput({**QUIET, "dir": "auto"}),
    )
    vaccinated = forms.ChoiceField(
        label=pgettext_lazy("herd", "Vaccinated"),
        choices=list(wording.VACCINATED.items()),
        initial=Vaccinated.UNKNOWN,
    )
    certificate = forms.CharField(
        label=_("Number of the certificate"),
        required=False,
        max_length=limits.CERTIFICATE,
        widget=forms.TextInput({**QUIET, "dir": "ltr"}),
    )
    issuer = forms.CharField(
        label=_("Issued by"),
        required=False,
        max_length=limits.ISSUER,
        widget=forms.TextInput({**QUIET, "dir": "auto"}),
    )
    issued = forms.DateField(
        label=_("Issued on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for animal in Animal:
            self.fields[f"number_{animal}"] = forms.IntegerField(
                label=wording.ANIMALS[animal],
                required=False,
                min_value=0,
                max_value=limits.MOST_ANIMALS,
                widget=forms.TextInput(NUMBER),
            )

    @property
    def animals(self) -> list[BoundField]:
        """The fields for the numbers of animals."""
        return [self[f"number_{animal}"] for animal in Animal]

    def clean(self) -> dict[str, Any]:
        """What stands on a certificate belongs to one that has a number."""
        said = super().clean() or self.cleaned_data
        more = said.get("issuer") or said.get("issued")
        if more and not said.get("certificate") and "certificate" not in self.errors:
            self.add_error("certificate", _("Write the number of the certificate, too."))
        return said

    def said(self, id: UUID, corrects: UUID | None) -> HerdDeclared:
        """What a valid form declares."""
        told = self.cleaned_data
        return HerdDeclared(
            declaration=id,
            direction=Direction(told["direction"]),
            animals=tuple(
                Animals(kind=animal, number=number)
                for animal in Animal
                if (number := told[f"number_{animal}"])
            ),
            corrects=corrects,
            herders=told["herders"],
            origin=" ".join(told["origin"].split()),
            destination=" ".join(told["destination"].split()),
            route=" ".join(told["route"].split()),
            vaccinated=Vaccinated(told["vaccinated"]),
        )

    def declarer(self) -> Declarer:
        """Whose it is, and its certificate, as a valid form says."""
        told = self.cleaned_data
        certificate = None
        if number := " ".join(told["certificate"].split()):
            issued = told["issued"]
            certificate = Certificate(
                number=number,
                issuer=" ".join(told["issuer"].split()),
                day=issued.isoformat() if issued else "",
            )
        owner = " ".join(told["owner"].split())
        return Declarer(crossing=told["crossing"], owner=owner, certificate=certificate)


class GoodsForm(DeclareForm):
    """Goods: how much of which kind, with what they come. The value may be left out."""

    conveyance = forms.ChoiceField(
        label=pgettext_lazy("declaration", "Carried by"),
        choices=list(CONVEYANCES.items()),
        initial=Conveyance.MOTORCYCLE,
    )
    value = forms.IntegerField(
        label=_("Value of all, if they say it"),
        required=False,
        min_value=1,
        max_value=limits.MOST_VALUE,
        help_text=_("For statistics alone: no duty is reckoned from it."),
        widget=forms.TextInput(NUMBER),
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(one.value, one.value) for one in Currency]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in GoodsKind:
            self.fields[f"quantity_{kind}"] = NumberField(
                label=wording.GOODS[kind],
                required=False,
                min_value=0,
                max_value=limits.MOST_QUANTITY,
            )
            self.fields[f"unit_{kind}"] = forms.ChoiceField(
                label=_("Unit"),
                choices=[(unit, wording.UNITS[unit]) for unit in Unit],
            )

    @property
    def goods(self) -> list[tuple[BoundField, BoundField]]:
        """The fields for quantity and unit of each kind."""
        return [(self[f"quantity_{kind}"], self[f"unit_{kind}"]) for kind in GoodsKind]

    def said(self, id: UUID, corrects: UUID | None) -> GoodsDeclared:
        """What a valid form declares."""
        told = self.cleaned_data
        return GoodsDeclared(
            declaration=id,
            direction=Direction(told["direction"]),
            goods=tuple(
                Load(kind=kind, quantity=quantity, unit=Unit(told[f"unit_{kind}"]))
                for kind in GoodsKind
                if (quantity := told[f"quantity_{kind}"])
            ),
            corrects=corrects,
            conveyance=Conveyance(told["conveyance"]),
            origin=" ".join(told["origin"].split()),
            destination=" ".join(told["destination"].split()),
            value=told["value"],
            currency=Currency(told["currency"]),
        )

    def declarer(self) -> Declarer:
        """With which crossing they came, as a valid form says."""
        return Declarer(crossing=self.cleaned_data["crossing"])


USUAL_DAYS = 90
DAYS = (1, 7, 30, 365)
USUAL_MONTHS = 3
MONTHS = (1, 6, 12, 24)


class ChoiceForm(forms.Form):
    """Declarations of what, and in which direction."""

    what = forms.ChoiceField(
        label=pgettext_lazy("declaration", "What"),
        required=False,
        choices=[("", pgettext_lazy("declarations", "all")), *wording.WHATS.items()],
    )
    direction = forms.ChoiceField(
        label=pgettext_lazy("declaration", "Direction"),
        required=False,
        choices=[("", pgettext_lazy("directions", "all")), *DIRECTIONS.items()],
    )


class WantedForm(ChoiceForm):
    """Which declarations to show."""

    days = forms.TypedChoiceField(
        label=pgettext_lazy("declarations", "Of the last days"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", str(USUAL_DAYS)), *((days, str(days)) for days in DAYS)],
    )

    def back(self) -> int:
        """How many days back a valid form looks."""
        return self.cleaned_data["days"] or USUAL_DAYS


class TotalsForm(ChoiceForm):
    """Which declarations to add up: those of whole months, and of the one that goes on."""

    months = forms.TypedChoiceField(
        label=pgettext_lazy("declarations", "Of the last months, with this one"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", str(USUAL_MONTHS)), *((months, str(months)) for months in MONTHS)],
    )

    def back(self) -> int:
        """Of how many months a valid form asks."""
        return self.cleaned_data["months"] or USUAL_MONTHS
