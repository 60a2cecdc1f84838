"""Is this person, or this document, on one of our lists, how sure is that, and why?

Plain Python, of use without the rest of the house:

    with open_list(Path("consolidated.xml.gz")) as stream:
        read = read_un(stream)
    index = Index.build([read.edition])
    hits = index.screen(Query(surname="BADEGE", given_names="ERIC", birth=PartialDate(1971)))

Each hit names its level and explains itself field by field; a person decides.
"""

from __future__ import annotations

from openmidas.screening.comparing import Comparison, compare, probability
from openmidas.screening.compiled.compiling import compile_editions, compile_file
from openmidas.screening.compiled.keys import keying as compiled_keying
from openmidas.screening.compiled.layout import VERSION as COMPILED_VERSION
from openmidas.screening.compiled.layout import CompiledError, CompiledList
from openmidas.screening.edition import FORMAT_VERSION as EDITION_VERSION
from openmidas.screening.edition import Edition, EditionError
from openmidas.screening.evidence import Evidence, Field, Hit, How, Level, NamePart, PartHow, Query
from openmidas.screening.explanation import explain
from openmidas.screening.formats.files import Asked, ListFile
from openmidas.screening.formats.registry import FORMATS, ListFormat, format_of, read_list
from openmidas.screening.index import Index
from openmidas.screening.listings import (
    Detail,
    ListedBirth,
    ListedDocument,
    ListedName,
    Listing,
)
from openmidas.screening.opening import open_list
from openmidas.screening.own import write_template
from openmidas.screening.persons import (
    ComparedPair,
    Likeness,
    births_agree,
    births_differ,
    compare_pair,
    compare_travellers,
    meeting_keys,
    rough_sounds,
)
from openmidas.screening.prepared import (
    PackedListing,
    PreparedListing,
    PreparedQuery,
    pack_listing,
    prepare_listing,
    prepare_query,
    unpack,
)
from openmidas.screening.problems import ColumnRead, ListError, Problem, ReadList
from openmidas.screening.tokens import Counted, Counts, Lexicon, shipped_lexicon
from openmidas.screening.un import read_un

__all__ = [
    "COMPILED_VERSION",
    "EDITION_VERSION",
    "FORMATS",
    "Asked",
    "ColumnRead",
    "ComparedPair",
    "Comparison",
    "CompiledError",
    "CompiledList",
    "Counted",
    "Counts",
    "Detail",
    "Edition",
    "EditionError",
    "Evidence",
    "Field",
    "Hit",
    "How",
    "Index",
    "Level",
    "Lexicon",
    "Likeness",
    "ListError",
    "ListFile",
    "ListFormat",
    "ListedBirth",
    "ListedDocument",
    "ListedName",
    "Listing",
    "NamePart",
    "PackedListing",
    "PartHow",
    "PreparedListing",
    "PreparedQuery",
    "Problem",
    "Query",
    "ReadList",
    "births_agree",
    "births_differ",
    "compare",
    "compare_pair",
    "compare_travellers",
    "compile_editions",
    "compile_file",
    "compiled_keying",
    "explain",
    "format_of",
    "meeting_keys",
    "open_list",
    "pack_listing",
    "prepare_listing",
    "prepare_query",
    "probability",
    "read_list",
    "read_un",
    "rough_sounds",
    "shipped_lexicon",
    "unpack",
    "write_template",
]
