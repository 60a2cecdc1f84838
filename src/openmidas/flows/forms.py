"""The form in which a question about the flows is put."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.crossings import overview
from openmidas.crossings.models import Status
from openmidas.crossings.words import DIRECTIONS, Words
from openmidas.flows.dimensions import FACETS, Dimension
from openmidas.flows.pieces import month_of
from openmidas.flows.questions import Question, QuestionRefused
from openmidas.flows.wording import word_refused
from openmidas.flows.words import DECISIONS, DIMENSIONS

PERIODS: dict[str, Words] = {
    "today": _("Today"),
    "week": _("7 days"),
    "month": _("This month"),
    "last_month": _("Last month"),
    "year": _("This year"),
}
FIRST_ASKED = {
    "rows": Dimension.DAY.value,
    "columns": Dimension.DIRECTION.value,
    "decision": Status.ADMITTED.value,
}
"""What is asked until somebody asks something else."""


def period_of(name: str, today: date) -> tuple[date, date]:
    """The days of a quick choice of `PERIODS`; seven days for any other name."""
    first, _last = month_of(today)
    if name == "today":
        return today, today
    if name == "month":
        return first, today
    if name == "last_month":
        return month_of(first - timedelta(days=1))
    if name == "year":
        return first.replace(month=1), today
    return today - timedelta(days=6), today


class QuestionForm(forms.Form):
    """Period, rows, columns, posts, direction and decision."""

    start = forms.DateField(label=_("From"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    end = forms.DateField(
        label=pgettext_lazy("period", "To"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    rows = forms.TypedChoiceField(
        label=_("Rows"), coerce=Dimension, choices=list(DIMENSIONS.items())
    )
    columns = forms.TypedChoiceField(
        label=_("Columns"),
        coerce=Dimension,
        required=False,
        empty_value=None,
        choices=[("", pgettext_lazy("columns", "none")), *DIMENSIONS.items()],
    )
    direction = forms.ChoiceField(
        label=_("Direction"), required=False, choices=[("", _("all")), *DIRECTIONS.items()]
    )
    decision = forms.ChoiceField(
        label=_("Decision"), required=False, choices=list(DECISIONS.items())
    )
    posts = forms.TypedMultipleChoiceField(
        label=_("Posts"),
        help_text=_("None chosen: all."),
        coerce=UUID,
        required=False,
        widget=forms.SelectMultiple({"size": 3}),
    )
    question: Question

    def __init__(self, asked: QueryDict, *, today: date) -> None:
        super().__init__(_completed(asked, today))
        field = self.fields["posts"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101  declared so above
        field.choices = [(str(id), name) for id, name in overview.post_names().items()]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors:
            try:
                self.question = Question(**data | {"posts": tuple(data["posts"])})
            except QuestionRefused as refused:
                self.add_error(None, word_refused(refused))
        return data


class LongTableForm(forms.Form):
    """What the long table is divided by, beside day, post, direction and decision."""

    by = forms.TypedChoiceField(
        label=_("One line for each day, post, direction, decision and"),
        coerce=Dimension,
        required=False,
        empty_value=None,
        initial=Dimension.NATIONALITY.value,
        choices=[
            *((of.value, DIMENSIONS[of]) for of in FACETS),
            ("", pgettext_lazy("columns", "none")),
        ],
    )


def query_of(question: Question) -> str:
    """A question as the address of a page says it."""
    asked = QueryDict(mutable=True)
    asked["start"], asked["end"] = question.start.isoformat(), question.end.isoformat()
    asked["rows"], asked["columns"] = question.rows.value, question.columns or ""
    asked["direction"], asked["decision"] = question.direction, question.decision
    asked.setlist("posts", [str(id) for id in question.posts])
    return asked.urlencode()


def _completed(asked: QueryDict, today: date) -> QueryDict:
    """What is asked, and what is usual where nothing is said. A quick choice goes before days."""
    data = asked.copy()
    quick = data.pop("period", [""])[-1]
    start, end = period_of(quick, today)
    if quick in PERIODS or not ("start" in data or "end" in data):
        data["start"], data["end"] = start.isoformat(), end.isoformat()
    for name, value in FIRST_ASKED.items():
        data.setdefault(name, value)
    return data
