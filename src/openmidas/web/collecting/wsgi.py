"""The way in of the page that collects."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "openmidas.web.collecting.settings"
application = get_wsgi_application()

# Settings exist from here on.
from django.urls import reverse  # noqa: E402

from openmidas.web.doorway import Doorway  # noqa: E402

doorway = Doorway(application, slow=(reverse("collect-sign-in"),))
