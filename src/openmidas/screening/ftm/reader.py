"""Reading FollowTheMoney entities, in any order: who is linked to what is known at the end only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain

import msgspec

from openmidas.screening.edition import Edition
from openmidas.screening.formats.collecting import Collected
from openmidas.screening.formats.draft import Draft
from openmidas.screening.formats.files import Asked, ListFile
from openmidas.screening.formats.report import LONGEST_TEXT
from openmidas.screening.formats.text_rows import text_lines
from openmidas.screening.ftm.entities import BACK, Entity, read_line
from openmidas.screening.ftm.persons import BELONGING, add_address, add_link, draft_of
from openmidas.screening.ftm.simple import is_simple, read_simple
from openmidas.screening.problems import ListError, Problem, ReadList

LIST_CODE = "ftm"
TITLE = "FollowTheMoney"
MAXIMUM_BYTES = 4 * 1024 * 1024 * 1024

_ENTITIES = frozenset(
    {
        *("Organization", "Company", "PublicBody", "LegalEntity", "Asset", "Vessel", "Airplane"),
        *("Vehicle", "CryptoWallet", "Security", "Thing"),
    }
)
# An entity of unknown kind is taken for a person where it has what only persons have.
_PERSONAL = frozenset({"birthDate", "nationality", "gender", "passportNumber", "birthPlace"})
MOST_ENDS = 100
"""Of a link on either side; what links more says nothing of anybody."""
_EXPECTED = '{"id": …, "schema": …, "properties": …}'
_LINKS = {
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "UnknownLink": ("subject", "object"),
    "Membership": ("member", "organization"),
    "Directorship": ("director", "organization"),
    "Ownership": ("owner", "asset"),
    "Employment": ("employee", "employer"),
    "Representation": ("agent", "client"),
    "Occupancy": ("holder", "post"),
    "Debt": ("debtor", "creditor"),
    "Succession": ("predecessor", "successor"),
}


def read_ftm(files: Sequence[ListFile], asked: Asked | None = None) -> ReadList:
    """Read entities from files of JSON lines, flat or nested, or from the simple table.

    Raises ListError when the whole cannot be read; a broken line or listing is a Problem and the
    others are read all the same.
    """
    asked = asked or Asked()
    reading = _Reading()
    for file in files:
        reading.read(file, asked)
    collected = reading.collected()
    if not collected.listings:
        raise ListError("empty")
    edition = Edition(
        list_code=asked.list_code or LIST_CODE,
        title=asked.title or ", ".join(sorted(reading.datasets)[:3]) or TITLE,
        dated=asked.when(reading.dated),
        listings=collected.all(),
    )
    return ReadList(edition, tuple(collected.problems))


class _Reading:
    """All entities of the files, until each is beside what belongs to it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.datasets: set[str] = set()
        self.dated: datetime | None = None
        self._drafts: dict[str, Draft] = {}
        self._captions: dict[str, str] = {}
        self._belonging: list[Entity] = []
        self._addresses: dict[str, Entity] = {}
        self._addressed: dict[str, list[str]] = {}
        self._links: list[Entity] = []
        self._lines = 0

    def read(self, file: ListFile, asked: Asked) -> None:
        """Take all entities of a file."""
        with file.opened() as stream:
            lines = text_lines(stream, asked.limit or MAXIMUM_BYTES, asked.encoding)
            first = next(lines, "")
            every = chain([first], lines)
            if is_simple(first):
                for entity in read_simple(every, self.problems):
                    self._take(entity)
                return
            for number, line in enumerate(every, start=1):
                if line.strip():
                    self._line(number, line)

    def collected(self) -> Collected:
        """All listings, each with what belongs to it."""
        self._join()
        collected = Collected("id")
        collected.problems += self.problems
        while self._drafts:
            _, draft = self._drafts.popitem()
            collected.take(*draft.finish())
        collected.listings = dict(sorted(collected.listings.items()))
        return collected

    def _line(self, number: int, line: str) -> None:
        self._lines += 1
        try:
            entities = list(read_line(line))
        except (msgspec.DecodeError, RecursionError) as error:
            if self._lines == 1:
                found = line.strip()[:40]
                raise ListError("not_this_list", {"found": found, "expected": _EXPECTED}) from error
            if not line.endswith("\n"):
                raise ListError("truncated", {"line": str(number)}) from error
            text = line.strip()[:LONGEST_TEXT]
            self.problems.append(Problem("", f"line {number}", "unreadable_line", text))
            return
        for entity in entities:
            self._take(entity)

    def _take(self, entity: Entity) -> None:
        self.datasets.update(entity.datasets)
        self._seen(entity.last_seen)
        if entity.schema in BELONGING:
            self._belonging.append(entity)
        elif entity.schema == "Address":
            self._addresses[entity.id] = entity
        elif entity.schema in _LINKS:
            self._links.append(entity)
        elif entity.schema == "Person" or entity.schema in _ENTITIES:
            self._thing(entity)
        else:
            self._captions[entity.id] = entity.caption
            self.problems.append(Problem(entity.id, entity.schema, "not_listed", entity.caption))

    def _thing(self, entity: Entity) -> None:
        self._captions[entity.id] = entity.caption or next(
            iter(entity.properties.get("name", [])), ""
        )
        if entity.target is False:  # somebody's relative or company, and not on the list
            caption = self._captions[entity.id]
            self.problems.append(Problem(entity.id, "target", "not_listed", caption))
            return
        person = entity.schema == "Person" or (
            entity.schema == "LegalEntity" and not _PERSONAL.isdisjoint(entity.properties)
        )
        if entity.id in self._drafts:
            caption = self._captions[entity.id]
            self.problems.append(Problem(entity.id, "id", "duplicate", caption))
            return
        self._drafts[entity.id] = draft_of(entity, person=person)
        self._addressed[entity.id] = entity.properties.get("addressEntity", [])

    def _seen(self, text: str) -> None:
        """The latest time that any entity was seen is the date of the list."""
        try:
            seen = datetime.fromisoformat(text) if text else None
        except ValueError:
            return
        if seen is not None:
            seen = seen if seen.tzinfo else seen.replace(tzinfo=UTC)
            self.dated = seen if self.dated is None else max(self.dated, seen)

    def _join(self) -> None:
        for entity in self._belonging:
            self._belong(entity)
        for id, addresses in self._addressed.items():
            for address in addresses:
                self._address(self._drafts[id], address)
        for link in self._links:
            self._link(link)

    def _belong(self, entity: Entity) -> None:
        ids = entity.properties.get(BACK[entity.schema], [])
        found = [self._drafts[id] for id in dict.fromkeys(ids) if id in self._drafts]
        for draft in found:
            BELONGING[entity.schema](draft, entity)
        if not found and not any(id in self._captions for id in ids):
            text = ", ".join(ids)
            self.problems.append(Problem(entity.id, entity.schema, "unknown_value", text))

    def _address(self, draft: Draft, id: str) -> None:
        address = self._addresses.get(id)
        if address is None:
            draft.report.add("addressEntity", "unknown_value", id)
        else:
            add_address(draft, address)

    def _link(self, link: Entity) -> None:
        if any(len(link.properties.get(end, [])) > MOST_ENDS for end in _LINKS[link.schema]):
            self.problems.append(Problem(link.id, link.schema, "too_long", str(MOST_ENDS)))
            return
        for one, other in _both_ways(link):
            if one in self._drafts:
                add_link(self._drafts[one], link, [self._captions.get(other) or other])


def _both_ways(link: Entity) -> Iterator[tuple[str, str]]:
    first, second = _LINKS[link.schema]
    for one in link.properties.get(first, []):
        for other in link.properties.get(second, []):
            yield one, other
            yield other, one
