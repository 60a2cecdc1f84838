"""All addresses of the pages for the public, where they have an origin of their own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from openmidas.rights.views.kiosk import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("openmidas.rights.public_urls")),
]

handler400 = "openmidas.rights.views.problems.bad_request"
handler403 = "openmidas.rights.views.problems.forbidden"
handler404 = "openmidas.rights.views.problems.not_found"
handler500 = "openmidas.rights.views.problems.server_error"
