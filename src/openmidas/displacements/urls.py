"""The addresses of displacements."""

from __future__ import annotations

from django.urls import path

from openmidas.displacements.views import crossing, hq, post

urlpatterns = [
    path("displacements/", post.displacements, name="displacements"),
    path("displacements/open/", post.opening, name="displacement-open"),
    path("displacements/<uuid:id>/", post.displacement, name="displacement"),
    path("displacements/<uuid:id>/count/", post.count, name="displacement-count"),
    path("displacements/<uuid:id>/registered/", post.mark, name="displacement-mark"),
    path("displacements/<uuid:id>/unregistered/", post.unmark, name="displacement-unmark"),
    path("displacements/<uuid:id>/close/", post.close, name="displacement-close"),
    path(
        "displacements/crossing/<uuid:id>/", crossing.of_crossing, name="displacement-of-crossing"
    ),
    path("hq/displacements/", hq.displacements, name="hq-displacements"),
    path("hq/displacements/table.csv", hq.table, name="hq-displacements-table"),
    path("hq/displacements/<uuid:id>/", hq.displacement, name="hq-displacement"),
]
