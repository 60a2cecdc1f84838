"""All addresses of a node."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from openmidas.web.views.collect_late import (
    collect_late,
    collect_sign_in_late,
    collect_sign_out_late,
)
from openmidas.web.views.health import health
from openmidas.web.views.health_detail import health_detail, health_metrics
from openmidas.web.views.help import help_file, help_index
from openmidas.web.views.loading import loading

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("openmidas.api.urls")),
    path("", include("openmidas.rights.urls")),
    path("", include("openmidas.flows.urls")),
    path("", include("openmidas.register.urls")),
    path("", include("openmidas.declarations.urls")),
    path("", include("openmidas.residents.urls")),
    path("", include("openmidas.health.urls")),
    path("", include("openmidas.displacements.urls")),
    path("", include("openmidas.incidents.urls")),
    path("", include("openmidas.cases.urls")),
    path("", include("openmidas.crossings.urls")),
    path("", include("openmidas.lists.urls")),
    path("", include("openmidas.issuers.urls")),
    path("", include("openmidas.posts.urls")),
    path("", include("openmidas.installation.urls")),
    path("health/", health, name="health"),
    path("collect/", collect_late, name="collect"),
    path("collect/sign-in/", collect_sign_in_late, name="collect-sign-in"),
    path("collect/sign-out/", collect_sign_out_late, name="collect-sign-out"),
    path("help/", help_index, name="help"),
    path("help/<path:path>", help_file, name="help-file"),
    path("demo/loading/", loading, name="demo-loading"),
    path("health/detail/", health_detail, name="health-detail"),
    path("health/metrics", health_metrics, name="health-metrics"),
]

handler400 = "openmidas.web.views.errors.bad_request"
handler403 = "openmidas.web.views.errors.forbidden"
handler404 = "openmidas.web.views.errors.not_found"
handler500 = "openmidas.web.views.errors.server_error"
