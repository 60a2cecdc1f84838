"""The way in to the pages for the public."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "openmidas.web.public.settings"
application = get_wsgi_application()

# Settings exist from here on.
from openmidas.nodes.sealing.guarding import end_when_shut  # noqa: E402
from openmidas.web.doorway import Doorway  # noqa: E402
from openmidas.web.serving import end_when_certified_anew  # noqa: E402

doorway = Doorway(application)
end_when_shut(os.getppid())
end_when_certified_anew(os.getppid())
