"""Is this person, or this document, on one of our lists, how sure is that, and why?

Plain Python, of use without the rest of the house:

    with open_list(Path("consolidated.xml.gz")) as stream:
        read = read_un(stream)
    index = Index.build([read.edition])
    hits = index.screen(Query(surname="BADEGE", given_names="ERIC", birth=PartialDate(1971)))

Each hit names its level and explains itself field by field; a person decides.
"""

from __future__ import annotations

from openmidas.screening.edition import Edition, EditionError
from openmidas.screening.evidence import Evidence, Field, Hit, How, Level, Query
from openmidas.screening.index import Index
from openmidas.screening.listings import (
    Detail,
    ListedBirth,
    ListedDocument,
    ListedName,
    Listing,
)
from openmidas.screening.opening import open_list
from openmidas.screening.persons import (
    Likeness,
    births_agree,
    compare_travellers,
    meeting_keys,
)
from openmidas.screening.problems import ListError, Problem, ReadList
from openmidas.screening.un import read_un

__all__ = [
    "Detail",
    "Edition",
    "EditionError",
    "Evidence",
    "Field",
    "Hit",
    "How",
    "Index",
    "Level",
    "Likeness",
    "ListError",
    "ListedBirth",
    "ListedDocument",
    "ListedName",
    "Listing",
    "Problem",
    "Query",
    "ReadList",
    "births_agree",
    "compare_travellers",
    "meeting_keys",
    "open_list",
    "read_un",
]
