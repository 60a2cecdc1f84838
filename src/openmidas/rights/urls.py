"""The addresses of this room: the oversight's, and those for the public."""

from __future__ import annotations

from django.urls import include, path

from openmidas.rights.views import oversight

urlpatterns = [
    path("", include("openmidas.rights.public_urls")),
    path("hq/complaints/", oversight.complaints, name="complaints"),
    path("hq/complaints/<uuid:id>/", oversight.complaint, name="complaint"),
    path("hq/complaints/<uuid:id>/answer/", oversight.answer, name="complaint-answer"),
]
