"""Taking the texts out of one record of a list, and saying which ones nobody took."""

from __future__ import annotations

import re
from collections.abc import Collection
from xml.etree.ElementTree import Element

from openmidas.screening.problems import Problem, ProblemCode

LONGEST_TEXT = 20_000
MOST_PROBLEMS = 10_000
"""Of one listing; what is beyond says nothing new."""
_SPACE = re.compile(r"\s+")


class Report:
    """Collects what was not understood of one listing."""

    def __init__(self, listing: str) -> None:
        self.listing = listing
        self.problems: list[Problem] = []
        self.unread: list[str] = []

    def add(self, field: str, code: ProblemCode, text: str) -> None:
        """Note that `text`, standing in `field` of the source, was not understood."""
        if len(self.problems) >= MOST_PROBLEMS:
            return
        self.problems.append(Problem(self.listing, field, code, text))
        if text:
            self.unread.append(f"{field}: {text}")

    def clean(self, field: str, text: str | None) -> str:
        """A text with white space collapsed; what is far too long is cut."""
        bare = _SPACE.sub(" ", text or "").strip()
        if len(bare) <= LONGEST_TEXT:
            return bare
        self.problems.append(Problem(self.listing, field, "too_long", str(len(bare))))
        return bare[:LONGEST_TEXT]

    def text(self, element: Element) -> str:
        """The element's own text with white space collapsed; what is far too long is cut."""
        return self.clean(element.tag, element.text)

    def attributes(self, element: Element) -> dict[str, str]:
        """The attributes that say something, by name."""
        texts = {name: self.clean(f"{element.tag}/{name}", text) for name, text in element.items()}
        return {name: text for name, text in texts.items() if text}

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


def all_text(element: Element) -> str:
    """Every text and attribute within an element, for what nobody understands."""
    parts: list[str] = []
    for inner in element.iter():
        parts += [f"{name}={text}" for name, text in inner.items() if text.strip()]
        parts += [text for text in ((inner.text or ""), (inner.tail or "")) if text.strip()]
    return " ".join(" ".join(parts).split())[:LONGEST_TEXT]
