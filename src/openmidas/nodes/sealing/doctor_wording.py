"""The words of what `midas doctor` finds about the seal of a post."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openmidas.nodes.doctor_wording import add_words

add_words(
    {
        "lease.ends": (
            _("The lease ends in %(days)s days: headquarters was not heard of lately."),
            _("Mend the link. Without it, nothing can be read afterwards."),
        ),
        "lease.over": (
            _("The lease has run out: nothing is read until headquarters renews it."),
            "midas unseal",
        ),
        "memory.on_disk": (
            _("This machine swaps to a disk, and the key of an open post may end there."),
            "swapoff -a",
        ),
        "post.open": (_("The post is sealed, and open until the power goes."), ""),
        "post.sealed": (
            _("The post is sealed and waits for pass phrases; nothing else can be checked."),
            "midas unseal",
        ),
    }
)
