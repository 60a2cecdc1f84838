"""How much of a hit is shown to who screens a file at the terminal of a node.

Lists of others are as open as their owners made them. Of the State's own, the terminal is shown what
the lane is: a code that says what to do. An officer who gives their password is shown what they may
read on pages: the second line of a post what is not for the headquarters alone, a reader that the list
names what is not discreet, at the headquarters the list's owners and readers everything.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from openmidas.documents.commands.languages import Language
from openmidas.journal import Actor
from openmidas.lists.in_use import ListHit
from openmidas.lists.models import ListEdition
from openmidas.lists.national.categories import CODES
from openmidas.lists.national.models import NationalList
from openmidas.lists.national.owners import may_read
from openmidas.lists.national.wording import ACTIONS
from openmidas.nodes.commanding import AT_THE_TERMINAL, CommandFailed
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role
from openmidas.posts.signing_in import OfficerBackend
from openmidas.screening.commands.answers import hit_answer

_ACTION_OF = {code: action for action, code in CODES.items()}
_AS = (Role.SECOND_LINE, Role.HQ_LISTS, Role.HQ_ANALYST, Role.OVERSIGHT, Role.HEAD_OF_POST)
"""The roles in which somebody reads listings, the first that an officer has is written down."""

Answer = dict[str, Any]


class Reader:
    """Who reads the answers: an officer by name, or whoever has the terminal."""

    def __init__(self, officer: Officer | None = None) -> None:
        self._officer = officer
        self._readers: dict[UUID, list[str]] = {}

    @classmethod
    def signed_in(cls, username: str) -> Reader:
        """The officer of that name, by the password typed; nobody for "". Raises `CommandFailed`."""
        if not username:
            return cls()
        officer = OfficerBackend().authenticate(None, username, _password())
        if officer is None:
            raise CommandFailed(_("User name and password do not fit together."))
        if not any(officer.has_role(role) for role in _AS):
            raise CommandFailed(
                _("This officer may look into no list: %(name)s") % {"name": officer}
            )
        return cls(officer)

    @property
    def actor(self) -> Actor:
        """Who looked, as the journal says it."""
        if self._officer is None:
            return AT_THE_TERMINAL
        role = next(role for role in _AS if self._officer.has_role(role))
        return Actor(self._officer.id, role)

    def answers(self, hits: Sequence[ListHit], language: Language) -> list[Answer]:
        """What is shown of these hits, the surest first; of codes the same one once."""
        shown: list[Answer] = []
        for hit in hits:
            if not hit.listing.action or self._may_read(hit):
                shown.append(hit_answer(hit, language) | _asked(hit))
            elif hit.listing.code and (short := _code_alone(hit)) not in shown:
                shown.append(short)
        return shown

    def _may_read(self, hit: ListHit) -> bool:
        if self._officer is None:
            return False
        if this_node().is_hq:
            of = NationalList.objects.filter(code=hit.list_code).first()
            return of is not None and may_read(of, self._officer)
        if not hit.listing.code:
            return False
        if self._officer.has_role(Role.SECOND_LINE):
            return True
        named = set(self._officer.roles) & set(self._named(hit.edition.edition))
        return bool(named) and not hit.listing.discreet

    def _named(self, edition: UUID) -> list[str]:
        """The roles that an edition lets look into its list."""
        if edition not in self._readers:
            row = ListEdition.objects.filter(id=edition).first()
            self._readers[edition] = list(row.readers or ()) if row else []
        return self._readers[edition]


def _asked(hit: ListHit) -> Answer:
    """What is asked of who meets a listing of the State's own."""
    listing = hit.listing
    if not listing.action:
        return {}
    told = {"category": listing.category, "action": listing.action, "code": listing.code}
    return told | {"discreet": listing.discreet, "instruction": listing.remarks}


def _code_alone(hit: ListHit) -> Answer:
    """What to do and how sure it is, as the lane is told; neither who nor why."""
    code = hit.listing.code
    action = _ACTION_OF.get(code)
    words = str(ACTIONS[action]) if action else ""
    said = _("%(action)s, code %(code)s") % {"action": words, "code": code}
    return {"code": code, "class": hit.level, "explanation": {"sentence": said}}


def _password() -> str:
    """From the keyboard, unseen; from what is piped in, its first line."""
    if sys.stdin.isatty():
        return getpass.getpass(_("Password: "))
    return sys.stdin.readline().rstrip("\n")
