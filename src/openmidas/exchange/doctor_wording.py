"""The words of what `midas doctor` finds in the exchange."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openmidas.nodes.doctor_wording import add_words

add_words(
    {
        "epoch.continues": (
            _("Epoch %(epoch)s of %(name)s continues from where the one before is known to end."),
            "",
        ),
        "epoch.elsewhere": (
            _(
                "Epoch %(epoch)s of %(name)s does not continue from what is known of the one before."
            ),
            _("Ask who restored that machine, and from what. Then: midas journal verify"),
        ),
        "epoch.unproved": (
            _("What epoch %(epoch)s of %(name)s continues from has not arrived here."),
            "",
        ),
        "exchange.nothing_aside": (_("No journal entry and no segment is set aside."), ""),
        "exchange.quarantined": (
            _("%(entries)s journal entries could not be read into tables; they are kept."),
            _(
                "Is the program of this node older than the other's? After an upgrade it tries again."
            ),
        ),
        "exchange.refused": (
            _("%(segments)s segments did not hold and were refused; they are kept."),
            _("midas journal status; call the post that they came from."),
        ),
        "exchange.stopped": (
            _("The journal of %(name)s is stopped (%(reason)s): nothing more is taken from it."),
            _("Was that machine copied, or put back? Replace it: midas restore, then midas enrol"),
        ),
        "peers.away": (_("%(name)s was last heard of %(hours)s hours ago."), ""),
        "peers.heard": (_("%(name)s is heard of."), ""),
        "peers.never": (
            _("%(name)s has never been heard of."),
            _("Does the other side know this node's card? Is the link up?"),
        ),
        "peers.no_hq": (
            _("This post has met no headquarters: what it records reaches nobody."),
            _("midas card; at the headquarters: midas enrol CARD; here: midas meet CARD"),
        ),
        "peers.no_posts": (_("No post is enrolled yet."), "midas enrol CARD"),
        "peers.problem": (
            _("Between this node and %(name)s something is wrong (%(reason)s)."),
            _("journalctl -u midas-exchange; the page of the posts says it in words."),
        ),
        "peers.silent": (
            _("%(name)s has not been heard of for %(hours)s hours."),
            _("Is the link up? journalctl -u midas-exchange"),
        ),
    }
)
