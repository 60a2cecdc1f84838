"""The forms of the book. They say what is not understood; the services say what cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.crossings.overview import EARLIEST, LATEST
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused
from openmidas.register import limits, wording
from openmidas.register.entries import Duty, Ground, Member, OrderedBy

FIELD_OF = {
    "shift.in_future": "moment",
    "shift.too_long_ago": "moment",
    "shift.overlaps": "moment",
    "shift.ends_first": "moment",
    "shift.something_later": "moment",
    "shift.words_missing": "words",
    "occurrence.unknown": "corrects",
}
"""Beside which field it is told that something is refused; else above the form."""


def _words(label: Any, *, required: bool = True, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=limits.WORDS,
        help_text=hint,
        widget=forms.Textarea({"rows": 3}),
    )


def _moment(label: Any, hint: Any = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        help_text=hint,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
    )


class BookForm(forms.Form):
    """A form that tells beside its field why it is refused.

    ``spent``: that what it was sent for is done already, so that it needs another id to be sent again.
    """

    spent = False

    def refuse(self, refused: Refused) -> None:
        """Tell beside its field, if it has one, why the form was refused."""
        self.spent = refused.code in ("shift.saved_already", "shift.ended")
        field = FIELD_OF.get(refused.code)
        self.add_error(field if field in self.fields else None, wording.refusal(refused))


class TeamForm(BookForm):
    """Who is on duty: a duty for each officer who is. ``before``: what is offered at first."""

    def __init__(
        self, *args: Any, officers: Sequence[Officer], before: Mapping[UUID, Duty], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.officers = officers
        for officer in officers:
            self.fields[_name(officer)] = forms.ChoiceField(
                label=officer.name,
                required=False,
                choices=[("", pgettext_lazy("duty", "not in this shift")), *wording.DUTIES.items()],
                initial=before.get(officer.id, ""),
            )

    @property
    def duties(self) -> list[forms.BoundField]:
        """The fields of the officers."""
        return [self[_name(officer)] for officer in self.officers]

    def team(self) -> tuple[Member, ...]:
        """What a valid form says."""
        said = ((officer.id, self.cleaned_data[_name(officer)]) for officer in self.officers)
        return tuple(Member(officer=id, duty=Duty(duty)) for id, duty in said if duty)


class OpenForm(TeamForm):
    """A shift begins."""

    moment = _moment(_("Since when"), _("Empty: now. At most a day ago."))


class HandOverForm(TeamForm):
    """A shift hands over to the next team."""

    words = _words(
        _("Hand-over note"),
        required=False,
        hint=_(
            "What the next team must know. No traveller’s name, nothing on anybody’s health or faith."
        ),
    )


class CloseForm(BookForm):
    """A shift ends, and nobody takes over."""

    words = _words(
        _("Hand-over note"),
        required=False,
        hint=_(
            "What the next team must know. No traveller’s name, nothing on anybody’s health or faith."
        ),
    )
    moment = _moment(_("Until when"), _("Empty: now. Where it was forgotten, when it ended."))


class RelaxForm(BookForm):
    """Checks are relaxed."""

    ground = forms.ChoiceField(
        label=pgettext_lazy("relaxation", "Why"), choices=list(wording.GROUNDS.items())
    )
    ordered_by = forms.ChoiceField(label=_("Ordered by"), choices=list(wording.ORDERED_BY.items()))
    words = _words(_("What is left out, and for whom"))

    def order(self) -> tuple[Ground, OrderedBy, str]:
        """What a valid form says."""
        said = self.cleaned_data
        return Ground(said["ground"]), OrderedBy(said["ordered_by"]), said["words"]


class OccurrenceForm(BookForm):
    """A line of the book. ``lines``: those that it can put right, each with its words."""

    words = _words(
        pgettext_lazy("occurrence", "What happened"),
        hint=_(
            "One line for one thing. No traveller’s name, nothing on anybody’s health or faith."
        ),
    )
    moment = _moment(pgettext_lazy("occurrence", "When, if not just now"))
    corrects = forms.TypedChoiceField(
        label=_("Corrects line"),
        required=False,
        coerce=UUID,
        empty_value=None,
        error_messages={"invalid_choice": wording.word_code("occurrence.unknown")},
    )

    def __init__(self, *args: Any, lines: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        corrects = self.fields["corrects"]
        assert isinstance(corrects, forms.TypedChoiceField)  # noqa: S101  declared so above
        corrects.choices = [("", "–"), *lines]
        # Never where one was chosen: the line would be written as if it corrected nothing.
        if not lines and not self.data.get("corrects"):
            del self.fields["corrects"]


class DayForm(forms.Form):
    """Of which day, and of which post, headquarters wants to see the shifts."""

    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
    )
    post = forms.ChoiceField(label=_("Post"), required=False)

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        post = self.fields["post"]
        assert isinstance(post, forms.ChoiceField)  # noqa: S101  declared so above
        post.choices = [("", _("all posts")), *posts]

    def wanted(self, today: date) -> tuple[date, UUID | None]:
        """The day and the post of a valid form; of another, today and all."""
        if not self.is_valid():
            return today, None
        said = self.cleaned_data
        return said["day"] or today, UUID(said["post"]) if said["post"] else None


def _name(officer: Officer) -> str:
    return f"duty-{officer.id}"
