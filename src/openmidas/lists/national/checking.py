"""Whether what is proposed can be a listing at all."""

from __future__ import annotations

from datetime import date, timedelta

from openmidas.documents import is_state
from openmidas.lists.national.categories import CATEGORIES, Category
from openmidas.lists.national.entries import MOST_EACH, Said
from openmidas.posts.refusals import Refused
from openmidas.screening.names import fold
from openmidas.screening.numbers import number_key

SHORTEST = 3


def check(said: Said, today: date) -> None:
    """Raises `Refused` ``said.FIELD``: what is wrong with the first field that is."""
    for field in ("reason", "legal_basis", "authority"):
        if len(getattr(said, field).strip()) < SHORTEST:
            raise Refused(f"said.{field}")
    if said.expires_on <= today:
        raise Refused("said.expires_past")
    most = CATEGORIES[said.category].most_days
    if said.expires_on > today + timedelta(days=most):
        raise Refused("said.expires_late", most=str(most))
    _check_who(said)


def _check_who(said: Said) -> None:
    if any(not fold(name.text) for name in said.names):
        raise Refused("said.names")
    if any(not number_key(document.number) for document in said.documents):
        raise Refused("said.documents")
    if not said.names and not said.documents:
        raise Refused("said.nobody")
    if said.category is Category.DOCUMENT and not said.documents:
        raise Refused("said.documents")
    if not said.names and (said.births or said.sex or said.nationalities):
        raise Refused("said.names")
    codes = [*said.nationalities, *(d.issuer for d in said.documents if d.issuer)]
    unknown = next((code for code in codes if not is_state(code)), None)
    if unknown is not None:
        raise Refused("said.state", state=unknown)
    many = (said.names, said.births, said.nationalities, said.documents)
    if any(len(each) > MOST_EACH for each in many):
        raise Refused("said.many", most=str(MOST_EACH))
