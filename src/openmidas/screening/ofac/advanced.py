"""The SDN list as advanced XML: codes first, then places and documents, then the parties.

What sanctions a party is under, and whom it is linked to, stands after all parties; so listings
are made when the file is at its end.
"""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree.ElementTree import Element

from openmidas.screening.formats.collecting import Collected
from openmidas.screening.formats.draft import Draft
from openmidas.screening.formats.report import all_text
from openmidas.screening.ofac.parties import read_party
from openmidas.screening.ofac.references import References, date_of, span_text
from openmidas.screening.problems import Problem

DEPTH = 2
ROOT = "Sanctions"
_PROGRAMME = "Program"


class AdvancedReading:
    """Takes the records of the file in their order."""

    def __init__(self) -> None:
        self.references = References()
        self.problems: list[Problem] = []
        self._issued: dict[str, int] = {}
        self._drafts: dict[str, Draft] = {}

    def take(self, within: str, element: Element) -> None:
        """One element, standing within `within`."""
        if within == "DateOfIssue":
            text = (element.text or "").strip()
            self._issued[element.tag] = int(text) if text.isdigit() else 0
        elif within == "ReferenceValueSets":
            self.references.take_values(element)
        elif element.tag == "Location":
            self.references.take_place(element)
        elif element.tag == "IDRegDocument":
            self.references.documents[element.get("IdentityID", "")].append(element)
        elif element.tag == "DistinctParty":
            self._party(element)
        elif element.tag == "ProfileRelationship":
            self._relationship(element)
        elif element.tag == "SanctionsEntry":
            self._entry(element)
        else:
            self.problems.append(Problem("", element.tag, "unknown_field", all_text(element)))

    def dated(self) -> datetime | None:
        """The day of issue."""
        issued = self._issued
        try:
            return datetime(issued["Year"], issued["Month"], issued["Day"], tzinfo=UTC)
        except (KeyError, ValueError):
            return None

    def collected(self) -> Collected:
        """All listings, now that everything about them was read."""
        collected = Collected("DistinctParty")
        collected.problems += self.problems
        for draft in self._drafts.values():
            collected.take(*draft.finish())
        for documents in self.references.documents.values():
            for document in documents:
                text = all_text(document)
                collected.problems.append(Problem("", "IDRegDocument", "unknown_value", text))
        return collected

    def _party(self, element: Element) -> None:
        found = read_party(element, self.references)
        if found is None:
            self.problems.append(Problem("", element.tag, "missing", all_text(element)))
        elif found[0] in self._drafts:
            name = next((name.text for name in found[1].names), "")
            self.problems.append(Problem(found[0], element.tag, "duplicate", name))
        else:
            self._drafts[found[0]] = found[1]

    def _relationship(self, element: Element) -> None:
        kind = self.references.text("RelationType", element.get("RelationTypeID"))
        ends = element.get("From-ProfileID", ""), element.get("To-ProfileID", "")
        for one, other in (ends, ends[::-1]):
            draft, linked = self._drafts.get(one), self._drafts.get(other)
            if draft:
                name = linked.names[0].text if linked and linked.names else other
                draft.add_detail("note", f"{name} ({other})", kind)

    def _entry(self, element: Element) -> None:
        draft = self._drafts.get(element.get("ProfileID", ""))
        if draft is None:
            self.problems.append(Problem("", element.tag, "unknown_value", all_text(element)))
            return
        draft.add_detail("note", self.references.text("List", element.get("ListID")))
        for event in element.iterfind("EntryEvent"):
            self._event(draft, event)
        for measure in element.iterfind("SanctionsMeasure"):
            kind = self.references.text("SanctionsType", measure.get("SanctionsTypeID"))
            comment = " ".join((measure.findtext("Comment") or "").split())
            if comment and kind in (_PROGRAMME, "", measure.get("SanctionsTypeID")):
                draft.programmes.append(comment)
            else:
                draft.add_detail("note", " ".join(part for part in (kind, comment) if part))

    def _event(self, draft: Draft, event: Element) -> None:
        date = event.find("Date")
        span = None if date is None else date_of(date)
        if span:
            draft.set_listed_on("EntryEvent", span_text(span, about=False))
        basis = self.references.text("LegalBasis", event.get("LegalBasisID"))
        draft.add_detail("note", basis)
        draft.add_detail("note", event.findtext("Comment"))
