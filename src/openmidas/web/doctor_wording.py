"""The words of what `midas doctor` finds about the web server's certificate."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openmidas.nodes.doctor_wording import add_words

RENEW = _(
    "A post makes a new one: sudo midas install post. The State's authority issues one: midas ca"
    " request, and midas ca use."
)

add_words(
    {
        "tls.authority_unknown": (
            _(
                "Whether the authority that signed the certificate is limited to the State's names is"
                " not known: it is not in the file."
            ),
            "",
        ),
        "tls.constrained": (_("The authority can sign for the State's own names only."), ""),
        "tls.expired": (_("The certificate of the pages ran out on %(until)s."), RENEW),
        "tls.expires": (_("The certificate of the pages runs out in %(days)s days."), RENEW),
        "tls.key_open": (
            _("Others on this machine can read the key of the pages: %(path)s"),
            "chmod 600 %(path)s",
        ),
        "tls.names_missing": (_("The certificate of the pages does not name %(names)s."), RENEW),
        "tls.none": (
            _("The pages go over the LAN without encryption; cameras and readers need it as well."),
            RENEW,
        ),
        "tls.not_yet": (
            _("The certificate of the pages is not valid yet: is the clock right?"),
            "timedatectl",
        ),
        "tls.only_here": (_("The pages are served to this machine only."), ""),
        "tls.other_key": (_("The certificate of the pages is not that of its key."), RENEW),
        "tls.unconstrained": (
            _(
                "The authority of the certificate can sign for any name in the world: whoever steals its"
                " key can pose as every site."
            ),
            RENEW,
        ),
        "tls.unreadable": (_("The certificate of the pages cannot be read: %(reason)s"), RENEW),
        "tls.valid": (_("The certificate of the pages is valid until %(until)s."), ""),
    }
)
