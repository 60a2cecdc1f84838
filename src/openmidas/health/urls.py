"""The addresses of health checks."""

from __future__ import annotations

from django.urls import path

from openmidas.health.views import checks, contacts, definitions

urlpatterns = [
    path("health-checks/", checks.checks, name="health-checks"),
    path("health-checks/<uuid:crossing>/", checks.check, name="health-check"),
    path("health-checks/<uuid:crossing>/save/", checks.save, name="health-check-save"),
    path("health-checks/<uuid:crossing>/answer/", checks.answer, name="health-check-answer"),
    path("health-checks/<uuid:crossing>/contacts/", contacts.contacts, name="health-contacts"),
    path(
        "health-checks/<uuid:crossing>/contacts.csv", contacts.table, name="health-contacts-table"
    ),
    path("hq/health-definitions/", definitions.definitions, name="health-definitions"),
    path("hq/health-definitions/new/", definitions.new, name="health-definitions-new"),
    path("hq/health-definitions/sample/", definitions.sample, name="health-definitions-sample"),
    path(
        "hq/health-definitions/<uuid:id>/", definitions.edition, name="health-definitions-edition"
    ),
]
