"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openmidas.web.settings")
application = get_wsgi_application()

# Models exist from here on. The first traveller must not wait for the lists to be read.
from openmidas.lists.in_use import warm_up  # noqa: E402

warm_up()
