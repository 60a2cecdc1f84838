"""Codes of the State's own lists in words, for pages of every room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.lists.national.categories import Action, Category
from openmidas.lists.national.entries import Change
from openmidas.lists.national.models import End
from openmidas.posts.refusals import Refused
from openmidas.posts.wording import word as word_of_posts

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CATEGORIES: Mapping[str, _StrPromise] = {
    Category.ARREST: _("Wanted for arrest"),
    Category.SANCTION: _("Sanction"),
    Category.MISSING: _("Missing person"),
    Category.CHILD_AT_RISK: _("Child at risk"),
    Category.JUDICIAL: _("Sought by a court"),
    Category.EXIT_BAN: _("Ban on leaving, by a court"),
    Category.ENTRY_BAN: _("Ban on entering"),
    Category.WARNING: _("Warning"),
    Category.OBSERVE: _("To be observed"),
    Category.DOCUMENT: _("Lost or stolen document"),
    Category.HEALTH: _("Health notice"),
}
ACTIONS: Mapping[str, _StrPromise] = {
    Action.CALL_HQ: _("Call headquarters"),
    Action.SECOND_LINE: _("Second line"),
    Action.INFORM: _("Inform headquarters"),
}
CHANGES: Mapping[str, _StrPromise] = {
    Change.ADD: pgettext_lazy("proposal", "new listing"),
    Change.CHANGE: pgettext_lazy("proposal", "change"),
    Change.REMOVE: pgettext_lazy("proposal", "removal"),
}
ENDS: Mapping[str, _StrPromise] = {
    "": pgettext_lazy("proposal", "waits for a second person"),
    End.APPROVED: pgettext_lazy("proposal", "approved"),
    End.REFUSED: pgettext_lazy("proposal", "refused"),
    End.WITHDRAWN: pgettext_lazy("proposal", "taken back"),
}
SEXES: Mapping[str, _StrPromise] = {
    "F": pgettext_lazy("sex", "Female"),
    "M": pgettext_lazy("sex", "Male"),
}

_REFUSALS: Mapping[str, _StrPromise] = {
    "list.nobody": _("Lists are kept by an officer for lists, by name. Sign in as one."),
    "list.not_owner": _("Only the owners of this list may do that."),
    "list.unknown": _("There is no such list."),
    "list.owners": _("Choose none, or at least %(least)s officers for lists who may sign in."),
    "list.readers": _("One of the readers may not look into lists."),
    "list.code": _(
        "The short name has small letters, figures and hyphens, two at least, and begins with a letter."
    ),
    "list.code_taken": _("Another list has this short name."),
    "list.title": _("Give the list a name of 3 to 200 characters."),
    "list.empty": _("Nothing on this list is approved and in force: there is nothing to publish."),
    "list.changing": _("The list was changed at this moment. Publish it again."),
    "said.reason": _("Say why: at least three characters."),
    "said.legal_basis": _("Name the law, warrant or decision that this rests on."),
    "said.authority": _("Name the authority that asks for it."),
    "said.expires_past": _("This day must lie ahead."),
    "said.expires_late": _("In this category, a listing is reviewed after %(most)s days at most."),
    "said.names": _("Give a name: births, sex and nationality belong to a person."),
    "said.documents": _("Give the number of a document: five signs at least, with a figure."),
    "said.nobody": _("Give a name or a document."),
    "said.state": _("“%(state)s” is no code of a State (three letters)."),
    "said.many": _("At most %(most)s of each can be listed."),
    "listing.unknown": _("This listing does not stand on a list any more."),
    "listing.waiting": _(
        "A change of this listing waits for a second person. That one must end first."
    ),
    "listing.same": _("Nothing of the listing was changed."),
    "reason.missing": _("Say why: at least three characters."),
    "proposal.not_yours": _("Only who proposed this may take it back."),
    "proposal.outdated": _("The listing was changed since this was proposed. Propose it again."),
    "proposal.expired": _("The last day of this listing has passed. Propose it again."),
    "batch.empty": _("There is no listing in this file."),
    "batch.large": _("One file may have %(most)s listings at most. Cut it into several."),
}


def word(refused: Refused) -> str:
    """What was refused, as a sentence that says what to do."""
    sentence = _REFUSALS.get(refused.code)
    if sentence is None:
        return word_of_posts(refused)
    said = str(sentence) % refused.params
    line = refused.params.get("line")
    return (
        said
        if line is None
        else str(_("Listing %(line)s: %(said)s")) % {"line": line, "said": said}
    )


def of_code(words: Mapping[str, _StrPromise], code: str) -> str:
    """The words of a code; the code itself where a newer version wrote it."""
    return str(words.get(code, code))
