"""The codes that the advanced XML of the SDN list opens with, and what the rest says by them."""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element

from openmidas.screening.formats.birth_texts import Span, span_of

_UNKNOWN_PLACE = "undetermined"


class References:
    """Codes by kind ("FeatureType") and number, and the places and documents that parties point at."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}
        self._more: dict[tuple[str, str], dict[str, str]] = {}
        self.places: dict[str, str] = {}
        self.countries: dict[str, str] = {}
        self.documents: dict[str, list[Element]] = defaultdict(list)

    def take_values(self, values: Element) -> None:
        """The codes of one kind: `<FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType>`."""
        for value in values:
            key = (value.tag, value.get("ID", ""))
            self._texts[key] = " ".join((value.text or "").split())
            self._more[key] = dict(value.items())

    def text(self, kind: str, id: str | None) -> str:
        """What a code says; the number itself where the list does not explain it."""
        return self._texts.get((kind, id or ""), id or "")

    def party_type(self, sub_type: str | None) -> str:
        """Individual, Entity, Vessel or Aircraft."""
        key = ("PartySubType", sub_type or "")
        text = self._texts.get(key, "")
        if text and text != "Unknown":
            return text
        return self.text("PartyType", self._more.get(key, {}).get("PartyTypeID"))

    def country(self, id: str | None) -> str:
        """The name of a country, or its two-letter code where it has no name."""
        key = ("Country", id or "")
        text = self._texts.get(key) or self._more.get(key, {}).get("ISO2", "")
        return "" if text == _UNKNOWN_PLACE else text

    def take_place(self, location: Element) -> None:
        """A place: its parts and its country, as one text, and the country alone.

        A nationality is a place, too, and the name of its State the only part of that.
        """
        found = sorted(location.iterfind("LocationPart"), key=_order_of_part)
        parts = [
            " ".join(value.text.split())
            for part in found
            for value in part.iterfind("LocationPartValue/Value")
            if value.text and value.text.strip()
        ]
        named = [self.country(part.get("CountryID")) for part in location.iter("LocationCountry")]
        areas = [
            self._more.get(("AreaCode", area.get("AreaCodeID", "")), {}).get("Description", "")
            for area in location.iter("LocationAreaCode")
        ]
        country = next((text for text in (*named, *areas) if text and text != _UNKNOWN_PLACE), "")
        id = location.get("ID", "")
        self.places[id] = ", ".join(dict.fromkeys(part for part in (*parts, country) if part))
        only = parts[0] if len(parts) == 1 and not country else ""
        self.countries[id] = "" if only == _UNKNOWN_PLACE else country or only


def _order_of_part(part: Element) -> tuple[int, str]:
    """Region, lines, city, province, code: the numbers that the list gives to the kinds of part."""
    id = part.get("LocPartTypeID", "")
    return len(id), id


def period_of(period: Element) -> tuple[Span | None, bool]:
    """The days that a DatePeriod stretches over, and whether it is only about that time."""
    dates: list[Span] = []
    for place in ("Start/From", "Start/To", "End/From", "End/To"):
        found = period.find(place)
        span = None if found is None else date_of(found)
        if span:
            dates.append(span)
    about = any(
        end.get("Approximate") == "true"
        for end in (period.find("Start"), period.find("End"))
        if end is not None
    )
    if not dates:
        return None, about
    return Span(min(date.first for date in dates), max(date.last for date in dates)), about


def span_text(span: Span, about: bool) -> str:
    """A period in a few signs: a day, a year, or both ends."""
    first, last = span.first, span.last
    if first == last:
        text = first.isoformat()
    elif (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        text = str(first.year) if first.year == last.year else f"{first.year}/{last.year}"
    else:
        text = f"{first.isoformat()}/{last.isoformat()}"
    return f"~{text}" if about else text


def date_of(element: Element) -> Span | None:
    """The day, month or year in the children Year, Month and Day."""

    def number(tag: str) -> int:
        text = (element.findtext(tag) or "0").strip()
        return int(text) if text.isdigit() else 0

    return span_of(number("Year"), number("Month"), number("Day"))
