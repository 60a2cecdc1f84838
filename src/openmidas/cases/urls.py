"""The addresses of the second line's work on hits."""

from __future__ import annotations

from django.urls import path

from openmidas.cases.views import hit, hits, settled

urlpatterns = [
    path("second-line/hits/", hits.hits, name="hits"),
    path("second-line/<uuid:crossing>/hits/<uuid:hit>/", hit.hit, name="hit"),
    path("second-line/<uuid:crossing>/hits/<uuid:hit>/answer/", hit.answer, name="hit-answer"),
    path("hq/hits/settled/", settled.settled, name="hits-settled"),
    path("hq/hits/settled/<uuid:id>/confirm/", settled.confirm, name="hit-settle"),
    path("hq/hits/settled/<uuid:id>/take-back/", settled.take_back, name="hit-unsettle"),
]
