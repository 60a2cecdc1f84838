"""The addresses of the lists room."""

from __future__ import annotations

from django.urls import path

from openmidas.lists.views import importing, lists

urlpatterns = [
    path("lists/", lists.lists, name="lists"),
    path("lists/import/", importing.list_import, name="list-import"),
    path("lists/source/<uuid:edition>/", lists.source, name="list-source"),
    path("lists/of/<slug:code>/", lists.one_list, name="list"),
]
