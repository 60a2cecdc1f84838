"""The addresses of the second line's work on hits."""

from __future__ import annotations

from django.urls import path

from openmidas.cases.views import hit, hits

urlpatterns = [
    path("second-line/hits/", hits.hits, name="hits"),
    path("second-line/<uuid:crossing>/hits/<uuid:hit>/", hit.hit, name="hit"),
    path("second-line/<uuid:crossing>/hits/<uuid:hit>/answer/", hit.answer, name="hit-answer"),
]
