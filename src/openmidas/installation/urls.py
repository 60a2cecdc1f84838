"""The addresses that set up a workstation."""

from __future__ import annotations

from django.urls import path

from openmidas.installation import views

urlpatterns = [
    path("workstation/", views.workstation, name="workstation"),
    path("workstation/ca.crt", views.authority, name="workstation-authority"),
]
