"""The addresses of incidents."""

from __future__ import annotations

from django.urls import path

from openmidas.incidents.views import hq, pictures, post, rules, steps

urlpatterns = [
    path("incidents/", post.incidents, name="incidents"),
    path("incidents/report/", post.report, name="incident-report"),
    path("incidents/rules/", rules.here, name="incident-rules-here"),
    path("incidents/<uuid:id>/", post.incident, name="incident"),
    path("incidents/<uuid:id>/update/", steps.update, name="incident-update"),
    path("incidents/<uuid:id>/comment/", steps.comment, name="incident-comment"),
    path("incidents/<uuid:id>/pictures/", pictures.attach, name="incident-attach"),
    path(
        "incidents/<uuid:id>/pictures/<uuid:picture>.jpg", pictures.picture, name="incident-picture"
    ),
    path("incidents/<uuid:id>/close/", steps.close, name="incident-close"),
    path("incidents/<uuid:id>/reopen/", steps.reopen, name="incident-reopen"),
    path("hq/incidents/", hq.incidents, name="hq-incidents"),
    path("hq/incidents/<uuid:id>/", hq.incident, name="hq-incident"),
    path("hq/incidents/<uuid:id>/comment/", hq.comment, name="hq-incident-comment"),
    path("hq/incidents/<uuid:id>/pictures/", pictures.open_at_hq, name="hq-incident-pictures"),
    path(
        "hq/incidents/<uuid:id>/pictures/<uuid:picture>.jpg",
        pictures.picture_at_hq,
        name="hq-incident-picture",
    ),
    path("hq/incidents/<uuid:id>/close/", hq.close, name="hq-incident-close"),
    path("hq/incidents/<uuid:id>/reopen/", hq.reopen, name="hq-incident-reopen"),
    path("hq/incidents/rules/", rules.rules, name="incident-rules"),
    path("hq/incidents/rules/new/", rules.new, name="incident-rules-new"),
    path("hq/incidents/rules/sample/", rules.sample, name="incident-rules-sample"),
    path("hq/incidents/rules/<uuid:id>/", rules.edition, name="incident-rules-edition"),
]
