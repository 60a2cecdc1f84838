"""The forms of border residents. They say what is not understood; the services say what cannot be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.crossings import limits as bounds
from openmidas.crossings.birth import NotADateError, read_birth
from openmidas.crossings.inspection import Traveller
from openmidas.crossings.words import SEXES, states_to_choose
from openmidas.documents import PartialDate
from openmidas.nodes.services import node_day
from openmidas.posts.refusals import Refused
from openmidas.residents import limits
from openmidas.residents.entries import Fact, ResidentKind
from openmidas.residents.services import Registration
from openmidas.residents.wording import KINDS, refusal

FIELD_OF = {
    "resident.without_name": "names",
    "resident.without_nationality": "nationality",
    "resident.without_village": "village",
    "resident.without_plate": "plate",
    "resident.one_fact": "answer_2",
    "resident.known": "sure",
}
"""Beside which field it is told that something is refused; else above the form."""
QUIET = {"autocomplete": "off", "spellcheck": "false"}


class RegisterForm(forms.Form):
    """A border resident: name, sex, age, nationality, village, and how the post knows them."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("kind of resident", "Kind"),
        choices=list(KINDS.items()),
        initial=ResidentKind.RESIDENT,
        widget=forms.RadioSelect,
    )
    names = forms.CharField(
        label=_("Names, in the order they are given"),
        max_length=bounds.NAME,
        widget=forms.TextInput({**QUIET, "dir": "auto"}),
    )
    birth = forms.CharField(
        label=_("Born"),
        required=False,
        max_length=40,
        help_text=_("1974, March 1974, 12/03/1974, 30 years"),
        widget=forms.TextInput(QUIET),
    )
    sex = forms.ChoiceField(label=_("Sex"), required=False, choices=[("", "–"), *SEXES.items()])
    nationality = forms.ChoiceField(label=_("Nationality"))
    village = forms.CharField(
        label=_("Village or quarter"),
        max_length=limits.VILLAGE,
        widget=forms.TextInput({**QUIET, "dir": "auto"}),
    )
    plate = forms.CharField(
        label=_("Plate of the motorcycle"),
        required=False,
        max_length=limits.PLATE,
        help_text=_("Of a moto-taxi driver."),
        widget=forms.TextInput({**QUIET, "autocapitalize": "characters", "dir": "ltr"}),
    )
    document = forms.CharField(
        label=_("Number of a document, if there is one"),
        required=False,
        max_length=bounds.NUMBER,
        widget=forms.TextInput({**QUIET, "dir": "ltr"}),
    )
    question_1 = forms.CharField(
        label=_("First question"),
        required=False,
        max_length=limits.FACT,
        widget=forms.TextInput(QUIET),
    )
    answer_1 = forms.CharField(
        label=_("Its answer"), required=False, max_length=limits.FACT, widget=forms.TextInput(QUIET)
    )
    question_2 = forms.CharField(
        label=_("Second question"),
        required=False,
        max_length=limits.FACT,
        widget=forms.TextInput(QUIET),
    )
    answer_2 = forms.CharField(
        label=_("Its answer"), required=False, max_length=limits.FACT, widget=forms.TextInput(QUIET)
    )
    sure = forms.BooleanField(label=_("It is somebody else: I compared them"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["nationality"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so above
        states = states_to_choose()
        field.choices = [
            ("", "–"),
            (_("Region"), states.region),
            (_("World"), states.world),
        ]

    def clean_birth(self) -> PartialDate | None:
        """The birth as far as it is known."""
        try:
            return read_birth(self.cleaned_data["birth"], today=node_day())
        except NotADateError as error:
            raise forms.ValidationError(
                _("Birth date not understood. Try: 1974, March 1974, 12/03/1974, 30 years.")
            ) from error

    def clean(self) -> dict[str, Any]:
        """A question has an answer."""
        said = super().clean() or self.cleaned_data
        for number in ("1", "2"):
            question, answer = said.get(f"question_{number}"), said.get(f"answer_{number}")
            if bool(question) != bool(answer):
                field = f"answer_{number}" if question else f"question_{number}"
                self.add_error(field, _("A question has an answer, and an answer a question."))
        return said

    def registration(self) -> Registration:
        """What a valid form says."""
        said = self.cleaned_data
        facts = [
            Fact(question=said[f"question_{number}"], answer=said[f"answer_{number}"])
            for number in ("1", "2")
            if said[f"question_{number}"]
        ]
        return Registration(
            kind=ResidentKind(said["kind"]),
            traveller=Traveller(
                surname=" ".join(said["names"].split()),
                birth=said["birth"],
                sex=said["sex"],
                nationality=said["nationality"],
            ),
            village=" ".join(said["village"].split()),
            plate="".join(said["plate"].split()).upper(),
            document="".join(said["document"].split()).upper(),
            facts=tuple(facts),
            sure=said["sure"],
        )

    def refuse(self, refused: Refused) -> None:
        """Tell beside its field, if it has one, why the form was refused."""
        self.add_error(FIELD_OF.get(refused.code), refusal(refused))

    @property
    def asks_whether_sure(self) -> bool:
        """Whether somebody very like them was found: only then it can be said that it is not so."""
        return "sure" in self.errors or bool(self.data.get("sure"))

    @property
    def asks_questions(self) -> bool:
        """Whether anything is said of the questions, or wrong with them: then it must be seen."""
        fields = ("question_1", "answer_1", "question_2", "answer_2", "document")
        return any(self.data.get(field) or field in self.errors for field in fields)


class WantedForm(forms.Form):
    """Whom to show. ``text``: a name, a village, a card or a plate."""

    text = forms.CharField(
        label=_("Name, village, card or plate"),
        required=False,
        max_length=bounds.NAME,
        widget=forms.TextInput({**QUIET, "dir": "auto"}),
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("kind of resident", "Kind"),
        required=False,
        choices=[("", pgettext_lazy("residents", "all")), *KINDS.items()],
    )
