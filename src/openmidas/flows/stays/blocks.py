"""Where documents of one person meet in the tables, without their names being there.

The keys of `screening.meeting_keys` as short digests. They keep names out of sight, no more: whoever
has a list of names can try them.
"""

from __future__ import annotations

from hashlib import blake2b

from openmidas.crossings.models import Crossing
from openmidas.documents import PartialDate
from openmidas.screening import Query, meeting_keys


def blocks_of(crossing: Crossing) -> tuple[str, str]:
    """The two blocks of a traveller; empty where name or year of birth is not known."""
    keys = meeting_keys(query_of(crossing))
    if not keys:
        return "", ""
    first, last = (blake2b(key.encode(), digest_size=8).hexdigest() for key in keys)
    return first, last


def query_of(crossing: Crossing, *, name_truncated: bool = False) -> Query:
    """The traveller of a crossing, ready for comparison."""
    return Query(
        surname=crossing.surname,
        given_names=crossing.given_names,
        birth=partial(crossing.birth),
        sex=crossing.sex or None,
        nationality=crossing.nationality or None,
        number=crossing.document_number,
        number_issuer=crossing.document_issuer or None,
        name_truncated=name_truncated,
    )


def partial(birth: str) -> PartialDate | None:
    """A birth date as crossings keep it."""
    return PartialDate.parse(birth) if birth else None
