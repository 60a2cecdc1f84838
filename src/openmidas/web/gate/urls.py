"""The addresses of a sealed post. Every other leads to the first."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from openmidas.web.gate import views

urlpatterns: list[URLPattern] = [
    path("", views.gate, name="home"),
    path("gate/", views.state, name="gate-state"),
    path("language/", views.language, name="language"),
    path("health/", views.health, name="health"),
    re_path(r"^.*$", views.elsewhere),
]
