"""What the page of a sealed post says while it works."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from openmidas.exchange.unsealing import Step

STEPS = {
    Step.PHRASES: _("The pass phrases are checked. This takes some seconds, on purpose."),
    Step.HQ: _("Headquarters is asked for its share. This takes up to half a minute."),
    Step.DATABASE: _("The database is opened."),
}
OPEN = _("The post is open. The pages start: a few seconds more.")
WAIT = _("After a wrong pass phrase there is a pause. Try again in %(seconds)s seconds.")
BUSY = _("Somebody else is opening this post at this moment.")
NO_TOKEN_FILE = _("The file is too large to be a token.")
