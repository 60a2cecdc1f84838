"""The addresses of declarations."""

from __future__ import annotations

from django.urls import path

from openmidas.declarations.views import hq, post

urlpatterns = [
    path("declarations/", post.declarations, name="declarations"),
    path("declarations/herd/", post.herd, name="declare-herd"),
    path("declarations/goods/", post.goods, name="declare-goods"),
    path("declarations/<uuid:id>/", post.declaration, name="declaration"),
    path("hq/declarations/", hq.declarations, name="hq-declarations"),
    path("hq/declarations/table/", hq.table, name="hq-declarations-table"),
]
