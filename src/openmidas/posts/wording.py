"""Codes of the posts room, in the words of the officer who reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from openmidas.posts.entries import Compartment, InvitationEnd, ReplacementEnd
from openmidas.posts.lookups import Purpose
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.standing import Standing

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ROLE_NAMES: dict[Role, _StrPromise] = {
    Role.PRIMARY: _("Primary officer"),
    Role.SECOND_LINE: _("Second-line officer"),
    Role.HEAD_OF_POST: _("Head of post"),
    Role.HQ_ANALYST: _("Analyst at headquarters"),
    Role.HQ_LISTS: _("List officer at headquarters"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.OVERSIGHT: _("Oversight"),
}

COMPARTMENT_NAMES: dict[Compartment, _StrPromise] = {
    Compartment.CHILD: _("Unaccompanied or separated child"),
    Compartment.TRAFFICKING: _("Victim of trafficking"),
    Compartment.ASYLUM: _("Asylum seeker"),
    Compartment.MEDICAL: _("Medical"),
    Compartment.OTHER: pgettext_lazy("compartment", "Other"),
}

STANDING_NAMES: dict[Standing, _StrPromise] = {
    Standing.ACTIVE: _("May sign in"),
    Standing.SUSPENDED: _("Suspended"),
    Standing.EXPIRED: _("Time limit passed"),
    Standing.NOT_VALID: _("Not validly enrolled"),
}

PURPOSE_NAMES: dict[Purpose, _StrPromise] = {
    Purpose.CROSSING_CHECK: _("Check of a crossing"),
    Purpose.CASE: _("Case"),
    Purpose.PERSON_REQUEST: _("Request of the person concerned"),
    Purpose.COMPLAINT: _("Complaint"),
    Purpose.OVERSIGHT: _("Oversight"),
    Purpose.LISTS: _("Keeping a list"),
    Purpose.OTHER: _("Other (give the reason)"),
}

ACTION_NAMES: dict[str, _StrPromise] = {
    "direction": _("Entry or exit"),
    "admit": _("Admit"),
    "camera": _("Read a document with the camera"),
    "seal": _("Read a digital seal with the camera"),
    "receipt": _("Receipt of the last traveller"),
    "refer": _("Refer to the second line"),
    "type": _("Type a traveller by hand"),
    "cancel": _("Cancel"),
}

DAY_NAMES: tuple[_StrPromise, ...] = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)

# How an invitation stands (`posts.invitations`, which stands above this).
INVITATION_STATES: dict[str, _StrPromise] = {
    "open": _("expected"),
    "expired": pgettext_lazy("invitation", "expired"),
    InvitationEnd.JOINED: _("joined"),
    InvitationEnd.REVOKED: _("taken back"),
    InvitationEnd.VOID: _("void after ten wrong tries"),
}

# How the replacement of a post's machine stands (`posts.replacements`, which stands above this).
REPLACEMENT_STATES: dict[str, _StrPromise] = {
    "proposed": _("waits for a second administrator"),
    "approved": _("approved: the new machine is expected"),
    "expired": pgettext_lazy("replacement", "time limit passed"),
    ReplacementEnd.REPLACED: _("replaced"),
    ReplacementEnd.WITHDRAWN: _("taken back"),
    ReplacementEnd.VOID: _("void after ten wrong tries"),
}

_SENTENCES: dict[str, _StrPromise] = {
    "compartment.inside": _("This officer is in this compartment already."),
    "compartment.past": _("The last day is over. Choose a later one, or none."),
    "compartment.role": _(
        "Of this officer's roles none has the pages of referrals: the compartment would open nothing."
    ),
    "compartment.unknown": _("There is no such membership."),
    "disk.full": _(
        "The disk of this machine is full (%(free_mb)s MB are free): nothing was recorded. Make "
        "room on it now. What was recorded before is safe."
    ),
    "administrator.last": _(
        "This is the last administrator. Enrol another one first: otherwise nobody could "
        "administer the officers any more."
    ),
    "code.expired": _("This code has expired. Ask for a new one."),
    "code.void": _("Ten wrong tries: the code is void. Ask for a new one."),
    "code.wrong": _("User name and code do not fit together. Check both and try again."),
    "collecting.not_at_post": _("Only who may work at this post can collect."),
    "collecting.not_prepared": _(
        "This post cannot collect yet: it knows no headquarters to seal for. Join one first."
    ),
    "invitation.ended": _("This invitation has ended already."),
    "invitation.unknown": _("There is no such invitation."),
    "join.address": _(
        "“%(address)s” is no address. Give it as the browser shows it, for example 10.0.0.5:8000."
    ),
    "join.code_malformed": _(
        "This is no code for joining: it has 25 letters and digits in five groups, and the last one "
        "checks the others. Compare it with what headquarters gave you."
    ),
    "join.expired": _("The code has expired. Ask headquarters for a new one."),
    "join.known_otherwise": _(
        "Headquarters knows this post by another key. An administrator there must look into it."
    ),
    "join.malformed": _("The card of the other node cannot be read: it may run another version."),
    "join.not_a_post": _("Only a post joins, and this machine is a headquarters."),
    "join.not_at_hq": _("At this address is a post. Ask for the address of headquarters."),
    "join.not_fresh": _(
        "This machine has been worked with, or has joined already: it cannot take another's place. "
        "Make a new node in an empty folder, and join with that."
    ),
    "join.not_hq": _("The answer came from a post. Ask for the address of headquarters."),
    "join.not_proven": _(
        "Somebody answered who does not know the code. Nothing was changed here. Check the address "
        "with headquarters by telephone before you try again."
    ),
    "join.not_understood": _(
        "The answer is not understood. Is this the address of headquarters' pages?"
    ),
    "join.old_machine": _(
        "This is the machine that is to be replaced. The code is for the new one."
    ),
    "join.other_hq": _("This post exchanges with %(name)s already."),
    "join.other_state": _("A node belongs to one State, and this is another's headquarters."),
    "join.replayed": _("This request was made before. Give the command again."),
    "join.revoked": _("Headquarters has taken this code back. Ask for a new one."),
    "join.sealed": _(
        "This machine is sealed under its own number: it cannot become another post. Take the seal "
        "off first (midas seal off), join with the same code, then seal it again."
    ),
    "join.trusted_no_more": _(
        "Headquarters trusts this machine no more. An administrator there must look into it."
    ),
    "join.unreachable": _(
        "Headquarters does not answer at %(address)s (%(reason)s). Check the link and the address; "
        "the code stays valid."
    ),
    "join.used": _("This code was used by another machine. Ask headquarters what happened."),
    "join.void": _("Ten wrong tries: the code is void. Ask headquarters for a new one."),
    "join.wrong": _("Headquarters does not know this code. Compare it, letter by letter."),
    "keys.twice": _("Two actions cannot have the same key."),
    "keys.unknown": _("Choose a function key for each action."),
    "lease.days": _("A lease has 0 to %(most)s days."),
    "lookup.reason_missing": _("Say in at least %(least)s characters why you look this person up."),
    "lookup.too_short": _("Type at least %(least)s characters of a name or a document number."),
    "lookup.unprintable": _(
        "There are signs that are not seen, or that turn the line round. Type the text, do not paste it."
    ),
    "mandate.missing": _("Your role does not allow this here."),
    "name.malformed": _("Type the officer's name: one line of at most 120 characters."),
    "officer.not_active": _(
        "This officer may not sign in at present, so a code would be of no use."
    ),
    "officer.not_suspended": _("This officer is not suspended."),
    "officer.owned_by_hq": _("Headquarters enrolled this officer. Only they can change that."),
    "officer.owned_by_post": _(
        "The post enrolled this officer. Headquarters can confirm or suspend the officer."
    ),
    "officer.self": _("Nobody can do this for themselves. Ask a colleague."),
    "officer.unknown": _("There is no such officer."),
    "password.refused": _("Choose another password."),
    "pin.digits": _("A PIN has %(least)s to %(most)s digits."),
    "pin.easy": _("This PIN is guessed first. Choose another one."),
    "pin.pause": _("Too many wrong PINs. Try again in %(minutes)s minutes."),
    "pin.wrong": _("Number and PIN do not fit together. Check both and try again."),
    "post.malformed": _(
        "A post needs a name of at most %(name)s characters, and lanes that differ, of 1 to "
        "%(lane)s characters each."
    ),
    "post.hours": _("The opening hours are not understood. Try: 06:00-18:00"),
    "post.minutes": _(
        "The same document: 0 to %(same)s minutes. Silence: %(least)s to %(most)s minutes."
    ),
    "post.not_yours": _("You can only do this at your own post."),
    "post.place": _(
        "A place has a latitude of -90 to 90 and a longitude of -180 to 180 degrees, or neither."
    ),
    "post.unknown": _("There is no such post."),
    "post.not_trusted": _("This post is not enrolled, or is trusted no more already."),
    "proposal.unknown": _("There is no such proposal."),
    "proposal.ended": _("This proposal has ended: somebody approved, refused or took it back."),
    "proposal.same_person": _("You proposed this yourself: another officer must decide on it."),
    "proposal.changed": _("This is not what you saw. Look at it again."),
    "proposal.proposer_gone": _("Who proposed this may not do so any more. Propose it anew."),
    "reason.missing": _("Say why, in at most 255 characters."),
    "replacement.approved": _("This replacement is approved already."),
    "replacement.ended": _("This replacement has ended already. Propose it anew."),
    "replacement.nobody": _(
        "Four eyes are those of two persons: say who you are, with --as and your user name."
    ),
    "replacement.open": _("A replacement of this post is under way already."),
    "replacement.proposer_gone": _(
        "Who proposed this is no administrator any more. Take it back and propose it anew."
    ),
    "replacement.same_person": _(
        "You proposed this replacement yourself. Another administrator must approve it."
    ),
    "replacement.unknown": _("There is no such replacement."),
    "roles.missing": _("Choose at least one role."),
    "roles.not_yours": _("You cannot give this role here."),
    "suspension.by_hq": _("Headquarters suspended this officer. Only they can lift that."),
    "username.malformed": _(
        "A user name has 2 to 32 characters: letters a to z, digits, dot, hyphen, underscore."
    ),
    "username.taken": _("The user name %(username)s is taken at this post. Choose another one."),
}


def word(refused: Refused) -> str:
    """What was refused, as a sentence that says what to do."""
    return str(_SENTENCES[refused.code]) % refused.params


def role_names(roles: list[str]) -> list[str]:
    """The names of roles, in the language of the page; a code where a newer HQ knows a newer role."""
    known = {role.value: str(name) for role, name in ROLE_NAMES.items()}
    return [known.get(role, role) for role in roles]
