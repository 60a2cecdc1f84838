"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmidas.web.settings")
application = get_wsgi_application()

# Models exist from here on.
from django.urls import reverse  # noqa: E402

from openmidas.lists.in_use import warm_up  # noqa: E402
from openmidas.lists.views.importing import MOST_UPLOAD_BYTES  # noqa: E402
from openmidas.nodes.identity import this_node  # noqa: E402
from openmidas.nodes.sealing.guarding import end_when_shut  # noqa: E402
from openmidas.web.doorway import Doorway  # noqa: E402

doorway = Doorway(
    application,
    slow=(reverse("sign-in"), reverse("set-password")),
    uploads={reverse("list-import"): MOST_UPLOAD_BYTES} if this_node().is_hq else {},
)

# From the worker, not from the server that forks it: threads and forks do not go together.
end_when_shut(os.getppid())
# The first traveller must not wait for the lists to be read.
warm_up()
