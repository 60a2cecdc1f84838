"""The addresses of a sealed post. Every other leads to the first."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from openmidas.web.collecting.urls import urlpatterns as collecting
from openmidas.web.gate import views
from openmidas.web.gate.collecting import while_collecting

urlpatterns: list[URLPattern] = [
    path("", views.gate, name="home"),
    path("gate/", views.state, name="gate-state"),
    path("language/", views.language, name="language"),
    path("health/", views.health, name="health"),
    *(
        path(str(each.pattern), while_collecting(each.callback), name=each.name)
        for each in collecting
    ),
    re_path(r"^.*$", views.elsewhere),
]
