"""The addresses of the second line's work on hits."""

from __future__ import annotations

from django.urls import path

from openmidas.cases.views import figures, hit, hits, looking_back, settled

urlpatterns = [
    path("second-line/hits/", hits.hits, name="hits"),
    path("second-line/<uuid:crossing>/hits/<uuid:hit>/", hit.hit, name="hit"),
    path("second-line/<uuid:crossing>/hits/<uuid:hit>/answer/", hit.answer, name="hit-answer"),
    path("hq/hits/settled/", settled.settled, name="hits-settled"),
    path("hq/hits/settled/<uuid:id>/confirm/", settled.confirm, name="hit-settle"),
    path("hq/hits/settled/<uuid:id>/take-back/", settled.take_back, name="hit-unsettle"),
    path("hq/looking-back/", looking_back.looking_back, name="looking-back"),
    path("hq/looking-back/<uuid:id>/", looking_back.later_hit, name="later-hit"),
    path("hq/looking-back/<uuid:id>/answer/", looking_back.answer, name="later-hit-answer"),
    path("hq/hits/", figures.figures, name="hit-figures"),
    path("hq/hits/table.csv", figures.table, name="hit-figures-table"),
]
