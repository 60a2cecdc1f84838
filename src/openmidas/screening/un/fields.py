"""Taking the texts out of one element of the list, and saying which ones nobody took."""

from __future__ import annotations

import re
from collections.abc import Collection
from xml.etree.ElementTree import Element

from openmidas.screening.problems import Problem, ProblemCode

LONGEST_TEXT = 20_000
_SPACE = re.compile(r"\s+")


class Report:
    """Collects what was not understood of one listing."""

    def __init__(self, listing: str) -> None:
        self.listing = listing
        self.problems: list[Problem] = []
        self.unread: list[str] = []

    def add(self, field: str, code: ProblemCode, text: str) -> None:
        """Note that `text`, standing in `field` of the source, was not understood."""
        self.problems.append(Problem(self.listing, field, code, text))
        if text:
            self.unread.append(f"{field}: {text}")

    def text(self, element: Element) -> str:
        """The element's own text with white space collapsed; what is far too long is cut."""
        text = _SPACE.sub(" ", element.text or "").strip()
        if len(text) <= LONGEST_TEXT:
            return text
        self.problems.append(Problem(self.listing, element.tag, "too_long", str(len(text))))
        return text[:LONGEST_TEXT]

    def fields(self, element: Element, known: Collection[str]) -> dict[str, str]:
        """The texts of the children by tag, empty ones left out; others than `known` are unread.

        A field that stands twice keeps its first text, the second is reported.
        """
        found: dict[str, str] = {}
        for child in element:
            text = self.text(child)
            if not text:
                continue
            path = f"{element.tag}/{child.tag}"
            if child.tag not in known:
                self.add(path, "unknown_field", text)
            elif child.tag in found:
                self.add(path, "duplicate", text)
            else:
                found[child.tag] = text
        return found

    def values(self, element: Element) -> list[str]:
        """The texts of the VALUE children."""
        texts = []
        for child in element:
            text = self.text(child)
            if text and child.tag == "VALUE":
                texts.append(text)
            elif text:
                self.add(f"{element.tag}/{child.tag}", "unknown_field", text)
        return texts
