"""All addresses of a post that can only collect. Every other leads to the page that does."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from openmidas.web.collecting import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("openmidas.web.collecting.urls")),
    path("language/", views.language, name="language"),
    path("health/", views.health, name="health"),
    re_path(r"^.*$", views.elsewhere),
]
