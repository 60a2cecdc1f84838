"""Where an officer's work begins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from openmidas.posts.access import allow, signed_in
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role

PAGES = (
    (Role.PRIMARY, "counter"),
    (Role.SECOND_LINE, "second-line"),
    (Role.HEAD_OF_POST, "second-line"),
    (Role.HQ_ANALYST, "situation"),
    (Role.HQ_LISTS, "lists"),
    (Role.ADMINISTRATOR, "situation"),
    (Role.OVERSIGHT, "situation"),
)


@allow(*Role)
def home(request: HttpRequest) -> HttpResponse:
    """To the page of the officer's first role."""
    return redirect(first_page(signed_in(request)))


def first_page(officer: Officer) -> str:
    """The address of the page where the officer begins."""
    for role, name in PAGES:
        if officer.has_role(role):
            return reverse(name)
    return reverse("preferences")
