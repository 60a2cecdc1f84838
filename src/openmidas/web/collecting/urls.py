"""The addresses of collecting, to be included by whoever serves a post that is shut."""

from __future__ import annotations

from django.urls import URLPattern, path

from openmidas.web.collecting import views

urlpatterns: list[URLPattern] = [
    path("collect/", views.collect, name="collect"),
    path("collect/sign-in/", views.sign_in, name="collect-sign-in"),
    path("collect/sign-out/", views.sign_out, name="collect-sign-out"),
]
