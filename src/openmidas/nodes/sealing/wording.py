"""How a post stands, and why it cannot be sealed or unsealed, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openmidas.nodes.sealing.sealed import SealFailed

WORDS = {
    "seal.database": _("The database could not be encrypted anew: %(reason)s"),
    "seal.hq_refuses": _("Headquarters does not give its share: %(reason)s."),
    "seal.hq_silent": _("Headquarters did not answer: %(reason)s."),
    "seal.in_use": _("The node is running. Stop it first, then try again."),
    "seal.last_share": _(
        "This is the only share outside the disk. Make another one first: without one, nothing opens."
    ),
    "seal.lease_over": _(
        "The lease has run out, and headquarters must renew it; it did not answer: %(reason)s."
    ),
    "seal.need": _("%(need)s of %(officers)s officers are not possible."),
    "seal.no_memory": _(
        "This system has no folder that is kept in memory only (tmpfs), for the key of an open post."
    ),
    "seal.no_name": _("An officer needs a name."),
    "seal.no_post": _("Only a post with a database of its own can be sealed."),
    "seal.no_room": _(
        "The disk is too full to encrypt the database anew: %(megabytes)s MB more must be free."
        " Nothing was changed."
    ),
    "seal.no_share": _(
        "A share from outside is needed: put the token in. This post has none at headquarters."
    ),
    "seal.no_such_officer": _("Nobody named %(officer)s can unseal this post."),
    "seal.no_token": _("This file is no token of OpenMIDAS."),
    "seal.none": _("This post is not sealed: its key lies beside the database."),
    "seal.not_opened": _("The post could not be opened: %(reason)s"),
    "seal.not_prepared": _("This post has no database yet. First: midas prepare"),
    "seal.other_key": _("The key that came out does not open this database: was it put back?"),
    "seal.other_post": _("sealed.json is that of another post."),
    "seal.phrase_short": _(
        "The pass phrase of %(officer)s is too short. %(least)s characters or more: five words,"
        " for example."
    ),
    "seal.same_officer": _("%(officer)s stands there twice."),
    "seal.sealed_already": _("This post is sealed already."),
    "seal.shut": _("This post is sealed. Officers open it: midas unseal"),
    "seal.token_of_other": _("This token belongs to another post."),
    "seal.too_few": _("%(need)s officers are needed, and %(given)s gave a pass phrase."),
    "seal.too_many": _("At most %(most)s officers can unseal a post."),
    "seal.unreadable": _("sealed.json cannot be read: %(reason)s"),
    "seal.wrong_phrase": _(
        "Name or pass phrase %(number)s is not right. Nothing is blocked: try again."
    ),
    "seal.wrong_share": _(
        "The pass phrases are right, but the share from outside is not that of this post: it was"
        " replaced by a newer one."
    ),
}
STATES = {
    "never_sealed": _("Not sealed: the key lies beside the database."),
    "unsealed": _("Sealed, and open until the power goes."),
    "phrases": _("Sealed: it waits for officers' pass phrases."),
    "lease": _("The lease has run out: nothing is read until headquarters renews it."),
}


def word_seal(failed: SealFailed) -> str:
    """Why, as a sentence that says what to do."""
    return str(WORDS[failed.code]) % failed.params


def word_standing(reason: str) -> str:
    """The reason of a `Standing`, as a sentence."""
    return str(STATES[reason])
