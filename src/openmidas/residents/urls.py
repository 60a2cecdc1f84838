"""The addresses of border residents."""

from __future__ import annotations

from django.urls import path

from openmidas.residents.views import actions, hq, post

urlpatterns = [
    path("residents/", post.residents, name="residents"),
    path("residents/new/", post.register, name="resident-new"),
    path("residents/<uuid:id>/", post.resident, name="resident"),
    path("residents/<uuid:id>/card/", post.card, name="resident-card"),
    path("residents/<uuid:id>/history/", actions.history, name="resident-history"),
    path("residents/<uuid:id>/counter/", actions.to_counter, name="resident-counter"),
    path("residents/<uuid:id>/renew/", actions.renew, name="resident-renew"),
    path("residents/<uuid:id>/revoke/", actions.revoke, name="resident-revoke"),
    path("hq/residents/", hq.residents, name="hq-residents"),
]
