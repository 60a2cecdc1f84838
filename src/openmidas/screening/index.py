"""The lists ready for searching, and the question put to them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path

from openmidas.screening.comparing import compare
from openmidas.screening.compiled.candidates import MOST, Candidates
from openmidas.screening.compiled.compiling import RARE, compile_editions
from openmidas.screening.compiled.layout import CompiledList, Layout, open_layout
from openmidas.screening.compiled.records import Records
from openmidas.screening.edition import Edition
from openmidas.screening.evidence import Hit, Query
from openmidas.screening.explanation import Explaining
from openmidas.screening.listings import ListedName
from openmidas.screening.nametable import shipped_table
from openmidas.screening.prepared import PreparedQuery, prepare_listing, prepare_query
from openmidas.screening.tokens import Lexicon

_LEVEL_ORDER = {"strong": 0, "possible": 1, "weak": 2}


class Index:
    """All persons of some editions, for `screen`. Entities stay in their editions.

    Safe to ask from several threads at once.
    """

    def __init__(self, layout: Layout) -> None:
        self._records = Records(layout["RECORDS"], layout["ENDS"])
        self._lists = layout.meta.lists
        self._ends = [each.end for each in self._lists]
        self._candidates = Candidates(layout)
        self.lexicon = Lexicon(shipped_table(), self._candidates.words)

    @classmethod
    def build(cls, editions: Sequence[Edition], *, rare: int = RARE) -> Index:
        """An index over all these editions, of one or several lists, made in memory.

        Words that at most `rare` names have are looked up by themselves: more finds more, slower.
        """
        return cls.open(compile_editions(editions, rare=rare))

    @classmethod
    def open(cls, source: Path | bytes | memoryview) -> Index:
        """An index over a compiled file, read from where it lies, or over its bytes in memory.

        What is opened is bounded, not believed: a file that somebody made to deceive can hide
        listings or show others, so see to its digest before. Raises `CompiledError`, `OSError`.
        """
        return cls(open_layout(source))

    @property
    def lists(self) -> tuple[CompiledList, ...]:
        """The editions that it was made of."""
        return self._lists

    def __len__(self) -> int:
        return len(self._records)

    def screen(self, query: Query, *, most: int = MOST) -> tuple[Hit, ...]:
        """The listings that may be this traveller, the surest first; one hit a listing.

        At most `most` listings are compared beside those that have the document's number. Raises
        `CompiledError` where a damaged file is found to be so only now.
        """
        prepared = prepare_query(query, self.lexicon)
        return self._compare(query, prepared, self._candidates.find(query, prepared, most))

    def screen_all(self, query: Query) -> tuple[Hit, ...]:
        """The same by comparing with every listing: slow, and what searching is measured by."""
        return self._compare(query, prepare_query(query, self.lexicon), range(len(self)))

    def candidates(self, query: Query, *, most: int = MOST) -> list[int]:
        """The numbers of the listings that `screen` compares."""
        return self._candidates.find(query, prepare_query(query, self.lexicon), most)

    def _compare(
        self, query: Query, prepared: PreparedQuery, numbers: Iterable[int]
    ) -> tuple[Hit, ...]:
        explaining = Explaining(query)
        hits = [hit for at in numbers if (hit := self._hit(prepared, at, explaining))]
        return tuple(sorted(hits, key=_rank))

    def _hit(self, prepared: PreparedQuery, number: int, explaining: Explaining) -> Hit | None:
        listing = self._records[number]
        found = compare(prepared, prepare_listing(listing, self.lexicon))
        if found.level is None:
            return None
        name = listing.names[found.name] if listing.names else ListedName(listing.id)
        return Hit(
            list_code=self._lists[bisect_right(self._ends, number)].code,
            listing=listing,
            name=name.text,
            quality=name.quality,
            level=found.level,
            score=found.score,
            evidence=explaining.explain(found, listing),
            probability=found.probability(),
        )


def _rank(hit: Hit) -> tuple[int, float, str]:
    return _LEVEL_ORDER[hit.level], -hit.score, hit.listing.id
