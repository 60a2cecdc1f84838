"""The addresses of the lists room."""

from __future__ import annotations

from django.urls import path

from openmidas.lists.views import from_file, importing, listing, lists, national, proposals

urlpatterns = [
    path("lists/", lists.lists, name="lists"),
    path("lists/import/", importing.list_import, name="list-import"),
    path("lists/source/<uuid:edition>/", lists.source, name="list-source"),
    path("lists/of/<slug:code>/", lists.one_list, name="list"),
    path("lists/own/new/", national.new, name="national-list-new"),
    path("lists/own/<uuid:id>/", national.one, name="national-list"),
    path("lists/own/<uuid:id>/settings/", national.settings, name="national-list-settings"),
    path("lists/own/<uuid:id>/publish/", national.publish, name="national-list-publish"),
    path("lists/own/<uuid:id>/propose/", listing.propose, name="listing-propose"),
    path("lists/own/template/", from_file.template, name="national-list-template"),
    path("lists/own/<uuid:id>/file/", from_file.upload, name="national-list-file"),
    path("lists/own/<uuid:id>/file/<uuid:upload>/", from_file.one, name="national-list-upload"),
    path(
        "lists/own/<uuid:id>/file/<uuid:upload>/left-out/",
        from_file.rejected,
        name="national-list-rejected",
    ),
    path("lists/listing/<uuid:id>/", listing.one, name="listing"),
    path("lists/listing/<uuid:id>/change/", listing.change, name="listing-change"),
    path("lists/listing/<uuid:id>/remove/", listing.remove, name="listing-remove"),
    path("lists/waiting/", proposals.waiting, name="proposals"),
    path("lists/due/", national.due, name="listings-due"),
    path("lists/proposal/<uuid:id>/", proposals.one, name="proposal"),
    path("lists/proposal/<uuid:id>/decide/", proposals.decide, name="proposal-decide"),
    path("lists/batch/<uuid:id>/", proposals.batch, name="proposal-batch"),
    path("lists/batch/<uuid:id>/approve/", proposals.approve_batch, name="proposal-batch-approve"),
]
