"""The web server's way in."""

import os
from uuid import UUID

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmidas.web.settings")
application = get_wsgi_application()

# Models exist from here on.
from django.db import close_old_connections  # noqa: E402
from django.urls import Resolver404, resolve, reverse  # noqa: E402

from openmidas.lists.in_use import warm_up  # noqa: E402
from openmidas.lists.views.importing import MOST_UPLOAD_BYTES  # noqa: E402
from openmidas.nodes.identity import this_node  # noqa: E402
from openmidas.nodes.sealing.guarding import end_when_shut  # noqa: E402
from openmidas.posts.sessions import sending_officer  # noqa: E402
from openmidas.web.doorway import Doorway, Environ  # noqa: E402
from openmidas.web.serving import end_when_certified_anew  # noqa: E402

_LISTS = {reverse("list-import"): MOST_UPLOAD_BYTES} if this_node().is_hq else {}


def _bytes_taken(path: str) -> int | None:
    """How many bytes a page takes that is sent a list or a picture (`pictures.uploads`)."""
    try:
        view = resolve(path).func
    except Resolver404:
        return None
    taken: int | None = getattr(view, "takes_bytes", None)
    return _LISTS.get(path, taken)


def _sending_officer(environ: Environ) -> UUID | None:
    """Outside a request nobody else closes connections that are over."""
    close_old_connections()
    try:
        return sending_officer(environ)
    finally:
        close_old_connections()


doorway = Doorway(
    application,
    slow=(reverse("sign-in"), reverse("set-password")),
    uploads=_bytes_taken,
    knows=_sending_officer,
)

# From the worker, not from the server that forks it: threads and forks do not go together.
end_when_shut(os.getppid())
end_when_certified_anew(os.getppid())
# The first traveller must not wait for the lists to be read.
warm_up()
