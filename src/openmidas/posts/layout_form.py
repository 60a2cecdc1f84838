"""The form of a post's layout, for a new post and for one that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from openmidas.posts.hours import NotHoursError, plain_hours
from openmidas.posts.layouts import LEAST_SILENT, MOST_SAME_DOCUMENT, MOST_SILENT, PostLayout
from openmidas.posts.models import LONGEST_LANE, LONGEST_NAME
from openmidas.posts.wording import DAY_NAMES

_DAYS = tuple(f"hours_{day}" for day in range(len(DAY_NAMES)))


class DegreesField(forms.CharField):
    """Degrees north or east, with a comma or a point; None for nothing."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=20, **kwargs)
        self.most = most

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value)).replace(",", ".").replace("−", "-").rstrip("°").strip()
        if not text:
            return None
        if not re.fullmatch(r"-?\d{1,3}(\.\d{1,10})?", text) or abs(float(text)) > self.most:
            raise forms.ValidationError(
                _("Degrees from -%(most)s to %(most)s, for example 11.95."),
                params={"most": self.most},
            )
        return float(text)


class LayoutForm(forms.Form):
    """Name, place, lanes, hours, limits. Gives a `PostLayout` once it is valid."""

    name = forms.CharField(label=_("Name of the post"), max_length=LONGEST_NAME)
    lanes = forms.CharField(
        label=_("Lanes"),
        max_length=2000,
        required=False,
        help_text=_("Their names with commas, as signs at the post say: 1, 2, Bus"),
    )
    latitude = DegreesField(
        label=_("Latitude"), most=90, help_text=_("Degrees; south is negative: 11.95")
    )
    longitude = DegreesField(
        label=_("Longitude"), most=180, help_text=_("Degrees; west is negative: -8.77")
    )
    minutes_same_document = forms.IntegerField(
        label=_("Same document again, minutes"),
        help_text=_("So long, the officer is told of it"),
        min_value=0,
        max_value=MOST_SAME_DOCUMENT,
    )
    silent_minutes = forms.IntegerField(
        label=_("Silence, minutes"),
        help_text=_("So long unheard of while open, and headquarters is told"),
        min_value=LEAST_SILENT,
        max_value=MOST_SILENT,
    )
    always = forms.BooleanField(label=_("Open day and night"), required=False)

    def __init__(self, *args: Any, layout: PostLayout | None = None, **kwargs: Any) -> None:
        if layout is not None:
            kwargs["initial"] = _values(layout)
        super().__init__(*args, **kwargs)
        for field, name in zip(_DAYS, DAY_NAMES, strict=True):
            self.fields[field] = forms.CharField(label=name, max_length=80, required=False)

    @property
    def days(self) -> Iterator[BoundField]:
        """The fields of the hours, from Monday to Sunday."""
        return (self[field] for field in _DAYS)

    def clean_lanes(self) -> tuple[str, ...]:
        lanes = [" ".join(lane.split()) for lane in re.split(r"[,;]", self.cleaned_data["lanes"])]
        lanes = [lane for lane in lanes if lane]
        for lane in lanes:
            if len(lane) > LONGEST_LANE:
                raise forms.ValidationError(
                    _("A lane's name has at most %(most)s characters: %(lane)s"),
                    params={"most": LONGEST_LANE, "lane": lane},
                )
            if lanes.count(lane) > 1:
                raise forms.ValidationError(
                    _("Twice the same lane: %(lane)s"), params={"lane": lane}
                )
        return tuple(lanes)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for field in _DAYS:
            try:
                given[field] = plain_hours(given.get(field, ""))
            except NotHoursError:
                self.add_error(field, _("Not understood. Try: 06:00-18:00, or 6h-12h, 14h-18h"))
        if "latitude" in given and "longitude" in given:
            self._check_place()
        said = any(given.get(field) or field in self.errors for field in _DAYS)
        if not given.get("always") and not said:
            self.add_error("always", _("Give the opening hours, or choose “open day and night”."))
        return given

    def layout(self) -> PostLayout:
        """What a valid form says."""
        given = self.cleaned_data
        return PostLayout(
            name=" ".join(given["name"].split()),
            lanes=given["lanes"],
            minutes_same_document=given["minutes_same_document"],
            latitude=given["latitude"],
            longitude=given["longitude"],
            hours=() if given["always"] else tuple(given[field] for field in _DAYS),
            silent_minutes=given["silent_minutes"],
        )

    def _check_place(self) -> None:
        for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if self.cleaned_data.get(one) is None and self.cleaned_data.get(other) is not None:
                self.add_error(one, _("Give both degrees, or neither."))


def _values(layout: PostLayout) -> dict[str, Any]:
    hours = dict(zip(_DAYS, layout.hours, strict=False))
    return {
        "name": layout.name,
        "lanes": ", ".join(layout.lanes),
        "latitude": layout.latitude,
        "longitude": layout.longitude,
        "minutes_same_document": layout.minutes_same_document,
        "silent_minutes": layout.silent_minutes,
        "always": not layout.hours,
        **{field: text.replace(",", ", ") for field, text in hours.items()},
    }
